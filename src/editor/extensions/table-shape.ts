import {
  $createTableCellNode,
  $createTableRowNode,
  $isTableCellNode,
  $isTableNode,
  $isTableRowNode,
  $isTableSelection,
  TableCellHeaderStates,
  type TableCellNode,
  type TableNode,
  type TableRowNode,
} from '@lexical/table'
import {
  $createParagraphNode,
  $getSelection,
  $getState,
  $isElementNode,
  $isRangeSelection,
  $setState,
  type BaseSelection,
  type ElementNode,
  type LexicalNode,
} from 'lexical'
import { alignState } from '../lexical-tree.ts'

export const $rowsOf = (table: TableNode): TableRowNode[] => table.getChildren().filter($isTableRowNode)
export const $cellsOf = (row: TableRowNode | undefined): TableCellNode[] =>
  row?.getChildren().filter($isTableCellNode) ?? []
export const $cellAt = (table: TableNode, row: number, column: number): TableCellNode | undefined =>
  $cellsOf($rowsOf(table)[row])[column]
export const $widthOf = (table: TableNode): number =>
  $rowsOf(table).reduce((most, row) => Math.max(most, $cellsOf(row).length), 0)

export const $tableOf = (node: LexicalNode): TableNode | null => [node, ...node.getParents()].find($isTableNode) ?? null

/** Cells of a table that an act is about: the one with the caret, or those that are selected. Numbers count from 0. */
export type Area = {
  readonly table: TableNode
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
  /** Where the caret is, or the end of the selection that moves. */
  readonly focus: { readonly row: number; readonly column: number }
}

/** Null where the selection is not in one table. */
export function $areaOf(selection: BaseSelection | null = $getSelection()): Area | null {
  if (!$isRangeSelection(selection) && !$isTableSelection(selection)) return null
  const [anchor, focus] = [selection.anchor, selection.focus].map((point) => $placeOf(point.getNode()))
  if (!anchor || !focus || !anchor.table.is(focus.table)) return null
  return {
    table: focus.table,
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
    focus: { row: focus.row, column: focus.column },
  }
}

type Place = { readonly table: TableNode; readonly row: number; readonly column: number }

function $placeOf(node: LexicalNode): Place | null {
  const cell = [node, ...node.getParents()].find($isTableCellNode)
  const row = cell?.getParent()
  const table = row?.getParent()
  if (!cell || !$isTableRowNode(row) || !$isTableNode(table)) return null
  return { table, row: row.getIndexWithinParent(), column: cell.getIndexWithinParent() }
}

export function $cellsIn({ table, top, bottom, left, right }: Area): TableCellNode[] {
  return $rowsOf(table)
    .slice(top, bottom + 1)
    .flatMap((row) => $cellsOf(row).slice(left, right + 1))
}

export const $newCell = (isHead: boolean): TableCellNode =>
  $createTableCellNode(isHead ? TableCellHeaderStates.ROW : TableCellHeaderStates.NO_STATUS).append(
    $createParagraphNode(),
  )

export const $newRow = (width: number, isHead = false): TableRowNode =>
  $createTableRowNode().append(...Array.from({ length: width }, () => $newCell(isHead)))

/** The paragraph of a cell, made where two edits that met left none. */
export function $lineOf(cell: TableCellNode): ElementNode {
  const first = cell.getFirstChild()
  if ($isElementNode(first)) return first
  const line = $createParagraphNode()
  cell.append(line)
  return line
}

export const $isEmptyCell = (cell: TableCellNode): boolean =>
  cell.getChildren().every((child) => $isElementNode(child) && child.isEmpty())

/** Empties a cell where it stands: its paragraph stays, and with it what somebody types there meanwhile. */
export function $emptyCell(cell: TableCellNode): void {
  for (const [at, child] of cell.getChildren().entries()) {
    if (at > 0) child.remove(true)
    else if ($isElementNode(child) && !child.isEmpty()) child.clear()
  }
}

export const $alignsOf = (table: TableNode): string[] =>
  $cellsOf($rowsOf(table)[0]).map((cell) => $getState(cell, alignState))

/** Makes the first row the head, and no other; `aligns` are its columns'. Writes only what differs. */
export function $setHead(table: TableNode, aligns: readonly string[]): void {
  for (const [at, row] of $rowsOf(table).entries()) {
    for (const [column, cell] of $cellsOf(row).entries()) {
      const state = at === 0 ? TableCellHeaderStates.ROW : TableCellHeaderStates.NO_STATUS
      const align = at === 0 ? (aligns[column] ?? '') : ''
      if (cell.getHeaderStyles() !== state) cell.setHeaderStyles(state)
      if ($getState(cell, alignState) !== align) $setState(cell, alignState, align)
    }
  }
}

const $isHead = (row: TableRowNode | undefined): boolean =>
  $cellsOf(row).some((cell) => cell.getHeaderStyles() !== TableCellHeaderStates.NO_STATUS)

/** A deletion may take the head, a paste may bring another: a table always has one, its first row. */
export function $keepHead(table: TableNode): void {
  const rows = $rowsOf(table)
  const isRight = rows.every((row, at) =>
    $cellsOf(row).every((cell) => (cell.getHeaderStyles() === TableCellHeaderStates.ROW) === (at === 0)),
  )
  if (isRight) return
  const known = rows.find($isHead)
  $setHead(table, known ? $cellsOf(known).map((cell) => $getState(cell, alignState)) : [])
}

/**
 * Puts a row or a cell before the `at`th of its siblings, or behind those that say the same as it does. The binding
 * tells siblings apart by what they hold: before one that is alike, it would take the new for the old one.
 */
export function $putIn(parent: ElementNode, at: number, node: ElementNode): void {
  const siblings = parent.getChildren<ElementNode>()
  let to = at
  while (siblings[to] && $areAlike(siblings[to], node)) to++
  const next = siblings[to]
  if (next) next.insertBefore(node, false)
  else parent.append(node)
}

/** Takes away the `at`th row or cell, or the last behind it that says the same: see `$putIn`. */
export function $takeOut(parent: ElementNode, at: number): void {
  const siblings = parent.getChildren<ElementNode>()
  let from = at
  while (siblings[from + 1] && $areAlike(siblings[from], siblings[from + 1])) from++
  siblings[from]?.remove(true)
}

const $areAlike = (a: LexicalNode | undefined, b: LexicalNode | undefined): boolean =>
  a !== undefined && b !== undefined && $saidBy(a) === $saidBy(b)

/** Of a row its words alone: which one is the head is settled afterwards. */
const $saidBy = (node: LexicalNode): string =>
  JSON.stringify(
    $isTableRowNode(node) ? $cellsOf(node).map((cell) => cell.getChildren().map($serialize)) : $serialize(node),
  )

/** A node with all that it holds, as the clipboard's JSON has it. */
export function $serialize(node: LexicalNode): Record<string, unknown> {
  const json: Record<string, unknown> = { ...node.exportJSON() }
  if ($isElementNode(node)) json.children = node.getChildren().map($serialize)
  return json
}
