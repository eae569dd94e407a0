import { $createListItemNode, $isListItemNode, $isListNode, $removeList, type ListItemNode } from '@lexical/list'
import { $getSelection, $isRangeSelection, type LexicalNode } from 'lexical'

/**
 * `$removeList` that keeps every word: after a merge an item may hold a list and text side by side, and Lexical
 * would drop the text. Runs on the list at the selection, like the original.
 */
export function $removeListKeepingText(): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  for (const node of [selection.anchor.getNode(), selection.focus.getNode()]) {
    const list = [node, ...node.getParents()].findLast((parent) => $isListNode(parent))
    if ($isListNode(list)) $separateItems(list)
  }
  $removeList()
}

/** Gives text that stands beside a nested list an item of its own. */
function $separateItems(list: LexicalNode): void {
  if (!$isListNode(list)) return
  for (const item of list.getChildren()) {
    if (!$isListItemNode(item)) continue
    $separate(item)
    for (const child of item.getChildren()) $separateItems(child)
  }
}

function $separate(item: ListItemNode): void {
  const children = item.getChildren()
  const index = children.findIndex((child) => $isListNode(child))
  if (index < 0 || children.length === 1) return
  let last = item
  const move = (nodes: LexicalNode[]) => {
    if (nodes.length === 0) return
    const next = $createListItemNode(item.getChecked())
    last.insertAfter(next)
    next.append(...nodes)
    last = next
  }
  if (index === 0) {
    move(children.slice(1))
  } else {
    move(children.slice(index, index + 1))
    move(children.slice(index + 1))
  }
  for (const next of item.getNextSiblings()) if ($isListItemNode(next) && next !== last) $separate(next)
}
