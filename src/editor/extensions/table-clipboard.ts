import { $isTableSelection } from '@lexical/table'
import { $getSelection, $isElementNode, $isRangeSelection } from 'lexical'
import { printBlocks } from '../../core/markdown/print.ts'
import type { Table } from '../../core/markdown/tree.ts'
import { htmlOfTable, plainOf } from '../grid-to-html.ts'
import { $nodesFromTree, treeFromSerialized } from '../lexical-tree.ts'
import { type Grid, tableOfGrid, textOfGrid } from './table-grid.ts'
import {
  $areaOf,
  $cellAt,
  $cellsIn,
  $cellsOf,
  $emptyCell,
  $isEmptyCell,
  $lineOf,
  $newCell,
  $newRow,
  $rowsOf,
  $serialize,
  $widthOf,
  type Area,
} from './table-shape.ts'

/** More than a table that a person reads has: what a spreadsheet gives beyond it is left out. */
const MOST_COLUMNS = 200

/** Selected cells in the three ways that a clipboard tells of them. */
export type CopiedCells = {
  /** A table whose first row is the head, or the words of a single cell. */
  readonly markdown: string
  readonly html: string
  /** With tabs and line ends, as spreadsheets write it. */
  readonly text: string
}

/** Null where no cells are selected. */
export function $copyCells(): CopiedCells | null {
  const area = $areaOf()
  if (!area || !$isTableSelection($getSelection())) return null
  const { table, top, bottom, left, right } = area
  const [whole] = treeFromSerialized([$serialize(table)])
  if (whole?.type !== 'table') return null
  const columns = whole.columns.slice(left, right + 1)
  const rows = whole.rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1))
  const part: Table = { type: 'table', columns, rows }
  const [only] = rows.length === 1 && columns.length === 1 ? (rows[0] ?? []) : []
  return {
    markdown: printBlocks(only ? [{ type: 'paragraph', children: only }] : [part]).replace(/\n+$/, ''),
    html: htmlOfTable(part),
    text: textOfGrid(rows.map((row) => row.map((cell) => cell.map(plainOf).join('')))),
  }
}

/** Empties the selected cells and puts the caret into the first: what is pasted takes their place. */
export function $emptySelectedCells(): void {
  const area = $areaOf()
  if (!area || !$isTableSelection($getSelection())) return
  for (const cell of $cellsIn(area)) if (!$isEmptyCell(cell)) $emptyCell(cell)
  $cellAt(area.table, area.top, area.left)?.selectStart()
}

/**
 * Puts cells into a table, from the cell with the caret or the first that is selected on, in the place of what they
 * held; the table grows as they need it. The caret goes behind the last. One cell more that comes alone is words
 * for the caret: not handled, as outside a table. Runs in an update.
 */
export function $fillCells(grid: Grid): boolean {
  const area = $areaOf()
  const width = Math.min(
    MOST_COLUMNS,
    grid.reduce((most, row) => Math.max(most, row.length), 0),
  )
  if (!area || width === 0) return false
  if (grid.length === 1 && width === 1 && $isRangeSelection($getSelection())) return false
  $grow(area, area.top + grid.length, area.left + width)
  const [source] = $nodesFromTree(
    tableOfGrid(
      grid,
      Array.from({ length: width }, () => null),
    ),
  )
  const lines = $isElementNode(source) ? source.getChildren() : []
  for (const [down, line] of lines.entries()) {
    for (const [along, from] of ($isElementNode(line) ? line.getChildren() : []).entries()) {
      const cell = $cellAt(area.table, area.top + down, area.left + along)
      if (!cell || !$isElementNode(from)) continue
      $emptyCell(cell)
      $lineOf(cell).append(...from.getChildren().flatMap((each) => ($isElementNode(each) ? each.getChildren() : [])))
    }
  }
  $cellAt(area.table, area.top + grid.length - 1, area.left + width - 1)?.selectEnd()
  return true
}

function $grow({ table }: Area, height: number, width: number): void {
  const wide = Math.max(width, $widthOf(table))
  for (const [at, row] of $rowsOf(table).entries()) {
    const missing = wide - $cellsOf(row).length
    if (missing > 0) row.append(...Array.from({ length: missing }, () => $newCell(at === 0)))
  }
  const rows = height - $rowsOf(table).length
  if (rows > 0) table.append(...Array.from({ length: rows }, () => $newRow(wide)))
}
