import { CodeNode } from '@lexical/code-core'
import {
  $createParagraphNode,
  $getSelection,
  $isLineBreakNode,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  type LexicalEditor,
  mergeRegister,
  type RangeSelection,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

/** A note that begins or ends with source can still be written before and after it: the arrow keys make the line. */
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
  if (!(block instanceof CodeNode)) return false
  const isDown = direction === 'down'
  if (isDown ? block.getNextSibling() : block.getPreviousSibling()) return false
  const children = block.getChildren()
  const at = anchor.type === 'element' ? anchor.offset : node.getIndexWithinParent()
  const beyond = isDown ? children.slice(at) : children.slice(0, at)
  if (beyond.some((child) => $isLineBreakNode(child))) return false
  const paragraph = $createParagraphNode()
  if (isDown) block.insertAfter(paragraph)
  else block.insertBefore(paragraph)
  paragraph.select()
  return true
}
