import type { Disposer } from '../../core/base/disposable.ts'

/** Ranges of one owner under a name of CSS.highlights, which the page's editors share. */
export type HighlightShare = { set(ranges: readonly AbstractRange[]): void; dispose: Disposer }

/** Where there is no page (tests without one), nothing is shown. */
const registry = (): HighlightRegistry | null =>
  typeof CSS !== 'undefined' && 'highlights' in CSS ? CSS.highlights : null

export function shareHighlight(name: string): HighlightShare {
  let own: readonly AbstractRange[] = []
  const set = (ranges: readonly AbstractRange[]) => {
    const all = registry()
    if (!all || (own.length === 0 && ranges.length === 0)) return
    let highlight = all.get(name)
    if (!highlight) {
      highlight = new Highlight()
      all.set(name, highlight)
    }
    for (const range of own) highlight.delete(range)
    for (const range of ranges) highlight.add(range)
    own = ranges
  }
  return { set, dispose: () => set([]) }
}

/** A range of characters in the text that an element shows; null where it shows none. */
export function textRange(element: HTMLElement | null, start: number, end: number): Range | null {
  let leaf: Node | null = element
  while (leaf && leaf.nodeType !== Node.TEXT_NODE) leaf = leaf.firstChild
  if (!leaf) return null
  const size = leaf.nodeValue?.length ?? 0
  const range = document.createRange()
  range.setStart(leaf, Math.min(start, size))
  range.setEnd(leaf, Math.min(end, size))
  return range
}

export const isInRange = (range: Range, x: number, y: number): boolean =>
  [...range.getClientRects()].some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom)
