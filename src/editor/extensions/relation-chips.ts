import {
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  type ElementNode,
  type LexicalEditor,
  mergeRegister,
  type NodeKey,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { readDirection, relationWord } from '../../core/relation/words.ts'
import { $isWikilinkNode, WikilinkNode } from '../nodes/WikilinkNode.ts'
import { $relationsOf, type OwnWords, type Relation, verbReading } from '../relations.ts'
import { isInRange, shareHighlight, textRange } from './highlights.ts'

export type RelationChips = {
  /** The vault's words changed. */
  refresh(): void
  /** The relation whose verb is shown where a pointer is; null where none is. */
  at(event: MouseEvent): Relation | null
  dispose: Disposer
}

/** The line that a verb is drawn with: that of its relation, and `own` for a vault's own words (DESIGN 4). */
export const lineOf = (word: string): string => {
  const known = relationWord(word)
  return known === null ? 'own' : readDirection(known).word
}

/**
 * Shows relations as chips, without a change of the tree. A verb alone in its text has attributes on that text's DOM
 * (`data-verb`, its reading, and `data-line`): the style sheet shows the reading in the place of the source. Inside
 * a sentence the text goes on around the verb: there its link shows the reading over the source (`data-reading`), or,
 * where the two are on different lines, verb, signs and thread are CSS Custom Highlights. Links have
 * `data-relation`. With the caret in its text a verb shows its source.
 */
export function registerRelationChips(editor: LexicalEditor, own: () => OwnWords): RelationChips {
  /** By block, and the elements that were given attributes for it. */
  const known = new Map<NodeKey, { relations: readonly Relation[]; elements: HTMLElement[] }>()
  const dirty = new Set<NodeKey>()
  const shares = {
    verb: shareHighlight('relation-verb'),
    thread: shareHighlight('relation-thread'),
    sign: shareHighlight('relation-sign'),
    under: shareHighlight('relation-under'),
  }
  let frame = 0
  let inside = ''

  const ask = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0
      paint()
    })
  }

  const paint = () => {
    editor.getEditorState().read(() => {
      const carets = $textsWithCaret()
      inside = carets.join()
      for (const key of dirty) {
        const former = known.get(key)
        for (const element of former?.elements ?? []) clean(element)
        known.delete(key)
        const block = $getNodeByKey(key)
        const relations = $isElementNode(block) ? $relationsOf(block, own()) : []
        if (relations.length > 0) known.set(key, { relations, elements: paintDom(relations, carets) })
      }
      dirty.clear()
      // a view that was filled anew has other keys
      for (const key of known.keys()) if (!$getNodeByKey(key)) known.delete(key)
      highlight(carets)
    })
  }

  const paintDom = (relations: readonly Relation[], carets: readonly NodeKey[]): HTMLElement[] => {
    const elements: HTMLElement[] = []
    for (const { key, word, isWhole, opening, links } of relations) {
      const text = editor.getElementByKey(key)
      if (text && isWhole && !carets.includes(key)) {
        text.dataset.verb = verbReading(word)
        text.dataset.line = lineOf(word)
        elements.push(text)
      }
      for (const [at, link] of links.entries()) {
        const dom = editor.getElementByKey(link)
        if (!dom) continue
        dom.dataset.relation = isWhole ? (at === 0 ? 'whole' : 'more') : 'inline'
        elements.push(dom)
        const room = isWhole || at > 0 || carets.includes(key) ? null : roomFor(text, opening, dom)
        if (room === null) continue
        dom.dataset.reading = verbReading(word)
        dom.dataset.line = lineOf(word)
        dom.style.setProperty('--reading', `${room.width}px`)
        dom.style.setProperty('--reading-height', `${room.height}px`)
        dom.style.setProperty('--reading-words', `${widthOf(dom, verbReading(word))}px`)
      }
    }
    return elements
  }

  const highlight = (carets: readonly NodeKey[]) => {
    const ranges: Record<keyof typeof shares, Range[]> = { verb: [], thread: [], sign: [], under: [] }
    const add = (to: Range[], key: NodeKey, start: number, end: number) => {
      const range = start < end ? textRange(editor.getElementByKey(key), start, end) : null
      if (range) to.push(range)
    }
    for (const { relations } of known.values()) {
      for (const { key, start, end, word, isWhole, opening, links, closing } of relations) {
        if (isWhole || carets.includes(key)) continue
        const size = $getNodeByKey(key)?.getTextContentSize() ?? end
        if (editor.getElementByKey(links[0] ?? '')?.dataset.reading !== undefined) {
          add(ranges.under, key, opening, size)
          if (closing) add(ranges.sign, closing.key, closing.at, closing.at + 1)
          continue
        }
        add(ranges.sign, key, opening, start)
        // `illustrated_by` reads as two words
        let from = start
        for (const part of word.split('_')) {
          add(ranges.verb, key, from, from + part.length)
          from += part.length + 1
          if (from <= end) add(ranges.sign, key, from - 1, from)
        }
        add(ranges.thread, key, end, size)
        if (closing) add(ranges.sign, closing.key, closing.at, closing.at + 1)
      }
    }
    for (const name of ['verb', 'thread', 'sign', 'under'] as const) shares[name].set(ranges[name])
  }

  /** Where lines break, what stands on them may change its form. */
  let width = 0
  const resized =
    typeof ResizeObserver === 'undefined'
      ? null
      : new ResizeObserver(([entry]) => {
          const now = entry?.contentRect.width ?? 0
          if (now === width) return
          width = now
          for (const [block, { relations }] of known) if (relations.some(({ isWhole }) => !isWhole)) dirty.add(block)
          if (dirty.size > 0) ask()
        })
  const markAll = () => {
    editor.getEditorState().read(() => {
      for (const [key, node] of editor.getEditorState()._nodeMap)
        if ($isWikilinkNode(node)) dirty.add(node.getParent()?.getKey() ?? key)
    })
    for (const key of known.keys()) dirty.add(key)
    ask()
  }

  const dispose = mergeRegister(
    editor.registerRootListener((root) => {
      resized?.disconnect()
      if (root) resized?.observe(root)
    }),
    editor.registerMutationListener(
      WikilinkNode,
      (mutations) => {
        editor.getEditorState().read(() => {
          for (const key of mutations.keys()) {
            const parent = $getNodeByKey(key)?.getParent()
            if (parent) dirty.add(parent.getKey())
          }
        })
        if (dirty.size > 0) ask()
      },
      { skipInitialization: false },
    ),
    editor.registerUpdateListener(({ dirtyLeaves, dirtyElements, editorState }) => {
      editorState.read(() => {
        for (const key of dirtyElements.keys()) if (known.has(key)) dirty.add(key)
        for (const key of dirtyLeaves) {
          const block = $getNodeByKey(key)?.getParent()
          if (block && !dirty.has(block.getKey()) && $holdsLink(block)) dirty.add(block.getKey())
        }
        if (known.size > 0) {
          const now = $textsWithCaret()
          if (now.join() !== inside) {
            const [before, after] = [new Set(inside.split(',')), new Set(now)]
            for (const [block, { relations }] of known)
              if (relations.some(({ key }) => before.has(key) !== after.has(key))) dirty.add(block)
            inside = now.join()
          }
        }
      })
      if (dirty.size > 0) ask()
    }),
  )
  return {
    refresh: markAll,
    at: ({ target, clientX, clientY }) => {
      // a verb alone in its text is a box of that text; one in a sentence is nothing that could be pointed at
      const box = target instanceof Element ? target.closest('[data-verb]') : null
      for (const { relations } of known.values()) {
        for (const relation of relations) {
          const element = editor.getElementByKey(relation.key)
          if (relation.isWhole ? element !== null && element === box : isPointedAt(element, relation, clientX, clientY))
            return relation
        }
      }
      return null
    },
    dispose: () => {
      cancelAnimationFrame(frame)
      dispose()
      resized?.disconnect()
      for (const { elements } of known.values()) for (const element of elements) clean(element)
      for (const share of Object.values(shares)) share.dispose()
    },
  }
}

