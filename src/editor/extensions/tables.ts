import { $createTableNode, $createTableSelectionFrom, $isTableSelection, TableNode } from '@lexical/table'
import {
  $createParagraphNode,
  $getSelection,
  $getState,
  $isParagraphNode,
  $isRangeSelection,
  $isRootOrShadowRoot,
  $setSelection,
  $setState,
  COMMAND_PRIORITY_EDITOR,
  createCommand,
  type ElementNode,
  type LexicalCommand,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $blockOf, alignState } from '../lexical-tree.ts'
import { $tagAct } from './blocks.ts'
import { $move, $reorder, $weightOf, type Move } from './table-order.ts'
import {
  $alignsOf,
  $areaOf,
  $cellAt,
  $cellsIn,
  $cellsOf,
  $emptyCell,
  $isEmptyCell,
  $keepHead,
  $newCell,
  $newRow,
  $putIn,
  $rowsOf,
  $setHead,
  $tableOf,
  $takeOut,
  $widthOf,
  type Area,
} from './table-shape.ts'
import { compareCells } from './table-sort.ts'

export type Align = 'left' | 'center' | 'right' | ''

/** What can be done to the table with the caret: to its row, its column, or those of the selected cells. */
export type TableAct =
  | { readonly do: 'add-row'; readonly side: 'above' | 'below' }
  | { readonly do: 'add-column'; readonly side: 'left' | 'right' }
  | { readonly do: 'remove-row' }
  | { readonly do: 'remove-column' }
  | { readonly do: 'remove-table' }
  | { readonly do: 'move-row'; readonly to: 'up' | 'down' }
  | { readonly do: 'move-column'; readonly to: 'left' | 'right' }
  | { readonly do: 'align'; readonly align: Align }
  | { readonly do: 'sort'; readonly order: 'ascending' | 'descending' }
  | { readonly do: 'clear' }

/** Does it, as one step of undo. Not handled outside a table, nor where the note is read-only. */
export const TABLE_COMMAND: LexicalCommand<TableAct> = createCommand('TABLE_COMMAND')
/** Told after an act that changed something: who shows the table says so. */
export const TABLE_DID_COMMAND: LexicalCommand<TableAct> = createCommand('TABLE_DID_COMMAND')

/** The acts on tables, and a head for each: registered for local edits only. */
export function registerTables(editor: LexicalEditor): Disposer {
  return mergeRegister(
    editor.registerCommand(
      TABLE_COMMAND,
      (act) => {
        const area = $areaOf()
        if (!area || !editor.isEditable()) return false
        if (!$act(editor, area, act)) return true
        $tagAct()
        editor.dispatchCommand(TABLE_DID_COMMAND, act)
        return true
      },
      COMMAND_PRIORITY_EDITOR,
    ),
    editor.registerNodeTransform(TableNode, (table) => {
      if (table.isAttached()) $keepHead(table)
    }),
  )
}

/** False where nothing is to be done. */
function $act(editor: LexicalEditor, area: Area, act: TableAct): boolean {
  switch (act.do) {
    case 'add-row':
      return $addRow(area, act.side === 'above' ? area.top : area.bottom + 1)
    case 'add-column':
      return $addColumn(area, act.side === 'left' ? area.left : area.right + 1)
    case 'remove-row':
      return $removeRows(area)
    case 'remove-column':
      return $removeColumns(area)
    case 'remove-table':
      return $removeTable(area.table)
    case 'move-row':
      return $moveRows(editor, area, act.to === 'up')
    case 'move-column':
      return $moveColumns(editor, area, act.to === 'left')
    case 'align':
      return $align(area, act.align)
    case 'sort':
      return $sort(editor, area, act.order === 'descending')
    case 'clear':
      return $clear(area)
  }
}

/**
 * Puts an empty table below the block with the caret, or in the place of an empty line, and the caret into its
 * first cell. `rows` counts the head; both are at least 1. In a table, it comes below that one: no cell holds a
 * table. Runs in an update; null where there is no caret.
 */
export function $insertTable(rows = 3, columns = 3): TableNode | null {
  const selection = $getSelection()
  const node = $isRangeSelection(selection) ? selection.anchor.getNode() : null
  if (!node) return null
  const table = $createTableNode().append(
    ...Array.from({ length: Math.max(1, rows) }, (_, row) => $newRow(Math.max(1, columns), row === 0)),
  )
  const block = $outermost($tableOf(node) ?? node)
  if (!block) $blockOf(node)?.append(table)
  else if ($isParagraphNode(block) && block.isEmpty()) block.replace(table)
  else block.insertAfter(table)
  $cellAt(table, 0, 0)?.selectStart()
  $tagAct()
  return table
}

/** The block around a node that stands in the note itself, or in a quote, a callout or a footnote. */
const $outermost = (node: LexicalNode): ElementNode | null =>
  ([node, ...node.getParents()].find((each) => $isRootOrShadowRoot(each.getParent())) as ElementNode | undefined) ??
  null

function $addRow({ table, focus }: Area, at: number): boolean {
  const aligns = $alignsOf(table)
  $putIn(table, at, $newRow($widthOf(table)))
  if (at === 0) $setHead(table, aligns)
  $cellAt(table, at, focus.column)?.selectStart()
  return true
}

