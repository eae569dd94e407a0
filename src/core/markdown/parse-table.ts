import { trim } from './characters.ts'
import { parseInlines } from './inline.ts'
import { normalizeCell } from './normalize-table.ts'
import type { Span } from './parsed-note.ts'
import type { Cell, ColumnAlign, Table } from './tree.ts'

/** What stands between the pipes of a row, spaces included; a pipe behind a backslash does not part cells. */
export function cellRanges(row: string): Span[] {
  let start = 0
  while (row[start] === ' ' || row[start] === '\t') start += 1
  let end = row.length
  while (end > start && (row[end - 1] === ' ' || row[end - 1] === '\t')) end -= 1
  if (row[start] === '|') start += 1
  const ranges: Span[] = []
  let from = start
  for (let at = start; at < end; at += 1) {
    if (row[at] === '\\') at += 1
    else if (row[at] === '|') {
      ranges.push({ from, to: at })
      from = at + 1
    }
  }
  if (from < end) ranges.push({ from, to: end })
  return ranges
}

const ESCAPED = /\\([\s\S])/g

/** Source of a cell as inlines have it: a pipe has no backslash there, in code neither. */
const unescapePipes = (source: string): string =>
  source.includes('\\|') ? source.replace(ESCAPED, (pair, char: string) => (char === '|' ? '|' : pair)) : source

const DELIMITER = /^[ \t]*(:?)-+(:?)[ \t]*$/

function readAlign(cell: string): ColumnAlign | undefined {
  const match = DELIMITER.exec(cell)
  if (!match) return undefined
  const [, left, right] = match
  if (left && right) return 'center'
  return left ? 'left' : right ? 'right' : null
}

/** A table's lines. Null where only the source can be kept: a row with more cells than there are columns. */
export function readTable(source: string, labels: ReadonlySet<string>): Table | null {
  const [head = '', delimiters = '', ...rest] = source.split('\n')
  const columns: ColumnAlign[] = []
  for (const { from, to } of cellRanges(delimiters)) {
    const align = readAlign(delimiters.slice(from, to))
    if (align === undefined) return null
    columns.push(align)
  }
  if (cellRanges(head).length !== columns.length) return null
  const rows: Cell[][] = []
  for (const line of [head, ...rest]) {
    const ranges = cellRanges(line)
    if (ranges.length > columns.length) return null
    const cells: Cell[] = []
    for (const { from, to } of ranges) {
      const inlines = parseInlines(unescapePipes(trim(line.slice(from, to))), labels)
      if (!inlines) return null
      cells.push(normalizeCell(inlines))
    }
    while (cells.length < columns.length) cells.push([])
    rows.push(cells)
  }
  return { type: 'table', columns, rows }
}