const isPointedAt = (element: HTMLElement | null, { start, end }: Relation, x: number, y: number): boolean => {
  const range = textRange(element, start, end + 2)
  return range !== null && isInRange(range, x, y)
}

/** Of the reading that a link shows, px. */
function widthOf(link: HTMLElement, words: string): number {
  const pen = new OffscreenCanvas(1, 1).getContext('2d')
  if (!pen) return 0
  pen.font = getComputedStyle(link, '::after').font
  return pen.measureText(words).width
}

/**
 * Width of a verb and its signs, and height of the line, px, where its reading can stand in their place: on the line that its link begins on,
 * in writing from left to right. Null else.
 */
function roomFor(
  text: HTMLElement | null,
  opening: number,
  link: HTMLElement,
): { width: number; height: number } | null {
  const [first] = link.getClientRects()
  const rects = textRange(text, opening, Number.POSITIVE_INFINITY)?.getClientRects() ?? []
  const [source, ...others] = [...rects].filter(({ width }) => width > 0)
  if (!first || !source || others.length > 0 || getComputedStyle(link).direction === 'rtl') return null
  const isOnItsLine = source.bottom > first.top && source.top < first.bottom
  return isOnItsLine ? { width: source.width, height: first.height } : null
}

function clean({ dataset, style }: HTMLElement): void {
  delete dataset.verb
  delete dataset.line
  delete dataset.relation
  delete dataset.reading
  for (const name of ['--reading', '--reading-height', '--reading-words']) style.removeProperty(name)
}

const $holdsLink = (block: ElementNode): boolean => block.getChildren().some($isWikilinkNode)

/** Keys of the nodes that the selection begins and ends in. */
function $textsWithCaret(): NodeKey[] {
  const selection = $getSelection()
  return $isRangeSelection(selection) ? [selection.anchor.key, selection.focus.key] : []
}
