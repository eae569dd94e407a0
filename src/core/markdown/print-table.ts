import { printInlines } from './print-inlines.ts'
import type { Cell, ColumnAlign, Table } from './tree.ts'

/** A table in canonical form; see print-table-edit.ts for one over its source. */
export function printTable({ columns, rows }: Table, labels: ReadonlySet<string>): string {
  const [head = [], ...body] = rows
  return [printRow(head, labels), printDelimiters(columns), ...body.map((row) => printRow(row, labels))].join('\n')
}

export const printRow = (row: readonly Cell[], labels: ReadonlySet<string>): string =>
  `|${row.map((cell) => ` ${printCell(cell, labels)} |`).join('')}`

export const printDelimiters = (columns: readonly ColumnAlign[]): string =>
  `|${columns.map((align) => ` ${DELIMITERS[align ?? 'none']} |`).join('')}`

const DELIMITERS = { none: '---', left: ':--', center: ':-:', right: '--:' } as const

const PIPE = /\\([\s\S])|\|/g

/** A pipe has a backslash wherever it stands, in code and in links too. */
export function printCell(cell: Cell, labels: ReadonlySet<string>): string {
  const source = printInlines(cell, { block: 'line', labels })
  return source.includes('|') ? source.replace(PIPE, (sign) => (sign === '|' ? '\\|' : sign)) : source
}
