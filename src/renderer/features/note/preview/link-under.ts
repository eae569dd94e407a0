import {
  $getNearestNodeFromDOMNode,
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  type LexicalEditor,
  type NodeKey,
} from 'lexical'
import { $isWikilinkNode, type WikilinkNode } from '../../../../editor/nodes/WikilinkNode.ts'

export type LinkUnder = { readonly key: NodeKey; readonly target: string; readonly targetId: string }

const read = (node: WikilinkNode): LinkUnder => ({
  key: node.getKey(),
  target: node.getTarget(),
  targetId: node.getTargetId(),
})

/** The link to a note that the pointer is on; what is drawn as an embed shows its note already. */
export function linkUnder(editor: LexicalEditor, target: EventTarget | null): LinkUnder | null {
  if (!(target instanceof HTMLElement)) return null
  const dom = target.closest<HTMLElement>('.wikilink')
  if (!dom || !editor.getRootElement()?.contains(dom) || target.closest('.drawing')) return null
  return editor.getEditorState().read(
    () => {
      const node = $getNearestNodeFromDOMNode(dom)
      return $isWikilinkNode(node) ? read(node) : null
    },
    { editor },
  )
}

/** The link that the caret stands at, before or after it. */
export const linkAtCaret = (editor: LexicalEditor): LinkUnder | null =>
  editor.getEditorState().read(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection)) return null
    const { anchor } = selection
    const node = anchor.getNode()
    const beside =
      anchor.type !== 'text'
        ? null
        : anchor.offset === 0
          ? node.getPreviousSibling()
          : anchor.offset === node.getTextContentSize()
            ? node.getNextSibling()
            : null
    const link = [node, beside].find($isWikilinkNode)
    return link ? read(link) : null
  })

/** Whether the link is still what it was. */
export const isStill = (editor: LexicalEditor, { key, target }: LinkUnder): boolean =>
  editor.getEditorState().read(() => {
    const node = $getNodeByKey(key)
    return $isWikilinkNode(node) && node.getTarget() === target
  })
