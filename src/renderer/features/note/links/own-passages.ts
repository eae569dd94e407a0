import { $isListItemNode, $isListNode, type ListItemNode, type ListNode } from '@lexical/list'
import { $getNodeByKey, $getRoot, type LexicalEditor, type LexicalNode, type NodeKey } from 'lexical'
import type { Tree } from '../../../../core/markdown/tree.ts'
import { type Passage, passagesOf } from '../../../../core/note/passages.ts'
import { treeFromSerialized } from '../../../../editor/lexical-tree.ts'

export type OwnPassage = Passage & { readonly key: NodeKey }

/** Passages of the note in the editor, as they stand in it now, with the nodes that are marked by an id. */
export function ownPassages(editor: LexicalEditor): OwnPassage[] {
  const state = editor.getEditorState()
  const json = state.toJSON().root.children as unknown as Record<string, unknown>[]
  return state.read(() => {
    const keys: NodeKey[] = []
    const blocks = $getRoot()
      .getChildren()
      .flatMap((node, at) => {
        const tree: Tree = treeFromSerialized([json[at] ?? {}])
        for (const _ of tree) keys.push(node.getKey())
        return tree
      })
    return passagesOf(blocks).flatMap((passage) => {
      const block = $getNodeByKey(keys[passage.block] ?? '')
      const node = passage.item === null ? block : block && $itemsOf(block)[passage.item]
      return node ? [{ ...passage, key: node.getKey() }] : []
    })
  })
}

/** Items that hold words, from top to bottom. */
function $itemsOf(list: LexicalNode): ListItemNode[] {
  if (!$isListNode(list)) return []
  return list.getChildren<ListItemNode | ListNode>().flatMap((child) => {
    const nested = $isListItemNode(child) ? child.getFirstChild() : null
    if ($isListNode(nested)) return $itemsOf(nested)
    return $isListItemNode(child) ? [child] : []
  })
}
