import {
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $drawingOf } from '../drawing-kinds.ts'

/**
 * To the beginning or the end of a note whose first or last thing is drawn: a browser finds no place for the caret
 * in source that is hidden, and leaves it where it was. With Shift the selection grows.
 */
export function registerDrawnEdges(editor: LexicalEditor): Disposer {
  return editor.registerCommand(
    KEY_DOWN_COMMAND,
    (event) => {
      const edge = edgeOf(event)
      const selection = $getSelection()
      if (!edge || !$isRangeSelection(selection)) return false
      const leaf = $leafAt(edge)
      if (!leaf || !$drawingOf(leaf)) return false
      event.preventDefault()
      const { key, offset, type } = selection.anchor
      const next = edge === 'end' ? $getRoot().selectEnd() : $getRoot().selectStart()
      if (event.shiftKey) next.anchor.set(key, offset, type)
      return true
    },
    COMMAND_PRIORITY_HIGH,
  )
}

function edgeOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): 'start' | 'end' | null {
  if (altKey) return null
  if (ctrlKey && !metaKey) return key === 'End' ? 'end' : key === 'Home' ? 'start' : null
  if (metaKey && !ctrlKey) return key === 'ArrowDown' ? 'end' : key === 'ArrowUp' ? 'start' : null
  return null
}

function $leafAt(edge: 'start' | 'end'): LexicalNode | null {
  let node: LexicalNode | null = $getRoot()
  while ($isElementNode(node)) node = edge === 'end' ? node.getLastChild() : node.getFirstChild()
  return node
}
