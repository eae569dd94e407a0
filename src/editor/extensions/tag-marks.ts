import type { LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { tagRanges } from '../../core/note/tags.ts'
import { shareHighlight } from './highlights.ts'

/** Text in which `#` begins no tag: code, source, links. */
const NO_TAGS = 'code, .code-block, .inline-code, .raw, .verbatim, .wikilink, .drawing'

/** Blocks beside the window that are looked at too, in px, so that a scroll of a line shows nothing late. */
const MARGIN = 200

/**
 * Shows the tags of the blocks on the screen by a CSS Custom Highlight named `tag`. Works from the page's text when
 * nothing else is to be done, so that a key never waits for it.
 */
export function registerTagMarks(editor: LexicalEditor): Disposer {
  const share = shareHighlight('tag')
  let asked = 0
  const ask = () => {
    asked ||= requestIdleCallback(
      () => {
        asked = 0
        share.set(rangesIn(editor.getRootElement()))
      },
      { timeout: 300 },
    )
  }
  const stopUpdates = editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
    if (dirtyElements.size > 0 || dirtyLeaves.size > 0) ask()
  })
  const stopRoot = editor.registerRootListener(ask)
  document.addEventListener('scroll', ask, { capture: true, passive: true })
  addEventListener('resize', ask)
  return () => {
    cancelIdleCallback(asked)
    stopUpdates()
    stopRoot()
    document.removeEventListener('scroll', ask, { capture: true })
    removeEventListener('resize', ask)
    share.dispose()
  }
}

function rangesIn(root: HTMLElement | null): Range[] {
  const ranges: Range[] = []
  if (!root) return ranges
  for (const block of blocksOnScreen(root)) {
    if (!block.textContent?.includes('#')) continue
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? ''
      if (!text.includes('#') || node.parentElement?.closest(NO_TAGS)) continue
      for (const { start, end } of tagRanges(text)) {
        const range = document.createRange()
        range.setStart(node, start)
        range.setEnd(node, end)
        ranges.push(range)
      }
    }
  }
  return ranges
}

/** The first is found by halves: a long note has thousands, and each question for a place costs. */
function blocksOnScreen(root: HTMLElement): Element[] {
  const { children } = root
  let [low, high] = [0, children.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((children[middle]?.getBoundingClientRect().bottom ?? 0) < -MARGIN) low = middle + 1
    else high = middle
  }
  const found: Element[] = []
  for (let at = low; at < children.length; at++) {
    const block = children[at] as Element
    if (block.getBoundingClientRect().top > innerHeight + MARGIN) break
    found.push(block)
  }
  return found
}

/** The tag at a place of the page's text, without `#`; null where none is. */
export function tagAtPoint(root: HTMLElement | null, x: number, y: number): string | null {
  const at = document.caretPositionFromPoint?.(x, y)
  return at && root?.contains(at.offsetNode) ? tagInText(at.offsetNode, at.offset) : null
}

export function tagInText(node: Node, offset: number): string | null {
  if (node.nodeType !== Node.TEXT_NODE || node.parentElement?.closest(NO_TAGS)) return null
  const found = tagRanges(node.nodeValue ?? '').find(({ start, end }) => offset >= start && offset <= end)
  return found?.tag ?? null
}
