import type { TreeCursor } from '@lezer/common'
import { NODE } from './block-parser.ts'
import { trim } from './characters.ts'
import { startsBelow } from './list-marks.ts'
import { readParagraph, unindent } from './parse-leaf.ts'
import type { ItemSpan, ListSpan, Span } from './parsed-note.ts'
import type { Inline, List, ListItem } from './tree.ts'

/** A list and where it stands. One list of Markdown can be several of ours: tasks and plain items do not mix. */
export type PlacedList = { readonly list: List; readonly items: ListSpan; readonly from: number; readonly to: number }

const DEEPEST = 40
const TASK = /^\[([ xX])\](?=[ \t\n]|$)[ \t\n]*/

/**
 * The list under the cursor, or null where an item holds more than one paragraph and lists below it: the whole
 * list is then verbatim. Blank lines between items are allowed and not part of the tree; the source keeps them.
 * The cursor ends where it began.
 */
export function readList(
  cursor: TreeCursor,
  text: string,
  labels: ReadonlySet<string>,
  depth = 0,
): PlacedList[] | null {
  if (depth > DEEPEST) return null
  const ordered = cursor.type.id === NODE.orderedList
  if (!cursor.firstChild()) return null
  const items: PlacedItem[] = []
  let odd = false
  do {
    const item = cursor.type.id === NODE.listItem ? readItem(cursor, text, labels, ordered, depth) : null
    if (item) items.push(item)
    else odd = true
  } while (!odd && cursor.nextSibling())
  cursor.parent()
  if (odd) return null
  const loose = isLoose(text, items)
  return mergeLists(items.map((item) => itemAsList(item, ordered, loose)))
}

/** Whether a blank line stands between two items, or between the parts of one. */
function isLoose(text: string, items: readonly PlacedItem[]): boolean {
  for (const [at, item] of items.entries()) {
    const before = items[at - 1]
    if (before && hasBlankLine(text, before.to, item.from)) return true
    if (item.parted) return true
  }
  return false
}

/** Of a range from the end of a line to the start of one. */
function hasBlankLine(text: string, from: number, to: number): boolean {
  let ends = 0
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === 10 && ++ends > 1) return true
  return false
}

/** Lists that follow each other: a list that is of one kind with the one before it begins anew (SPEC, N10). */
export function joinLists(before: readonly PlacedList[], after: readonly PlacedList[]): PlacedList[] {
  const last = before[before.length - 1]
  const [first, ...rest] = after
  const [item, ...items] = first?.list.items ?? []
  if (!last || !first || !item || isOrdered(last.list) !== isOrdered(first.list)) return [...before, ...after]
  const fresh: List = { ...first.list, items: [{ ...item, fresh: first.list.start }, ...items] }
  return [...before, { ...first, list: fresh }, ...rest]
}

const isOrdered = (list: List): boolean => list.style === 'ordered'

type PlacedItem = {
  readonly item: ListItem
  readonly span: ItemSpan | null
  /** A blank line stands between its text and the lists of Markdown below it, or between these. */
  readonly parted: boolean
  readonly number: number
  readonly from: number
  readonly to: number
}

function readItem(
  cursor: TreeCursor,
  text: string,
  labels: ReadonlySet<string>,
  ordered: boolean,
  depth: number,
): PlacedItem | null {
  const mark = { from: cursor.from, to: cursor.from }
  let content: { from: number; to: number } | null = null
  let lists: PlacedList[] = []
  let parted = false
  let odd = false
  if (!cursor.firstChild()) return null
  do {
    const id = cursor.type.id
    if (id === NODE.listMark) {
      mark.from = cursor.from
      mark.to = cursor.to
    } else if (id === NODE.paragraph && !content && lists.length === 0) {
      content = { from: cursor.from, to: cursor.to }
    } else if (id === NODE.bulletList || id === NODE.orderedList) {
      const below = readList(cursor, text, labels, depth + 1)
      const above = lists[lists.length - 1]?.to ?? lineEnd(text, content?.to ?? mark.to)
      if (below?.[0] && hasBlankLine(text, above, below[0].from)) parted = true
      if (below) lists = joinLists(lists, below)
      else odd = true
    } else if (id !== NODE.indentedCode || trim(text.slice(cursor.from, cursor.to)) !== '') odd = true
  } while (!odd && cursor.nextSibling())
  cursor.parent()
  if (odd) return null
  return placeItem(text, labels, ordered, { mark, content, parted }, mergeLists(lists))
}

function placeItem(
  text: string,
  labels: ReadonlySet<string>,
  ordered: boolean,
  { mark, content, parted }: { mark: Span; content: Span | null; parted: boolean },
  lists: PlacedList[],
): PlacedItem | null {
  let checked: boolean | null = null
  let children: Inline[] = []
  let contentFrom = content?.from ?? mark.to
  if (content) {
    let source = unindent(text.slice(content.from, content.to))
    const task = ordered ? null : TASK.exec(source)
    if (task) {
      checked = task[1] !== ' '
      contentFrom += task[0].length
      source = source.slice(task[0].length)
    }
    const read = trim(source) === '' ? [] : readParagraph(source, labels)
    if (!read) return null
    children = read
  }
  const from = text.lastIndexOf('\n', mark.from - 1) + 1
  const head = lineEnd(text, content?.to ?? mark.to)
  const to = Math.max(head, lists[lists.length - 1]?.to ?? 0)
  const ownLine = trim(text.slice(from, mark.from)) === ''
  const below = lists[0]?.list
  const number = ordered ? Number.parseInt(text.slice(mark.from, mark.to), 10) : 1
  return {
    item: {
      checked,
      children,
      lists: lists.map((placed) => placed.list),
      ...(!parted && below && content && !startsBelow(below) ? { loose: false } : {}),
    },
    span: ownLine ? { from, to, head, content: contentFrom, lists: lists.map((placed) => placed.items) } : null,
    parted,
    number,
    from,
    to,
  }
}

const itemAsList = ({ item, span, number, from, to }: PlacedItem, ordered: boolean, loose: boolean): PlacedList => ({
  list: {
    type: 'list',
    style: ordered ? 'ordered' : item.checked === null ? 'bullet' : 'task',
    start: number,
    items: [loose ? { ...item, loose } : item],
  },
  items: span && [span],
  from,
  to,
})

/** Neighbours of one style are one list, whatever their markers: the editor knows no others. */
export function mergeLists(lists: readonly PlacedList[]): PlacedList[] {
  const out: PlacedList[] = []
  let run: PlacedList[] = []
  const close = () => {
    const first = run[0]
    const last = run[run.length - 1]
    if (!first || !last) return
    const items = run.flatMap((placed) => placed.list.items)
    const whole = run.every((placed) => placed.items !== null)
    const spans = whole ? run.flatMap((placed) => placed.items ?? []) : null
    out.push({ list: { ...first.list, items }, items: spans, from: first.from, to: last.to })
    run = []
  }
  for (const placed of lists) {
    if (run[0] && run[0].list.style !== placed.list.style) close()
    run.push(placed)
  }
  close()
  return out
}

export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}
