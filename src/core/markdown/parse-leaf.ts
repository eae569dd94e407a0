import { trim, trimEnd } from './characters.ts'
import { parseInlines } from './inline.ts'
import { normalizeInlines } from './normalize-inlines.ts'
import type { Code, Inline } from './tree.ts'

/** Blocks that hold no blocks: from their lines to what they say. */

export const FOOTNOTE_DEFINITION = /^\[\^[^\s[\]]+\]:/

/** A line of a comment or a tag that only its indentation keeps from being a block of its own. */
const BLOCK_INSIDE = /\n(?:(?:[-+*]|\d{1,9}[.)]|#{1,6})(?=[ \t\n]|$)|>|```|~~~)/

/** Content of a paragraph, its lines without indentation. Null where only the source can be kept. */
export function readParagraph(lines: string, labels: ReadonlySet<string>): Inline[] | null {
  if (lines.startsWith('[^') && FOOTNOTE_DEFINITION.test(lines)) return null
  const inlines = parseInlines(trimEnd(lines), labels)
  if (!inlines) return null
  const normal = normalizeInlines(inlines)
  if (normal.some((inline) => inline.type === 'raw' && BLOCK_INSIDE.test(inline.source))) return null
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
  const inlines = parseInlines(trim(text), labels)
  return inlines && normalizeInlines(inlines, !setext)
}

/** One line of inlines with nothing before it that a block could begin with: a title, a cell. */
export function readLine(source: string, labels: ReadonlySet<string>): Inline[] | null {
  const inlines = parseInlines(trim(source), labels)
  return inlines && normalizeInlines(inlines, true)
}

/** Lines of a paragraph at the top or in a list item: what is before the text of a further line means nothing. */
export const unindent = (source: string): string => (source.includes('\n') ? source.replace(/\n[ \t]+/g, '\n') : source)

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*(.*)$/

const CLOSING = /^ {0,3}(`{3,}|~{3,})[ \t]*$/

/** `source` is the block's lines; an unclosed one loses its final blank lines. */
export function readFencedCode(source: string): Code {
  const lines = source.split('\n')
  const [, indent = '', fence = '```', info = ''] = FENCE.exec(lines[0] ?? '') ?? []
  const last = CLOSING.exec(lines[lines.length - 1] ?? '')?.[1] ?? ''
  const closed = lines.length > 1 && last.startsWith(fence)
  const content = lines.slice(1, closed ? -1 : undefined)
  if (!closed) while (content.length > 0 && trim(content[content.length - 1] ?? '') === '') content.pop()
  const dedented = indent === '' ? content : content.map((line) => stripColumns(line, indent.length))
  const text = dedented.join('\n')
  return {
    type: 'code',
    info: trim(info),
    text,
    ...(closed && text === '' && content.length === 1 ? { blank: true } : {}),
  }
}

/** Takes away white space up to a column; what a tab reaches beyond it stays as spaces. */
function stripColumns(line: string, most: number): string {
  let column = 0
  for (let at = 0; at < line.length; at += 1) {
    if (column === most || (line[at] !== ' ' && line[at] !== '\t')) return line.slice(at)
    column += line[at] === '\t' ? 4 - (column % 4) : 1
    if (column > most) return ' '.repeat(column - most) + line.slice(at + 1)
  }
  return ''
}

export const readIndentedCode = (source: string): Code => ({
  type: 'code',
  info: '',
  text: source
    .split('\n')
    .map((line) => stripColumns(line, 4))
    .join('\n'),
})

/**
 * Source without the indentation that all its lines share: behind a list it could be read as part of the last item.
 * Where tabs stand in it they would reach somewhere else, so it stays as it is.
 */
export function dedent(source: string): string {
  if (!source.startsWith(' ') || /^ *\t/m.test(source)) return source
  const lines = source.split('\n')
  let shared = Number.POSITIVE_INFINITY
  for (const line of lines) if (trim(line) !== '') shared = Math.min(shared, line.length - line.trimStart().length)
  return lines.map((line) => line.slice(Math.min(shared, line.length - line.trimStart().length))).join('\n')
}
