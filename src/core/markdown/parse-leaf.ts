import { parseInlines } from './inline.ts'
import { normalizeInlines } from './normalize-inlines.ts'
import type { Code, Inline } from './tree.ts'

/** Blocks that hold no blocks: from their lines to what they say. */

export const FOOTNOTE_DEFINITION = /^\[\^[^\s[\]]+\]:/

/** Content of a paragraph, its lines without indentation. Null where only the source can be kept. */
export function readParagraph(lines: string, labels: ReadonlySet<string>): Inline[] | null {
  if (lines.startsWith('[^') && FOOTNOTE_DEFINITION.test(lines)) return null
  const inlines = parseInlines(lines.trimEnd(), labels)
  if (!inlines) return null
  const normal = normalizeInlines(inlines)
  const first = normal[0]
  // Without the break or space that was dropped before it, a tag would be a block of HTML.
  if (first?.type === 'raw' && first.source.startsWith('<') && !lines.startsWith('<')) return null
  return first ? normal : null
}

/** A heading's own text: `#` signs and underline taken away. Null where only the source can be kept. */
export function readHeading(source: string, setext: boolean, labels: ReadonlySet<string>): Inline[] | null {
  const text = setext
    ? unindent(source.slice(0, source.lastIndexOf('\n')))
    : source.replace(/^[ \t]*#{1,6}(?:[ \t]+|$)/, '').replace(/(?:^|[ \t]+)#+[ \t]*$/, '')
  const inlines = parseInlines(text.trim(), labels)
  return inlines && normalizeInlines(inlines, !setext)
}

/** Lines of a paragraph at the top or in a list item: what is before the text of a further line means nothing. */
export const unindent = (source: string): string => (source.includes('\n') ? source.replace(/\n[ \t]+/g, '\n') : source)

/** The same in a quote, where a line may or may not start with the quote's sign. */
export const unquote = (source: string): string => source.replace(/\n[ \t]*>?[ \t]*/g, '\n')

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$/

const CLOSING = /^ {0,3}(`{3,}|~{3,})[ \t]*$/

/** `source` is the block's lines; an unclosed one loses its final blank lines. */
export function readFencedCode(source: string): Code {
  const lines = source.split('\n')
  const [, indent = '', fence = '```', info = ''] = FENCE.exec(lines[0] ?? '') ?? []
  const last = CLOSING.exec(lines[lines.length - 1] ?? '')?.[1] ?? ''
  const closed = lines.length > 1 && last.startsWith(fence)
  const content = lines.slice(1, closed ? -1 : undefined)
  if (!closed) while (content.length > 0 && (content[content.length - 1] ?? '').trim() === '') content.pop()
  const dedented = indent === '' ? content : content.map((line) => stripSpaces(line, indent.length))
  return { type: 'code', info: info.trim(), text: dedented.join('\n') }
}

function stripSpaces(line: string, most: number): string {
  let at = 0
  while (at < most && line[at] === ' ') at += 1
  return line.slice(at)
}

export const readIndentedCode = (source: string): Code => ({
  type: 'code',
  info: '',
  text: source
    .split('\n')
    .map((line) =>
      line.trim() === '' ? line.replace(/^(?: {0,3}\t| {0,4})/, '') : line.replace(/^(?: {4}| {0,3}\t)/, ''),
    )
    .join('\n'),
})

/** What a verbatim block keeps: the lines without the indentation that all of them share (at most three spaces). */
export function verbatimSource(source: string, html: boolean): string {
  // HTML goes out as it stands, and spaces inside <pre> are text.
  const indent = html ? 0 : (/^ {0,3}/.exec(source)?.[0].length ?? 0)
  if (indent === 0) return source.trimEnd()
  return source
    .split('\n')
    .map((line) => stripSpaces(line, indent))
    .join('\n')
    .trimEnd()
}
