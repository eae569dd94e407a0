import { normalizeInlines, soundInlines } from './normalize-inlines.ts'
import type { Cell, Inline, Link, Table } from './tree.ts'
import { CELL_BREAK, MARK } from './tree.ts'

/** A backslash that is none of a pair, before a pipe: in a table it would be the pipe's. */
const ESCAPED_PIPE = /(?<!\\)((?:\\\\)*)\\\|/g

/** A cell is one line, and holds no backslash before a pipe but in text: GFM has no way to write one (SPEC, N12). */
export function normalizeCell(inlines: readonly Inline[]): Cell {
  const whole = normalizeInlines(inlines)
  return whole.some(isOdd) ? normalizeInlines(whole.map(tame), true) : whole
}

function isOdd(inline: Inline): boolean {
  switch (inline.type) {
    case 'break':
      return true
    case 'text':
      return (inline.marks & MARK.code) !== 0 && inline.text.includes('\\|')
    case 'raw':
      return inline.source.includes('\n') || inline.source.includes('\\|')
    case 'wikilink':
      return inline.target.includes('\\|')
    default:
      return inline.url.includes('\\|') || inline.children.some(isOdd)
  }
}

const withoutEscape = (text: string): string => text.replace(ESCAPED_PIPE, '$1|')

function tame<T extends Inline>(inline: T): T | Link['children'][number] {
  switch (inline.type) {
    case 'break':
      return { type: 'raw', source: CELL_BREAK, marks: 0 }
    case 'text':
      return withoutEscape(inline.text) === inline.text || (inline.marks & MARK.code) === 0
        ? inline
        : { ...inline, marks: inline.marks & ~MARK.code }
    case 'raw':
      return { ...inline, source: withoutEscape(inline.source.replace(/\s*\n\s*/g, ' ')) }
    case 'wikilink':
      return { ...inline, target: withoutEscape(inline.target) }
    default:
      return { ...inline, url: withoutEscape(inline.url), children: inline.children.map(tame) }
  }
}

/** Every row has a cell for each column; a row with more makes columns. */
export function normalizeTable({ columns, rows }: Table, labels: ReadonlySet<string>): Table {
  let width = Math.max(1, columns.length)
  for (const row of rows) width = Math.max(width, row.length)
  const at = Array.from({ length: width }, (_, index) => index)
  return {
    type: 'table',
    columns: at.map((index) => columns[index] ?? null),
    rows: (rows.length > 0 ? rows : [[]]).map((row) =>
      at.map((index) => normalizeCell(soundInlines(row[index] ?? [], labels))),
    ),
  }
}
