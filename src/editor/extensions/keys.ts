import { $isListItemNode, type ListItemNode, REMOVE_LIST_COMMAND } from '@lexical/list'
import {
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  createCommand,
  FORMAT_TEXT_COMMAND,
  INDENT_CONTENT_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalCommand,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  OUTDENT_CONTENT_COMMAND,
  type RangeSelection,
  type TextFormatType,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $isInSource } from '../lexical-tree.ts'
import { $moveBlocks, $placeBeside, $selectedBlocks } from './blocks.ts'
import { $cellOf, $stepCell, $wrapTextsAround } from './containers.ts'
import { $removeListKeepingText } from './list-repair.ts'

/** Moves the blocks, or the list items, that the selection touches by one place. */
export const MOVE_BLOCK_COMMAND: LexicalCommand<'up' | 'down'> = createCommand('MOVE_BLOCK_COMMAND')

/** What Markdown has a sign for. Underline, sub- and superscript have none and would be lost on export. */
const FORMATS: ReadonlySet<TextFormatType> = new Set(['bold', 'italic', 'strikethrough', 'code', 'highlight'])

/** With Mod: bold and italic are Lexical's own. */
const FORMAT_KEYS: readonly { readonly key: string; readonly shift: boolean; readonly format: TextFormatType }[] = [
  { key: 'e', shift: false, format: 'code' },
  { key: 'x', shift: true, format: 'strikethrough' },
  { key: 'h', shift: true, format: 'highlight' },
]

export function registerKeys(editor: LexicalEditor): Disposer {
  return mergeRegister(
    editor.registerCommand(
      FORMAT_TEXT_COMMAND,
      (format) => {
        const selection = $getSelection()
        if (!FORMATS.has(format)) return true
        return $isRangeSelection(selection) && $isInSource(selection.anchor.getNode())
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      REMOVE_LIST_COMMAND,
      () => {
        $removeListKeepingText()
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_TAB_COMMAND,
      (event) => {
        const selection = $getSelection()
        if (!$isRangeSelection(selection)) return false
        const handled = $tab(editor, selection, event.shiftKey)
        if (handled) event.preventDefault()
        // elsewhere Tab moves the focus on, as in every other field
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.altKey) return false
        const { key, shiftKey: shift } = event
        if (shift && (key === 'ArrowUp' || key === 'ArrowDown')) {
          event.preventDefault()
          return editor.dispatchCommand(MOVE_BLOCK_COMMAND, key === 'ArrowUp' ? 'up' : 'down')
        }
        const hit = FORMAT_KEYS.find((entry) => entry.key === key.toLowerCase() && entry.shift === shift)
        if (!hit) return false
        event.preventDefault()
        return editor.dispatchCommand(FORMAT_TEXT_COMMAND, hit.format)
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(MOVE_BLOCK_COMMAND, (direction) => $moveBlock(direction), COMMAND_PRIORITY_HIGH),
  )
}

function $tab(editor: LexicalEditor, selection: RangeSelection, isBack: boolean): boolean {
  const cell = $cellOf(selection.anchor.getNode())
  if (cell) {
    $stepCell(cell, isBack)
    return true
  }
  if ($itemOf(selection.anchor.getNode())) {
    return editor.dispatchCommand(isBack ? OUTDENT_CONTENT_COMMAND : INDENT_CONTENT_COMMAND, undefined)
  }
  if (!$isInSource(selection.anchor.getNode()) || isBack) return false
  selection.insertText('\t')
  return true
}

const $itemOf = (node: LexicalNode): ListItemNode | null => [node, ...node.getParents()].find($isListItemNode) ?? null

/** At the caret; what stands in a list below an item moves with it. */
export function $moveBlock(direction: 'up' | 'down'): boolean {
  const selection = $getSelection()
  if ($isRangeSelection(selection)) $wrapTextsAround(selection.anchor.getNode())
  const units = $selectedBlocks()
  if (units.length === 0) return false
  const place = $placeBeside(units, direction)
  if (place) $moveBlocks(units, place)
  return true
}