function $addColumn({ table, focus }: Area, at: number): boolean {
  for (const [index, row] of $rowsOf(table).entries()) $putIn(row, at, $newCell(index === 0))
  $cellAt(table, focus.row, at)?.selectStart()
  return true
}

function $removeRows({ table, top, bottom, focus }: Area): boolean {
  const rows = $rowsOf(table)
  if (bottom - top + 1 >= rows.length) return $removeTable(table)
  const aligns = $alignsOf(table)
  if (top === bottom) $takeOut(table, top)
  else for (const row of rows.slice(top, bottom + 1)) row.remove(true)
  if (top === 0) $setHead(table, aligns)
  $cellAt(table, Math.min(top, $rowsOf(table).length - 1), focus.column)?.selectEnd()
  return true
}

function $removeColumns({ table, left, right, focus }: Area): boolean {
  if (right - left + 1 >= $widthOf(table)) return $removeTable(table)
  for (const row of $rowsOf(table)) {
    if (left === right) $takeOut(row, left)
    else for (const cell of $cellsOf(row).slice(left, right + 1)) cell.remove(true)
  }
  $cellAt(table, focus.row, Math.min(left, $widthOf(table) - 1))?.selectEnd()
  return true
}

/** The caret goes to an empty line in its place. */
export function $removeTable(table: TableNode): boolean {
  const line = $createParagraphNode()
  table.insertBefore(line)
  table.remove(true)
  line.select()
  return true
}

function $moveRows(editor: LexicalEditor, { table, top, bottom }: Area, isUp: boolean): boolean {
  const rows = $rowsOf(table)
  const own = rows.slice(top, bottom + 1)
  const neighbour = isUp ? rows[top - 1] : rows[bottom + 1]
  if (!neighbour) return false
  const aligns = $alignsOf(table)
  const moves = [$swap(editor, own, neighbour, isUp)]
  $move(editor, moves, () => $setHead(table.getLatest(), aligns))
  return true
}

function $moveColumns(editor: LexicalEditor, { table, left, right }: Area, isLeft: boolean): boolean {
  const rows = $rowsOf(table).map($cellsOf)
  const at = isLeft ? left - 1 : right + 1
  if (at < 0 || at >= $widthOf(table)) return false
  const moves = rows.flatMap((cells) => {
    const neighbour = cells[at]
    return neighbour ? [$swap(editor, cells.slice(left, right + 1), neighbour, isLeft)] : []
  })
  $move(editor, moves)
  return true
}

/** Of one element and its neighbour the lighter one moves; several stay where they are, and the neighbour moves. */
function $swap(editor: LexicalEditor, own: readonly ElementNode[], neighbour: ElementNode, isBack: boolean): Move {
  const [first, last] = [own[0], own.at(-1)]
  const isOwn = own.length === 1 && first && $weightOf(editor, first) < $weightOf(editor, neighbour)
  if (isOwn) return { node: first, before: isBack ? neighbour : neighbour.getNextSibling<ElementNode>() }
  return { node: neighbour, before: (isBack ? last?.getNextSibling<ElementNode>() : first) ?? null }
}

function $align({ table, left, right }: Area, align: Align): boolean {
  const head = $cellsOf($rowsOf(table)[0]).slice(left, right + 1)
  const others = head.filter((cell) => $getState(cell, alignState) !== align)
  for (const cell of others) $setState(cell, alignState, align)
  return others.length > 0
}

/** Sorts the rows below the head by the column with the caret; those that are alike keep their order. */
function $sort(editor: LexicalEditor, { table, focus }: Area, isDescending: boolean): boolean {
  const rows = $rowsOf(table).slice(1)
  const texts = rows.map((row) => $cellsOf(row)[focus.column]?.getTextContent() ?? '')
  const compare = compareCells(texts, isDescending)
  const order = rows.map((_, at) => at).sort((a, b) => compare(texts[a] ?? '', texts[b] ?? '') || a - b)
  if (order.every((from, to) => from === to)) return false
  $reorder(
    editor,
    table,
    1,
    order.flatMap((from) => rows[from] ?? []),
  )
  return true
}

function $clear(area: Area): boolean {
  const full = $cellsIn(area).filter((cell) => !$isEmptyCell(cell))
  for (const cell of full) $emptyCell(cell)
  if (full.length > 0 && $isRangeSelection($getSelection())) full[0]?.selectStart()
  return full.length > 0
}

/** Selects first the words of the cell, then the table. False where all of that is selected already. */
export function $selectMore(area: Area): boolean {
  const { table } = area
  const rows = $rowsOf(table)
  const [first, last] = [$cellsOf(rows[0])[0], $cellsOf(rows.at(-1)).at(-1)]
  const selection = $getSelection()
  const cell = $cellAt(table, area.focus.row, area.focus.column)
  if ($isRangeSelection(selection) && cell && !$isEmptyCell(cell)) {
    const selected = selection.getTextContent()
    const { key, offset, type } = cell.selectStart().anchor
    const whole = cell.selectEnd()
    whole.anchor.set(key, offset, type)
    if (whole.getTextContent() !== selected) return true
  }
  if (!first || !last) return false
  const isAll = $isTableSelection(selection) && $cellsIn(area).length === rows.flatMap($cellsOf).length
  if (isAll) return false
  $setSelection($createTableSelectionFrom(table, first, last))
  return true
}
