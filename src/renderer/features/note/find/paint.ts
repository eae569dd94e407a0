import type { LexicalEditor } from 'lexical'
import type { Found } from '../../../../core/note/find-in-note.ts'
import { type FindBlock, pieceAt } from '../../../../editor/extensions/find.ts'

export type Shown = { readonly block: FindBlock; readonly found: Pick<Found, 'start' | 'end'> }

export type Painter = {
  /** @param current the one that stands out; -1 for none */
  show(all: readonly Shown[], current: number): void
  dispose(): void
}

/** One of each for the window, however many notes look for something: a name has one set of ranges. */
function highlightOf(name: string, priority: number): Highlight {
  const known = CSS.highlights.get(name)
  if (known) return known
  const made = new Highlight()
  made.priority = priority
  CSS.highlights.set(name, made)
  return made
}

const DRAWN = 'data-found'

/**
 * Marks what was found, without touching the page's elements: by highlights of the style sheet, on the blocks that are
 * near what is seen. Chromium goes through all highlights of a page after each change of its text, so ten thousand of
 * them would be felt in every key.
 */
export function createPainter(editor: LexicalEditor): Painter {
  const found = highlightOf('found', 0)
  const now = highlightOf('found-now', 1)
  const mine = new Map<AbstractRange, Highlight>()
  const near = new Set<Element>()
  let byBlock = new Map<Element, Shown[]>()
  let chosen: Shown | null = null
  let drawn: Element | null = null
  let frame = 0

  const clear = () => {
    for (const [range, highlight] of mine) highlight.delete(range)
    mine.clear()
    drawn?.removeAttribute(DRAWN)
    drawn = null
  }
  const paint = () => {
    frame = 0
    clear()
    for (const element of near) {
      for (const shown of byBlock.get(element) ?? []) {
        const range = staticRangeOf(editor, shown)
        if (!range) continue
        const highlight = shown === chosen ? now : found
        highlight.add(range)
        mine.set(range, highlight)
        if (shown !== chosen) continue
        // the words of source that is drawn are not on the page: what is drawn stands out
        drawn = range.startContainer.parentElement?.closest('[data-drawn]:not([data-inside])') ?? null
        drawn?.setAttribute(DRAWN, '')
      }
    }
  }
  const later = () => {
    frame ||= requestAnimationFrame(paint)
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) near.add(target)
        else near.delete(target)
      }
      later()
    },
    { root: editor.getRootElement()?.closest('.note-scroll') ?? null, rootMargin: '50% 0px' },
  )

  return {
    show: (all, current) => {
      chosen = all[current] ?? null
      const next = new Map<Element, Shown[]>()
      for (const shown of all) {
        const element = editor.getElementByKey(shown.block.key)
        if (!element) continue
        const others = next.get(element)
        if (others) others.push(shown)
        else next.set(element, [shown])
      }
      for (const element of byBlock.keys()) {
        if (next.has(element)) continue
        observer.unobserve(element)
        near.delete(element)
      }
      for (const element of next.keys()) if (!byBlock.has(element)) observer.observe(element)
      byBlock = next
      later()
    },
    dispose: () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      clear()
    },
  }
}

type End = { readonly leaf: Node; readonly offset: number }

function endsOf(editor: LexicalEditor, { block, found }: Shown): readonly [End, End] | null {
  const from = endAt(editor, block, found.start, false)
  const to = endAt(editor, block, found.end, true)
  return from && to && [from, to]
}

/** A place in the page's text. The end of a line has none: then the text before or behind it. */
function endAt(editor: LexicalEditor, block: FindBlock, at: number, isEnd: boolean): End | null {
  const place = pieceAt(block, at, isEnd)
  if (!place) return null
  if (place.piece.kind === 'break') {
    const next = isEnd ? at - 1 : at + 1
    return next > 0 && next < block.text.length ? endAt(editor, block, next, isEnd) : null
  }
  let leaf: Node | null = editor.getElementByKey(place.piece.key)
  while (leaf && leaf.nodeType !== Node.TEXT_NODE) leaf = leaf.firstChild
  // what was looked through a moment ago may be shorter now
  return leaf && place.offset <= (leaf.nodeValue?.length ?? 0) ? { leaf, offset: place.offset } : null
}

function staticRangeOf(editor: LexicalEditor, shown: Shown): StaticRange | null {
  const ends = endsOf(editor, shown)
  if (!ends) return null
  const [from, to] = ends
  return new StaticRange({
    startContainer: from.leaf,
    startOffset: from.offset,
    endContainer: to.leaf,
    endOffset: to.offset,
  })
}

/** Where a place is on the page. */
export function rangeOf(editor: LexicalEditor, block: FindBlock, found: Shown['found']): Range | null {
  const ends = endsOf(editor, { block, found })
  if (!ends) return null
  const range = document.createRange()
  range.setStart(ends[0].leaf, ends[0].offset)
  range.setEnd(ends[1].leaf, ends[1].offset)
  return range
}
