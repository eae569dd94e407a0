import { $isListItemNode, $isListNode, ListItemNode } from '@lexical/list'
import { $isDecoratorNode, $isElementNode, type LexicalEditor, type LexicalNode } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

/**
 * An item holds words or a list. Blocks that are pasted into a nested item are put beside its list by Lexical, where
 * they would be read as words of the item above: they go below the whole list, as from an item that is not nested.
 * Runs on local edits only.
 */
export const registerListBlocks = (editor: LexicalEditor): Disposer =>
  editor.registerNodeTransform(ListItemNode, $liftBlocks)

function $liftBlocks(item: ListItemNode): void {
  if (!$isListNode(item.getParent())) return
  const children = item.getChildren()
  const from = children.findIndex($isBlock)
  if (from < 0) return
  // from the last to the first: each comes right behind the item, and what stood below the item behind the first one
  for (const child of children.slice(from).reverse()) item.insertAfter(child)
  if (item.isEmpty()) item.remove()
}

const $isBlock = (node: LexicalNode): boolean =>
  ($isElementNode(node) || $isDecoratorNode(node)) && !node.isInline() && !$isListNode(node) && !$isListItemNode(node)
