import { align, pairEdited } from './align.ts'
import { contentKey, sameInlines } from './equal.ts'
import { PLAIN_MARKS, startsBelow } from './list-marks.ts'
import type { ItemSpan, ListSpan } from './parsed-note.ts'
import type { Piece } from './piece.ts'
import { printItem, printItemText, printList } from './print-blocks.ts'
import type { List, ListItem } from './tree.ts'

/**
 * A list after an edit, over its source: items that are the same keep their lines, an edited item keeps its
 * marker and indentation, a new one takes them from its neighbour (SPEC, M2). Starts at the start of a line.
 */
export function printListEdit(
  body: string,
  old: List,
  spans: NonNullable<ListSpan>,
  list: List,
  labels: ReadonlySet<string>,
): Piece[] {
  const exact = align(old.items.map(contentKey), list.items.map(contentKey))
  // An item with an edited text still has its lists; one with an edited list is found by its place.
  const byLists = pairEdited(exact, old.items.map(belowKey), list.items.map(belowKey))
  const sources = pairEdited(byLists, old.items.map(anyKey), list.items.map(anyKey))
  const pieces: Piece[] = []
  let sibling = spans[0]
  let number = list.start - 1
  for (const [at, item] of list.items.entries()) {
    const source = sources[at] ?? -1
    const span = spans[source]
    if (at > 0) pieces.push(gapAt(spans, sources, at))
    const marker = readMarker(body, span ?? sibling)
    const renumbered = list.style === 'ordered' && at === 0 && marker.number !== list.start
    const own = !span || renumbered ? (at === 0 ? list.start : number + 1) : marker.number
    number = own
    if (span) sibling = span
    const numbered = list.style === 'ordered' ? { ...marker, sign: `${own}${marker.sign.slice(-1)}` } : marker
    if (span && exact[at] !== -1 && !renumbered) pieces.push({ from: span.from, to: span.to })
    else if (span)
      pieces.push(...printItemEdit(body, old.items[source], span, item, list.style, numbered, renumbered, labels))
    else pieces.push(marker.indent + printItem(item, list.style, numbered.sign, labels, PLAIN_MARKS, marker.indent))
  }
  return pieces
}

const belowKey = (item: ListItem): string => contentKey(item.lists)
const anyKey = (): string => ''

function gapAt(spans: readonly ItemSpan[], sources: readonly number[], at: number): Piece {
  const previous = sources[at - 1] ?? -1
  const current = sources[at] ?? -1
  const together = previous >= 0 && current === previous + 1 ? gap(spans, current) : null
  return together ?? gap(spans, current) ?? gap(spans, previous + 1) ?? gap(spans, 1) ?? '\n'
}

function gap(spans: readonly ItemSpan[], at: number): Piece | null {
  const above = spans[at - 1]
  const below = spans[at]
  return above && below ? { from: above.to, to: below.from } : null
}

type Marker = { readonly indent: string; readonly sign: string; readonly pad: string; readonly number: number }
const MARKER = /^([ \t]*)([-+*]|\d{1,9}[.)])([ \t]*)/

function readMarker(body: string, span: ItemSpan | undefined): Marker {
  const [, indent = '', sign = '-', pad = ''] = MARKER.exec(span ? body.slice(span.from, span.head) : '') ?? []
  // Five spaces would make code of what follows.
  const usable = pad.includes('\t') || (pad.length > 0 && pad.length < 5) ? pad : ' '
  return { indent, sign, pad: usable, number: Number.parseInt(sign, 10) || 0 }
}

function printItemEdit(
  body: string,
  old: ListItem | undefined,
  span: ItemSpan,
  item: ListItem,
  style: List['style'],
  marker: Marker,
  renumbered: boolean,
  labels: ReadonlySet<string>,
): Piece[] {
  const { indent, sign, pad } = marker
  // A list on the line of a bare marker (`- - a`) cannot be told apart from it by lines.
  if (!old || (isBare(item) && !(isBare(old) && span.lists[0]))) {
    return [indent + printItem(item, style, sign, labels, PLAIN_MARKS, indent)]
  }
  const inner = indent + ' '.repeat(sign.length) + pad
  const same = !renumbered && old.checked === item.checked && sameInlines(old.children, item.children)
  const pieces: Piece[] = [same ? { from: span.from, to: span.head } : head(item, style, marker, inner, labels)]
  for (const [at, list] of item.lists.entries()) {
    const oldList = old.lists[at]
    const oldSpans = span.lists[at]
    const oldStart = oldSpans?.[0]?.from
    if (oldList?.style === list.style && oldSpans && oldStart !== undefined) {
      const above = at === 0 ? span.head : (span.lists[at - 1]?.at(-1)?.to ?? span.head)
      pieces.push({ from: above, to: oldStart }, ...printListEdit(body, oldList, oldSpans, list, labels))
    } else {
      const loose = !startsBelow(list) || (at > 0 && item.lists[at - 1]?.style !== list.style)
      pieces.push(`${loose ? '\n\n' : '\n'}${inner}${printList(list, labels, PLAIN_MARKS, inner)}`)
    }
  }
  return pieces
}

const isBare = (item: ListItem): boolean => item.children.length === 0 && item.checked === null && item.lists.length > 0

function head(
  item: ListItem,
  style: List['style'],
  marker: Marker,
  inner: string,
  labels: ReadonlySet<string>,
): string {
  const box = style === 'task' ? `[${item.checked ? 'x' : ' '}]` : ''
  const text = printItemText(item, style, labels, inner)
  const content = box !== '' && text !== '' ? `${box} ${text}` : box + text
  return `${marker.indent}${marker.sign}${content === '' ? '' : marker.pad + content}`
}
