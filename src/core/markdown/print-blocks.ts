import { unreachable } from '../base/invariant.ts'
import { trimEnd } from './characters.ts'
import {
  gapBetween,
  gapBetweenLists,
  isLooseList,
  type ListMarks,
  listParts,
  marksAt,
  marksOfLists,
  nextMarks,
  PLAIN_MARKS,
  startsBelow,
} from './list-marks.ts'
import { joinsTitle } from './parse-container.ts'
import { type InlinePlace, printInlines } from './print-inlines.ts'
import { printTable } from './print-table.ts'
import type { Block, Callout, Code, Container, Footnote, Heading, Inline, List, ListItem, Tree } from './tree.ts'

/** A normal block in canonical form, without a final line end. */
export function printBlock(block: Block, labels: ReadonlySet<string>, marks: ListMarks = PLAIN_MARKS): string {
  switch (block.type) {
    case 'paragraph':
      return printInlines(block.children, { block: 'paragraph', labels })
    case 'heading':
      return printHeading(block, labels)
    case 'quote':
    case 'callout':
    case 'footnote':
      return printContainer(block, labels)
    case 'table':
      return printTable(block, labels)
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

function printHeading({ level, children }: Heading, labels: ReadonlySet<string>): string {
  if (children.some(hasLineEnd)) {
    const block = level === 1 ? 'setext1' : 'setext2'
    return `${printInlines(children, { block, labels })}\n${level === 1 ? '===' : '---'}`
  }
  return trimEnd(`${'#'.repeat(level)} ${printInlines(children, { block: 'heading', labels })}`)
}

const hasLineEnd = (inline: Inline): boolean =>
  inline.type === 'link'
    ? inline.children.some(hasLineEnd)
    : inline.type === 'break' || (inline.type === 'raw' && inline.source.includes('\n'))

function printContainer(block: Container, labels: ReadonlySet<string>): string {
  const text = printTree(block.children, labels)
  if (block.type === 'quote') return quoted(text)
  if (block.type === 'footnote') return printFootnote(block, text)
  return `> ${printCalloutHead(block, labels)}${text === '' ? '' : `\n${quoted(gapBelowTitle(block, text) + text)}`}`
}

/** A title's line, without the quote's sign. */
export function printCalloutHead({ kind, fold, title }: Callout, labels: ReadonlySet<string>): string {
  return trimEnd(`[!${kind}]${fold} ${printInlines(title, { block: 'line', labels })}`)
}

/** A blank line where one was, and where the title would else be read together with what follows. */
const gapBelowTitle = ({ parted }: Callout, text: string): string =>
  parted || joinsTitle(text.split('\n', 1)[0] ?? '') ? '\n' : ''

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')

/** Only a paragraph stands beside the label: what else would is one there for other readers. */
function printFootnote({ label, children }: Footnote, text: string): string {
  const gap = children[0]?.type === 'paragraph' ? ' ' : text === '' ? '' : '\n'
  return `[^${label}]:${`${gap}${text}`.replace(/\n(?!\n|$)/g, '\n    ')}`
}

function printCode({ info, text, blank }: Code): string {
  const sign = info.includes('`') ? '~' : '`'
  let longest = 2
  for (const run of text.matchAll(sign === '`' ? /`+/g : /~+/g)) longest = Math.max(longest, run[0].length)
  const fence = sign.repeat(longest + 1)
  // `~~~ ~x` would be one fence of four.
  const gap = info.startsWith(sign) ? ' ' : ''
  return text === '' && !blank ? `${fence}${gap}${info}\n${fence}` : `${fence}${gap}${info}\n${text}\n${fence}`
}

/** Every line after the first starts with `indent`. */
export function printList(list: List, labels: ReadonlySet<string>, first: ListMarks, indent: string): string {
  let marks = first
  let out = ''
  for (const [at, part] of listParts(list).entries()) {
    if (at > 0) {
      marks = nextMarks(marks, list)
      out += `${startsBelow(part) ? '\n' : '\n\n'}${indent}`
    }
    out += printPart(part, labels, marks, indent)
  }
  return out
}

function printPart(list: List, labels: ReadonlySet<string>, marks: ListMarks, indent: string): string {
  const loose = isLooseList(list)
  // Alone in its list, only a blank line before the lists below it says that an item is loose.
  const parted = loose && list.items.length === 1
  return list.items
    .map((item, at) => {
      const sign = list.style === 'ordered' ? `${list.start + at}${marks.delimiter}` : marks.bullet
      return printItem(item, list.style, sign.padEnd(marks.width ?? 0), labels, marks, indent, parted)
    })
    .join(`${loose ? '\n\n' : '\n'}${indent}`)
}

export function printItem(
  item: ListItem,
  style: List['style'],
  marker: string,
  labels: ReadonlySet<string>,
  marks: ListMarks,
  indent: string,
  parted = false,
): string {
  const inner = indent + ' '.repeat(marker.length + 1)
  const head = printHead(item, style, marker, labels, inner)
  return head + printBelow(item, labels, marks, inner, parted)
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
  if (text === '') return item.lists.length > 0 ? marker + box : (marker + box).trimEnd()
  return `${marker}${box} ${text}`
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
function printBelow(
  item: ListItem,
  labels: ReadonlySet<string>,
  marks: ListMarks,
  inner: string,
  parted: boolean,
): string {
  let out = ''
  const bare = item.children.length === 0 && item.checked === null
  // Three bare markers of one sign in a line are a rule.
  const sign = marks.bullet === '*' ? '-' : '*'
  const own = bare ? ({ ...marks, bullet: sign, other: sign === '*' ? '-' : '*' } as const) : marks
  const starts = marksOfLists(item.lists, own)
  for (const [at, list] of item.lists.entries()) {
    const before = item.lists[at - 1]
    if (before) out += `${gapBetweenLists(before, list)}${inner}`
    else if (bare) out += ' '
    else out += `${item.loose === false || (startsBelow(list) && !parted) ? '\n' : '\n\n'}${inner}`
    out += printList(list, labels, starts[at] ?? own, inner)
  }
  return out
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
