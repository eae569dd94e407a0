import { $isTableSelection } from '@lexical/table'
import {
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  KEY_BACKSPACE_COMMAND,
  KEY_DELETE_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalEditor,
  mergeRegister,
  SELECT_ALL_COMMAND,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $tagAct } from './blocks.ts'
import { $stepCell } from './containers.ts'
import { $areaOf, $cellAt, $cellsIn, $cellsOf, $isEmptyCell, $rowsOf } from './table-shape.ts'
import { $removeTable, $selectMore, TABLE_COMMAND, type TableAct } from './tables.ts'

const MOVES: Readonly<Record<string, TableAct>> = {
  ArrowUp: { do: 'move-row', to: 'up' },
  ArrowDown: { do: 'move-row', to: 'down' },
  ArrowLeft: { do: 'move-column', to: 'left' },
  ArrowRight: { do: 'move-column', to: 'right' },
}

/** Keys in a table that differ from those elsewhere. Before the keys of blocks, and Lexical's own for tables. */
export function registerTableKeys(editor: LexicalEditor): Disposer {
  return mergeRegister(
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        const act = MOVES[event.key]
        if (!act || !(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || !$areaOf()) return false
        event.preventDefault()
        editor.dispatchCommand(TABLE_COMMAND, act)
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_TAB_COMMAND,
      (event) => {
        const area = $areaOf()
        const cell = area && $cellAt(area.table, area.focus.row, area.focus.column)
        // with the caret in a cell it is extensions/keys.ts's
        if (!cell || !$isTableSelection($getSelection())) return false
        event.preventDefault()
        $stepCell(cell, event.shiftKey)
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, () => $down(editor), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(
      SELECT_ALL_COMMAND,
      () => {
        const area = $areaOf()
        return area !== null && $selectMore(area)
      },
      COMMAND_PRIORITY_HIGH,
    ),
    ...[KEY_BACKSPACE_COMMAND, KEY_DELETE_COMMAND].map((command) =>
      editor.registerCommand(
        command,
        (event) => {
          if (!$deleteCells(editor)) return false
          event.preventDefault()
          return true
        },
        COMMAND_PRIORITY_HIGH,
      ),
    ),
    ...[DELETE_CHARACTER_COMMAND, DELETE_WORD_COMMAND, DELETE_LINE_COMMAND].map((command) =>
      editor.registerCommand(command, () => $deleteCells(editor), COMMAND_PRIORITY_HIGH),
    ),
    editor.registerCommand(
      CONTROLLED_TEXT_INSERTION_COMMAND,
      () => {
        const area = $areaOf()
        if (!area || !$isTableSelection($getSelection())) return false
        // what is typed takes the place of the words of the cell where the selection began, as a range's would
        editor.dispatchCommand(TABLE_COMMAND, { do: 'clear' })
        $cellAt(area.table, area.top, area.left)?.selectStart()
        return false
      },
      COMMAND_PRIORITY_HIGH,
    ),
  )
}

/** Enter: one row down in the same column; below the last row, a new one. */
function $down(editor: LexicalEditor): boolean {
  const area = $areaOf()
  if (!area || !($isRangeSelection($getSelection()) || $isTableSelection($getSelection()))) return false
  const { table, focus } = area
  const next = $cellAt(table, focus.row + 1, focus.column)
  if (next) next.selectEnd()
  else if ($rowsOf(table).length > focus.row + 1)
    $cellsOf($rowsOf(table)[focus.row + 1])
      .at(-1)
      ?.selectEnd()
  else editor.dispatchCommand(TABLE_COMMAND, { do: 'add-row', side: 'below' })
  return true
}

/** Backspace and Delete empty the selected cells; a whole table that is empty already goes. */
function $deleteCells(editor: LexicalEditor): boolean {
  const area = $areaOf()
  if (!area || !$isTableSelection($getSelection())) return false
  const cells = $cellsIn(area)
  const isAll = cells.length === $rowsOf(area.table).flatMap($cellsOf).length
  if (isAll && cells.every($isEmptyCell)) {
    $tagAct()
    $removeTable(area.table)
  } else {
    editor.dispatchCommand(TABLE_COMMAND, { do: 'clear' })
  }
  return true
}
