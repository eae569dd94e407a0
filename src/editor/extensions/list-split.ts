import { $createListNode, $isListItemNode, $isListNode, type ListItemNode, type ListNode } from '@lexical/list'
import type { LexicalNode } from 'lexical'

/**
 * The items, neighbours in one list, in a list of their own; their neighbours stay what they are, above and below it.
 * A list that holds nothing else is itself the answer. Null without items. A nested list is split within its item.
 */
export function $splitOffItems(items: readonly ListItemNode[]): ListNode | null {
  const [first] = items
  const last = items.at(-1)
  const list = first?.getParent()
  if (!first || !last || !$isListNode(list)) return null
  const after = last.getNextSiblings()
  const isNumbered = list.getListType() === 'number'
  const startBehind = (start: number, passed: readonly LexicalNode[]) =>
    isNumbered ? start + passed.filter($counts).length : 1
  if (!first.getPreviousSibling() && after.length === 0) return list
  if (!first.getPreviousSibling()) {
    const own = $createListNode(list.getListType(), list.getStart())
    list.insertBefore(own)
    own.append(...items)
    if (isNumbered) list.setStart(startBehind(own.getStart(), items))
    return own
  }
  const own = $createListNode(list.getListType(), startBehind(list.getStart(), first.getPreviousSiblings()))
  list.insertAfter(own)
  own.append(...items)
  if (after.length > 0) {
    const rest = $createListNode(list.getListType(), startBehind(own.getStart(), items))
    own.insertAfter(rest)
    rest.append(...after)
  }
  return own
}

/** An item with words has a number; one that holds the list below it has none. */
const $counts = (node: LexicalNode): boolean => $isListItemNode(node) && !$isListNode(node.getFirstChild())
