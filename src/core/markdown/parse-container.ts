import { trim } from './characters.ts'
import {
  areLazyIn,
  expandTabs,
  footnoteLines,
  hasLeadingTab,
  type InnerLine,
  innerText,
  quoteLines,
} from './container-lines.ts'
import { readLine } from './parse-leaf.ts'
import type { ParsedBlocks, PlacedBlock } from './parsed-note.ts'
import type { Block, Container } from './tree.ts'

/** Containers in containers; what is deeper stays as it is written. */
export const MOST_CONTAINERS = 10

/** Reads the text inside a container as a note's text is read. */
export type ReadInner = (text: string) => ParsedBlocks

/** A container's lines, with what its first one says of itself taken away. */
export type OpenContainer = {
  readonly lines: readonly InnerLine[]
  /** The line with a callout's kind and title; null for other containers. */
  readonly head: InnerLine | null
}

/** Source of an expression with the flag `u`. */
export const CALLOUT_KIND = /[\p{L}\p{N}][^[\]\n\\`*~=<>$%&!]*/u.source
const CALLOUT = new RegExp(`^ {0,3}\\[!(${CALLOUT_KIND})\\]([+-]?)(?:[ \\t]+([^\\n]*))?$`, 'u')
const KIND = new RegExp(`^${CALLOUT_KIND}$`, 'u')
export const isCalloutKind = (kind: string): boolean => KIND.test(kind)

/** A line that would make something else of the title above it: an underline, a table's second line, deep space. */
const JOINS_TITLE = /^(?:[ \t]*[-=|:][-=|: \t]*$| {4}| {0,3}\t)/
export const joinsTitle = (line: string): boolean => JOINS_TITLE.test(line) && trim(line) !== ''

/** The lines of a quote or callout that stands at `at`; null where they cannot be told from what is around them. */
export function openQuote(source: string, at: number): OpenContainer | null {
  const lines = quoteLines(source, at)
  const [head, ...below] = lines ?? []
  if (!lines || !head) return null
  if (!CALLOUT.test(head.text)) return { lines, head: null }
  return joinsTitle(below[0]?.text ?? '') ? null : { lines: below, head }
}

const FOOTNOTE_HEAD = /^ {0,3}\[\^([^\s[\]]+)\]:[ \t]*/

export function openFootnote(source: string, at: number): OpenContainer | null {
  const head = FOOTNOTE_HEAD.exec(source)
  const lines = head && footnoteLines(source, at, head[0].length)
  return lines && { lines, head: null }
}

/** Nobody writes these, and each container would read them once more. */
const MANY_SIGNS = /^(?:[ \t]*>){30}/m

/** A quote or callout from its lines; null where only the source can be kept. */
export function readQuote(source: string, labels: ReadonlySet<string>, readInner: ReadInner): Container | null {
  if (MANY_SIGNS.test(source)) return null
  const quote = readQuoteAs(source, labels, readInner)
  if (!quote || !hasLeadingTab(source)) return quote
  // A tab reaches less far behind a sign: only where that makes no difference is it understood.
  const spaced = readQuoteAs(expandTabs(source), labels, readInner)
  return spaced && unindented(spaced) === unindented(quote) ? quote : null
}

/** Source that is kept as written may have its tabs. */
const unindented = (quote: Container): string =>
  JSON.stringify(quote, (key, value: unknown) =>
    key === 'source' && typeof value === 'string' ? value.replace(/^[ \t]+/gm, '') : value,
  )

function readQuoteAs(source: string, labels: ReadonlySet<string>, readInner: ReadInner): Container | null {
  const open = openQuote(source, 0)
  const children = open && readChildren(open.lines, readInner)
  if (!children) return null
  if (!open.head) return { type: 'quote', children }
  const [, kind = '', fold = '', title = ''] = CALLOUT.exec(open.head.text) ?? []
  const inlines = readLine(title, labels)
  if (!inlines) return null
  const [first] = open.lines
  const parted = children.length > 0 && first !== undefined && trim(first.text) === ''
  return {
    type: 'callout',
    kind,
    fold: fold as '' | '+' | '-',
    title: inlines,
    children,
    ...(parted ? { parted } : {}),
  }
}

export function readFootnote(source: string, readInner: ReadInner): Container | null {
  const label = FOOTNOTE_HEAD.exec(source)?.[1]
  const open = openFootnote(source, 0)
  const children = open && readChildren(open.lines, readInner)
  return children && label !== undefined ? { type: 'footnote', label, children } : null
}

function readChildren(lines: readonly InnerLine[], readInner: ReadInner): Block[] | null {
  const { placed, degraded } = readInner(innerText(lines))
  if (
    degraded ||
    !areLazyIn(
      lines,
      placed.filter(goesOnLazily).map(({ span }) => span),
    )
  )
    return null
  return placed.map(({ block }) => block)
}

const goesOnLazily = ({ block }: PlacedBlock): boolean =>
  block.type === 'paragraph' || block.type === 'list' || block.type === 'quote' || block.type === 'callout'

/** A paragraph of Markdown can be several footnotes: where each begins, as places in `source`. */
export function footnoteStarts(source: string): number[] {
  const found: number[] = []
  for (let at = 0; at >= 0; at = source.indexOf('\n', at) + 1 || -1) {
    const end = source.indexOf('\n', at)
    if (FOOTNOTE_HEAD.test(source.slice(at, end < 0 ? undefined : end))) found.push(at)
  }
  return found
}
