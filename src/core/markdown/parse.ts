import { readSlice } from './frontmatter-read.ts'
import { readLines } from './lines.ts'
import { parseBlocks, treeOf } from './parse-blocks.ts'
import type { BlockSpan, Degraded, Frontmatter, ItemSpan, ListSpan, ParsedNote, PlacedBlock } from './parsed-note.ts'
import { frontmatterEnd } from './split-frontmatter.ts'

/**
 * A note's file to its parts. `text` is what `decodeSource` gave: any line ends, no byte order mark. Never throws,
 * and takes time in proportion to the text, whatever is in it (SPEC, M7).
 */
export function parseMarkdown(text: string): ParsedNote {
  const lines = readLines(text)
  const { frontmatter, bodyFrom, placed, degraded } = parseText(lines.text)
  return {
    frontmatter,
    frontmatterSource: lines.slice(0, bodyFrom),
    bodyFrom,
    blocks: treeOf(placed),
    spans: placed.length > 0 ? placed.map(({ span }) => span) : [{ from: 0, to: 0, items: null }],
    degraded,
  }
}

export type ParsedText = {
  readonly frontmatter: Frontmatter | null
  readonly bodyFrom: number
  /** Empty for a note without text. */
  readonly placed: readonly PlacedBlock[]
  readonly degraded: Degraded | null
}

/** The same for a text whose lines end in `\n`. */
export function parseText(text: string): ParsedText {
  const end = frontmatterEnd(text)
  const reading = end > 0 ? readSlice(text.slice(0, end)) : null
  if (!reading?.isMap) return { frontmatter: null, bodyFrom: 0, ...parseBlocks(text) }
  if (reading.frontmatter.broken) return { frontmatter: null, bodyFrom: 0, ...parseBroken(text, end) }
  return { frontmatter: reading.frontmatter, bodyFrom: end, ...parseBelowFrontmatter(text.slice(end)) }
}

/**
 * What is below a note's frontmatter. Broken frontmatter right there stays one block: the note had it first, and was
 * then given some that is not.
 */
export function parseBelowFrontmatter(text: string): Body {
  const end = frontmatterEnd(text)
  const reading = end > 0 ? readSlice(text.slice(0, end)) : null
  return reading?.isMap && reading.frontmatter.broken ? parseBroken(text, end) : parseBlocks(text)
}

/** A text that begins with frontmatter which is broken: a block kept as written, and what is below it. */
function parseBroken(text: string, end: number): Body {
  const body = parseBlocks(text.slice(end))
  const source = text.slice(0, end).trimEnd()
  const first: PlacedBlock = {
    block: { type: 'verbatim', source },
    span: { from: 0, to: source.length, items: null },
  }
  return { placed: [first, ...shiftPlaced(body.placed, end)], degraded: body.degraded }
}

type Body = Pick<ParsedText, 'placed' | 'degraded'>

const shiftPlaced = (placed: readonly PlacedBlock[], by: number): PlacedBlock[] =>
  placed.map((entry) => ({ ...entry, span: shiftBlock(entry.span, by) }))

const shiftBlock = ({ from, to, items }: BlockSpan, by: number): BlockSpan => ({
  from: from + by,
  to: to + by,
  items: shiftItems(items, by),
})

const shiftItems = (items: ListSpan, by: number): ListSpan =>
  items?.map(
    ({ from, to, content, head, lists }): ItemSpan => ({
      from: from + by,
      to: to + by,
      content: content + by,
      head: head + by,
      lists: lists.map((list) => shiftItems(list, by)),
    }),
  ) ?? null
