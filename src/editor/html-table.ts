import type { Cell, ColumnAlign, Inline, Table } from '../core/markdown/tree.ts'
import { CELL_BREAK } from '../core/markdown/tree.ts'
import { below, styleOf } from './html-flavours.ts'
import { inlinesOf, isDropped, isElement, isText, MAX_DEPTH, marksOfStyle, nameOf, tidy } from './html-inline.ts'

/** What is a table only to place things beside each other becomes lines of words. */
export const joinCells = (cells: readonly Inline[][]): Inline[] =>
  cells.flatMap((cell, index) => (index === 0 ? cell : [{ type: 'text' as const, text: ' · ', marks: 0 }, ...cell]))

/** More columns than anybody reads; a cell that spans more does so to do harm. */
const MAX_COLUMNS = 200

const SECTIONS = new Set(['thead', 'tbody', 'tfoot'])
const IN_NO_CELL = new Set(['table', 'ul', 'ol', 'pre', 'blockquote', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

export const holds = (element: Element, names: ReadonlySet<string>): boolean =>
  [...below(element)].some((inner) => names.has(nameOf(inner)))

/**
 * The rows of HTML that is one table and nothing beside it, as spreadsheets put it on the clipboard; null for other
 * HTML. One cell is a table too.
 */
export function cellsFromHtml(body: Node): Table['rows'] | null {
  const tables: Element[] = []
  const isAlone = (node: Node, depth: number): boolean =>
    [...node.childNodes].every((child) => {
      if (isText(child)) return (child.nodeValue ?? '').trim() === ''
      if (!isElement(child) || isDropped(child)) return true
      if (nameOf(child) !== 'table') return depth < MAX_DEPTH && isAlone(child, depth + 1)
      return tables.push(child) === 1
    })
  const [only] = isAlone(body, 0) ? tables : []
  return (only && readTable(only, 1, 1)?.rows) ?? null
}

/** Null for a table that holds blocks or has one column: mail and old pages are laid out with such. */
export function readTable(element: Element, depth: number, leastWidth = 2): Table | null {
  const parts = [...element.children].flatMap((part) => (SECTIONS.has(nameOf(part)) ? [...part.children] : [part]))
  if (holds(element, IN_NO_CELL)) return null
  const open: number[] = []
  const lines = parts.filter((part) => nameOf(part) === 'tr').map((row) => readRow(row, depth, open))
  const rows = lines.filter((cells) => cells.length > 0)
  const width = Math.min(
    MAX_COLUMNS,
    rows.reduce((most, cells) => Math.max(most, cells.length), 0),
  )
  if (width < leastWidth) return null
  const columns = Array.from({ length: width }, (_, column): ColumnAlign => rows[0]?.[column]?.align ?? null)
  const cellOf = (cell: ReadCell | undefined): Cell => cell?.inlines ?? []
  return {
    type: 'table',
    columns,
    rows: rows.map((cells) => Array.from({ length: width }, (_, column) => cellOf(cells[column]))),
  }
}

type ReadCell = { readonly inlines: Cell; readonly align: ColumnAlign }

/** `open` counts, for each column, the rows that a cell above still spans: what it says stands in its first cell. */
function readRow(row: Element, depth: number, open: number[]): ReadCell[] {
  const cells: ReadCell[] = []
  const skipSpanned = () => {
    for (let left = open[cells.length] ?? 0; left > 0; left = open[cells.length] ?? 0) {
      open[cells.length] = left - 1
      cells.push({ inlines: [], align: null })
    }
  }
  for (const element of row.children) {
    if (nameOf(element) !== 'td' && nameOf(element) !== 'th') continue
    skipSpanned()
    const inlines = tidy(inlinesOf(element, depth, marksOfStyle(element))).map(
      (inline): Inline => (inline.type === 'break' ? { type: 'raw', source: CELL_BREAK, marks: 0 } : inline),
    )
    const columns = spanOf(element, 'colspan')
    for (let column = 0; column < columns; column++) {
      open[cells.length] = spanOf(element, 'rowspan') - 1
      cells.push(column === 0 ? { inlines, align: alignOf(element) } : { inlines: [], align: null })
    }
  }
  if (cells.length > 0) skipSpanned()
  return cells
}

const spanOf = (cell: Element, name: 'colspan' | 'rowspan'): number =>
  Math.max(1, Math.min(MAX_COLUMNS, Math.trunc(Number(cell.getAttribute(name) ?? 1)) || 1))

function alignOf(cell: Element): ColumnAlign {
  const style = /text-align:\s*(left|center|right)/i.exec(styleOf(cell))?.[1]
  const align = (style ?? cell.getAttribute('align') ?? '').toLowerCase()
  return align === 'left' || align === 'center' || align === 'right' ? align : null
}
