import type { Block, List, ListItem, Tree } from './tree.ts'

/** How a list is marked. `other` is the bullet of the next list where two stand side by side. */
export type ListMarks = {
  readonly bullet: '-' | '*' | '+'
  readonly other: '-' | '*' | '+'
  readonly delimiter: '.' | ')'
  /** How wide a sign is at least, spaces behind it included, so that source that is indented below is not the list's. */
  readonly width?: number
}
export const PLAIN_MARKS: ListMarks = { bullet: '-', other: '*', delimiter: '.' }

const isOrdered = (list: List): boolean => list.style === 'ordered'

/** The marks of a list of Markdown that follows one with these. */
export const nextMarks = (marks: ListMarks, list: List): ListMarks =>
  isOrdered(list)
    ? { ...marks, delimiter: marks.delimiter === '.' ? ')' : '.' }
    : { ...marks, bullet: marks.other, other: marks.bullet }

/** Whether a list begins a list of Markdown of its own, beside one of the same kind. */
const isApart = (before: List | undefined, list: List): boolean =>
  before !== undefined && isOrdered(before) === isOrdered(list) && list.items[0]?.fresh !== undefined

/** The lists of Markdown that one of ours is, from one `fresh` item to the next. */
export function listParts(list: List): List[] {
  if (!list.items.some((item, at) => at > 0 && item.fresh !== undefined)) return [list]
  const parts: { start: number; items: ListItem[] }[] = []
  for (const item of list.items) {
    const last = parts[parts.length - 1]
    if (last && item.fresh === undefined) last.items.push(item)
    else parts.push({ start: last ? (item.fresh ?? 1) : list.start, items: [item] })
  }
  return parts.map((part) => ({ ...list, ...part }))
}

/** The marks that each of some neighbouring lists begins with. */
export function marksOfLists(lists: readonly List[], first: ListMarks): ListMarks[] {
  let marks = first
  return lists.map((list, at) => {
    if (isApart(lists[at - 1], list)) marks = nextMarks(marks, list)
    const own = marks
    for (const item of list.items.slice(1)) if (item.fresh !== undefined) marks = nextMarks(marks, list)
    return own
  })
}

/** Signs for the list at `at`: those of verbatim lists beside it are left out, or they would be read as one. */
export function marksAt(blocks: Tree, at: number): ListMarks {
  const block = blocks[at]
  if (block?.type !== 'list') return PLAIN_MARKS
  // Over a run of lists, which share their signs.
  let before = at - 1
  while (blocks[before]?.type === 'list') before -= 1
  let after = at + 1
  while (blocks[after]?.type === 'list') after += 1
  const taken = new Set([...verbatimSigns(blocks[before], true), ...verbatimSigns(blocks[after], false)])
  const free = (['-', '*', '+'] as const).filter((sign) => !taken.has(sign))
  const bullet = free[0] ?? '-'
  const first: ListMarks = {
    bullet,
    other: free[1] ?? (bullet === '-' ? '*' : '-'),
    delimiter: taken.has('.') && !taken.has(')') ? ')' : '.',
    ...(isIndented(blocks[after]) ? { width: 3 } : {}),
  }
  const run = blocks.slice(before + 1, at + 1).filter((list): list is List => list.type === 'list')
  return run.length === 1 ? first : (marksOfLists(run, first).at(-1) ?? first)
}

/** By one to three places: more is code. */
const isIndented = (block: Block | undefined): boolean => block?.type === 'verbatim' && /^ {1,3}\S/.test(block.source)

function verbatimSigns(block: Block | undefined, last: boolean): string[] {
  if (block?.type !== 'verbatim') return []
  const signs = [...block.source.matchAll(/^(?:([-+*])|\d{1,9}([.)]))(?=[ \t]|$)/gm)]
  const match = signs[last ? signs.length - 1 : 0]
  return match ? [match[1] ?? match[2] ?? ''] : []
}

/** Whether a list may follow a line of text directly: an empty item would underline it, and 2. is no list there. */
export const startsBelow = (list: List): boolean => {
  const first = list.items[0]
  const empty = first !== undefined && first.children.length === 0 && first.checked === null
  return !empty && (list.style !== 'ordered' || list.start === 1)
}

/** Also where the lists below an item cannot be written without a blank line before them. */
export const isLooseList = (list: List): boolean => list.items.some((item) => item.loose === true || isParted(item))

function isParted({ children, checked, lists, loose }: ListItem): boolean {
  const bare = children.length === 0 && checked === null
  const parts = lists.flatMap(listParts)
  return parts.some((below, at) => {
    const before = parts[at - 1]
    if (!before) return !bare && loose !== false && !startsBelow(below)
    return !isSameKind(before, below) && gapBetweenLists(before, below) === '\n\n'
  })
}

/** One list of Markdown: tasks and plain items do mix there. */
const isSameKind = (before: List, list: List): boolean =>
  isOrdered(before) === isOrdered(list) && !isApart(before, list)

/** Between two neighbours in an item; `\n\n` makes the list that the item is in a loose one. */
export function gapBetweenLists(before: List, list: List): '\n' | '\n\n' {
  if (isSameKind(before, list)) return isLooseList(before) || isLooseList(list) ? '\n\n' : '\n'
  return startsBelow(list) ? '\n' : '\n\n'
}

export function gapBetween(before: Block, after: Block): '\n' | '\n\n' {
  if (after.type !== 'list' || before.type !== 'list' || !isSameKind(before, after)) return '\n\n'
  return gapBetweenLists(before, after)
}
