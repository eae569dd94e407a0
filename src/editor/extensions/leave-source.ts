import { CodeNode } from '@lexical/code-core'
import { $isTableNode, $isTableRowNode } from '@lexical/table'
import {
  $createParagraphNode,
  $getSelection,
  $isLineBreakNode,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  type ElementNode,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  type LexicalEditor,
  mergeRegister,
  type RangeSelection,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $cellOf, $isAtEnd, $isAtStart, $isContainerNode } from './containers.ts'

/**
 * A note that begins or ends with source, a container or a table can still be written before and after it: the arrow
 * keys make the line.
 */
export function registerLeaveSource(editor: LexicalEditor): Disposer {
  const leave = (direction: 'up' | 'down') => (event: KeyboardEvent) => {
    const selection = $getSelection()
    if (event.shiftKey || !$isRangeSelection(selection) || !$leave(selection, direction)) return false
    event.preventDefault()
    return true
  }
  return mergeRegister(
    editor.registerCommand(KEY_ARROW_DOWN_COMMAND, leave('down'), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(KEY_ARROW_UP_COMMAND, leave('up'), COMMAND_PRIORITY_HIGH),
  )
}

function $leave(selection: RangeSelection, direction: 'up' | 'down'): boolean {
  if (!selection.isCollapsed()) return false
  const { anchor } = selection
  const node = anchor.getNode()
  const block = node instanceof CodeNode ? node : node.getParent()
  if (!(block instanceof CodeNode)) return $leaveContainer(selection, direction)
  const isDown = direction === 'down'
  if (isDown ? block.getNextSibling() : block.getPreviousSibling()) return false
  const children = block.getChildren()
  const at = anchor.type === 'element' ? anchor.offset : node.getIndexWithinParent()
  const beyond = isDown ? children.slice(at) : children.slice(0, at)
  if (beyond.some((child) => $isLineBreakNode(child))) return false
  $insertBeside(block, isDown)
  return true
}

function $insertBeside(block: ElementNode, isDown: boolean): void {
  const paragraph = $createParagraphNode()
  if (isDown) block.insertAfter(paragraph)
  else block.insertBefore(paragraph)
  paragraph.select()
}

/**
 * From the very end of the innermost container, or of a cell in the last row: only there is nothing further to go to.
 */
function $leaveContainer(selection: RangeSelection, direction: 'up' | 'down'): boolean {
  const isDown = direction === 'down'
  const node = selection.anchor.getNode()
  const outer = node.getParents().find((parent) => $isContainerNode(parent) || $isTableNode(parent))
  if (!outer || (isDown ? outer.getNextSibling() : outer.getPreviousSibling())) return false
  const cell = $isTableNode(outer) ? $cellOf(node) : null
  const row = cell?.getParent()
  if ($isTableRowNode(row) && (isDown ? row.getNextSibling() : row.getPreviousSibling())) return false
  const within = cell ?? outer
  if (!(isDown ? $isAtEnd(selection, within) : $isAtStart(selection, within))) return false
  $insertBeside(outer, isDown)
  return true
}
