import { unreachable } from '../base/invariant.ts'
import { type InlinePlace, printInlines } from './print-inlines.ts'
import type { Block, Code, List, ListItem, Tree } from './tree.ts'

/** How a list is marked; two lists side by side need different signs, or they would be read as one. */
export type ListMarks = { readonly bullet: '-' | '*' | '+'; readonly delimiter: '.' | ')' }
export const PLAIN_MARKS: ListMarks = { bullet: '-', delimiter: '.' }

/** A normal block in canonical form, without a final line end. */
export function printBlock(block: Block, labels: ReadonlySet<string>, marks: ListMarks = PLAIN_MARKS): string {
  switch (block.type) {
    case 'paragraph':
      return printInlines(block.children, { block: 'paragraph', labels })
    case 'heading':
      return `${'#'.repeat(block.level)} ${printInlines(block.children, { block: 'heading', labels })}`.trimEnd()
    case 'quote':
      return printQuote(printInlines(block.children, { block: 'quote', labels }))
    case 'code':
      return printCode(block)
    case 'rule':
      return '---'
    case 'list':
      return printList(block, labels, marks, '')
    case 'verbatim':
      return block.source
    default:
      return unreachable(block)
  }
}

const printQuote = (text: string): string => (text === '' ? '>' : `> ${text.replaceAll('\n', '\n> ')}`)

function printCode({ info, text }: Code): string {
  const sign = info.includes('`') ? '~' : '`'
  let longest = 2
  for (const run of text.matchAll(sign === '`' ? /`+/g : /~+/g)) longest = Math.max(longest, run[0].length)
  const fence = sign.repeat(longest + 1)
  // `~~~ ~x` would be one fence of four.
  const gap = info.startsWith(sign) ? ' ' : ''
  return text === '' ? `${fence}${gap}${info}\n${fence}` : `${fence}${gap}${info}\n${text}\n${fence}`
}

/** Every line after the first starts with `indent`. */
export function printList(list: List, labels: ReadonlySet<string>, marks: ListMarks, indent: string): string {
  return list.items
    .map((item, at) => {
      const marker = list.style === 'ordered' ? `${list.start + at}${marks.delimiter}` : marks.bullet
      return printItem(item, list.style, marker, labels, marks, indent)
    })
    .join(`\n${indent}`)
}

export function printItem(
  item: ListItem,
  style: List['style'],
  marker: string,
  labels: ReadonlySet<string>,
  marks: ListMarks,
  indent: string,
): string {
  const inner = indent + ' '.repeat(marker.length + 1)
  const head = printHead(item, style, marker, labels, inner)
  return head + printBelow(item, labels, marks, inner)
}

/** The item's own lines. */
export function printHead(
  item: ListItem,
  style: List['style'],
  marker: string,
  labels: ReadonlySet<string>,
  inner: string,
): string {
  const text = printItemText(item, style, labels, inner)
  const box = style === 'task' ? (item.checked ? ' [x]' : ' [ ]') : ''
  return text === '' ? marker + box : `${marker}${box} ${text}`
}

export function printItemText(
  item: ListItem,
  style: List['style'],
  labels: ReadonlySet<string>,
  inner: string,
): string {
  const place: InlinePlace = { block: style, labels }
  return printInlines(item.children, place).replaceAll('\n', `\n${inner}`)
}

/** The lists below an item, each after a line end; on the item's own line where it has no text. */
export function printBelow(item: ListItem, labels: ReadonlySet<string>, marks: ListMarks, inner: string): string {
  let out = ''
  for (const [at, list] of item.lists.entries()) {
    const bare = at === 0 && item.children.length === 0 && item.checked === null
    // Three bare markers of one sign in a line are a rule.
    const own: ListMarks = bare ? { ...marks, bullet: marks.bullet === '*' ? '-' : '*' } : marks
    const before = item.lists[at - 1]
    const gap = bare ? ' ' : at > 0 ? gapBetweenLists(before, list) : startsBelow(list) ? '\n' : '\n\n'
    out += gap === ' ' ? gap : `${gap}${inner}`
    out += printList(list, labels, own, inner)
  }
  return out
}

/** Whether a list may follow a line of text directly: an empty item would underline it, and 2. is no list there. */
export const startsBelow = (list: List): boolean => {
  const first = list.items[0]
  const empty = first !== undefined && first.children.length === 0 && first.checked === null
  return !empty && (list.style !== 'ordered' || list.start === 1)
}

const isBulleted = (block: Block | undefined): boolean => block?.type === 'list' && block.style !== 'ordered'

/** Tasks and plain items are one list in Markdown; everything else stands apart. */
const gapBetweenLists = (before: Block | undefined, list: List): string =>
  isBulleted(before) && isBulleted(list) ? '\n' : '\n\n'

export const gapBetween = (before: Block, after: Block): string =>
  after.type === 'list' ? gapBetweenLists(before, after) : '\n\n'

/** Signs for the list at `at` that differ from those of verbatim lists beside it. */
export function marksAt(blocks: Tree, at: number): ListMarks {
  const block = blocks[at]
  if (block?.type !== 'list') return PLAIN_MARKS
  const taken = new Set<string>()
  // Over a run of lists, which share their signs.
  let before = at - 1
  while (blocks[before]?.type === 'list') before -= 1
  let after = at + 1
  while (blocks[after]?.type === 'list') after += 1
  for (const sign of verbatimSigns(blocks[before], true)) taken.add(sign)
  for (const sign of verbatimSigns(blocks[after], false)) taken.add(sign)
  const bullet = (['-', '*', '+'] as const).find((sign) => !taken.has(sign)) ?? '-'
  return { bullet, delimiter: taken.has('.') && !taken.has(')') ? ')' : '.' }
}

function verbatimSigns(block: Block | undefined, last: boolean): string[] {
  if (block?.type !== 'verbatim') return []
  const signs = [...block.source.matchAll(/^(?:([-+*])|\d{1,9}([.)]))(?=[ \t]|$)/gm)]
  const match = signs[last ? signs.length - 1 : 0]
  return match ? [match[1] ?? match[2] ?? ''] : []
}

/** Normal blocks in canonical form, each with the gap before it. */
export function printTree(blocks: Tree, labels: ReadonlySet<string>): string {
  let out = ''
  for (const [at, block] of blocks.entries()) {
    const before = blocks[at - 1]
    out += before ? gapBetween(before, block) : ''
    out += printBlock(block, labels, marksAt(blocks, at))
  }
  return out
}
