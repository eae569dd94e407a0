import { $isListItemNode, $isListNode, type ListItemNode, type ListNode, REMOVE_LIST_COMMAND } from '@lexical/list'
import { $isTableNode } from '@lexical/table'
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
import { $isCalloutTitleNode } from '../nodes/CalloutTitleNode.ts'
import { $cellOf, $stepCell, $wrapTextsAround } from './containers.ts'
import { $removeListKeepingText } from './list-repair.ts'

/** Moves the block, or the list item, at the caret by one place. */
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
  if (!$isRangeSelection(selection)) return false
  const node = selection.anchor.getNode()
  $wrapTextsAround(node)
  const block = $itemOf(node) ?? $movable(node)
  if (!block) return false
  // what is nested below an item stands in an item of its own, and moves with it
  const own: LexicalNode[] = [block]
  const next = block.getNextSibling()
  if ($isListItemNode(block) && $holdsList(next)) own.push(next)
  const neighbour = direction === 'up' ? $before(block) : own.at(-1)?.getNextSibling()
  if (!neighbour || $isCalloutTitleNode(neighbour)) return true
  if (direction === 'up') for (const part of own) neighbour.insertBefore(part)
  else {
    const after = neighbour.getNextSibling()
    const last = $isListItemNode(block) && $holdsList(after) ? after : neighbour
    for (const part of own.reverse()) last.insertAfter(part)
  }
  return true
}

/** A title moves with its callout, a cell with its table. */
function $movable(node: LexicalNode): LexicalNode | null {
  const within = [node, ...node.getParents()]
  const table = within.find($isTableNode)
  if (table) return table
  const title = within.find($isCalloutTitleNode)
  return title ? title.getParent() : node.getTopLevelElement()
}

function $before(block: LexicalNode): LexicalNode | null {
  const previous = block.getPreviousSibling()
  return $isListItemNode(block) && $holdsList(previous) ? previous.getPreviousSibling() : previous
}

const $holdsList = (node: LexicalNode | null): node is ListItemNode =>
  $isListItemNode(node) && $isListNode(node.getFirstChild<ListNode>())
