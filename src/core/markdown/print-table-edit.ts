import { align, pairEdited } from './align.ts'
import { contentKey, sameColumns, sameInlines } from './equal.ts'
import { cellRanges } from './parse-table.ts'
import type { Span } from './parsed-note.ts'
import type { Piece } from './piece.ts'
import { printCell, printDelimiters, printRow, printTable } from './print-table.ts'
import type { Cell, Table } from './tree.ts'

/**
 * A table after an edit, over its source at `span`: rows that are the same keep their line, and in an edited row the
 * cells that are the same keep their bytes, the others the spaces around them (SPEC, M2).
 */
export function printTableEdit(
  body: string,
  span: Span,
  old: Table,
  table: Table,
  labels: ReadonlySet<string>,
): Piece[] {
  if (old.columns.length !== table.columns.length) return [printTable(table, labels)]
  const lines = linesOf(body, span)
  const [head, delimiters, ...bodyLines] = lines
  const [oldHead = [], ...oldRows] = old.rows
  const [newHead = [], ...newRows] = table.rows
  if (!head || !delimiters) return [printTable(table, labels)]
  const exact = align(oldRows.map(contentKey), newRows.map(contentKey))
  const sources = pairEdited(exact, oldRows.map(anyKey), newRows.map(anyKey))
  const out = printRowEdit(body, head, oldHead, newHead, labels)
  addLine(out, [sameColumns(old, table) ? delimiters : printDelimiters(table.columns)])
  for (const [at, row] of newRows.entries()) {
    const line = bodyLines[sources[at] ?? -1]
    if (line && exact[at] !== -1) addLine(out, [line])
    else if (line) addLine(out, printRowEdit(body, line, oldRows[sources[at] ?? -1] ?? [], row, labels))
    else addLine(out, [printRow(row, labels)])
  }
  return out
}

const anyKey = (): string => ''

function linesOf(body: string, { from, to }: Span): Span[] {
  const lines: Span[] = []
  for (let at = from; at <= to; ) {
    const next = body.indexOf('\n', at)
    const end = next < 0 || next > to ? to : next
    lines.push({ from: at, to: end })
    at = end + 1
  }
  return lines
}

/** With the line end as it was, where the lines were neighbours. */
function addLine(out: Piece[], line: readonly Piece[]): void {
  const [first, ...rest] = line
  const last = out[out.length - 1]
  if (typeof first === 'object' && typeof last === 'object' && last.to + 1 === first.from) {
    out[out.length - 1] = { from: last.from, to: first.to }
    out.push(...rest)
  } else out.push('\n', ...line)
}

function printRowEdit(
  body: string,
  line: Span,
  old: readonly Cell[],
  row: readonly Cell[],
  labels: ReadonlySet<string>,
): Piece[] {
  const ranges = cellRanges(body.slice(line.from, line.to))
  const pieces: Piece[] = []
  let from = line.from
  for (const [at, cell] of row.entries()) {
    if (sameInlines(old[at] ?? [], cell)) continue
    const range = ranges[at]
    // A cell that the line leaves out.
    if (!range) return [printRow(row, labels)]
    const source = body.slice(line.from + range.from, line.from + range.to)
    const text = source.replace(/^[ \t]+|[ \t]+$/g, '')
    const lead = text === '' ? 0 : source.indexOf(text)
    const start = line.from + range.from + lead
    const printed = printCell(cell, labels)
    pieces.push({ from, to: start }, text === '' ? ` ${printed} ` : printed)
    from = text === '' ? line.from + range.to : start + text.length
  }
  pieces.push({ from, to: line.to })
  return pieces
}
