import type { LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { tagRanges } from '../../core/note/tags.ts'
import { shareHighlight } from './highlights.ts'

/** Text in which `#` begins no tag: code, source, links. */
const NO_TAGS = 'code, .code-block, .inline-code, .raw, .verbatim, .wikilink, .drawing'

/** Blocks beside the window that are looked at too, in px, so that a scroll of a line shows nothing late. */
const MARGIN = 200

/** A block's id, at the end of its text. */
const BLOCK_ID = /(?:^|\s)(\^[A-Za-z0-9-]+)\s*$/

/** Asking for an idle moment takes a tenth of a millisecond of each key, and using it more. */
const SOON_MS = 100

/**
 * Shows the tags of the blocks on the screen, and their block ids, by a CSS Custom Highlight named `tag`. Works from the page's text when
 * nothing else is to be done, so that a key never waits for it.
 */
export function registerTagMarks(editor: LexicalEditor): Disposer {
  const share = shareHighlight('tag')
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isShowing = false
  const ask = () => {
    asked ||= requestIdleCallback(
      () => {
        asked = 0
        const ranges = rangesIn(editor.getRootElement())
        isShowing = ranges.length > 0
        share.set(ranges)
      },
      { timeout: 300 },
    )
  }
  /** What is shown goes out with the text that it stands in; one that begins may come a moment later than its sign. */
  const askSoon = () => {
    if (isShowing) return ask()
    timer ??= setTimeout(() => {
      timer = undefined
      ask()
    }, SOON_MS)
  }
  const stopUpdates = editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
    if (dirtyElements.size > 0 || dirtyLeaves.size > 0) askSoon()
  })
  const stopRoot = editor.registerRootListener(ask)
  document.addEventListener('scroll', ask, { capture: true, passive: true })
  addEventListener('resize', ask)
  return () => {
    cancelIdleCallback(asked)
    clearTimeout(timer)
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
    if (!/[#^]/.test(block.textContent ?? '')) continue
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? ''
      if (!/[#^]/.test(text) || node.parentElement?.closest(NO_TAGS)) continue
      for (const { start, end } of tagRanges(text)) ranges.push(rangeOf(node, start, end))
      const id = node.parentElement?.nextSibling ? null : BLOCK_ID.exec(text)
      if (id) ranges.push(rangeOf(node, text.lastIndexOf('^'), text.length))
    }
  }
  return ranges
}

function rangeOf(node: Node, start: number, end: number): Range {
  const range = document.createRange()
  range.setStart(node, start)
  range.setEnd(node, end)
  return range
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
