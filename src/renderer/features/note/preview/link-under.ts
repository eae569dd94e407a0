import {
  $getNearestNodeFromDOMNode,
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  type LexicalEditor,
  type NodeKey,
} from 'lexical'
import { type NoteId, noteId } from '../../../../core/base/ids.ts'
import { $isWikilinkNode, type WikilinkNode } from '../../../../editor/nodes/WikilinkNode.ts'

/**
 * A link to a note. `at`: its node, or its element where it stands in a text that is only read; `from`: the note of
 * that text, null for the editor's own.
 */
export type LinkUnder = {
  readonly at: NodeKey | HTMLElement
  readonly target: string
  readonly targetId: string
  readonly from: NoteId | null
}

const read = (node: WikilinkNode): LinkUnder => ({
  at: node.getKey(),
  target: node.getTarget(),
  targetId: node.getTargetId(),
  from: null,
})

/** The link to a note that the pointer is on; what is drawn as an embed shows its note already, but not its links. */
export function linkUnder(editor: LexicalEditor, target: EventTarget | null): LinkUnder | null {
  if (!(target instanceof HTMLElement)) return null
  const dom = target.closest<HTMLElement>('.wikilink')
  if (!dom || !editor.getRootElement()?.contains(dom)) return null
  const drawing = target.closest('.drawing')
  if (drawing) return drawing.contains(dom) ? linkRead(dom) : null
  return editor.getEditorState().read(
    () => {
      const node = $getNearestNodeFromDOMNode(dom)
      return $isWikilinkNode(node) ? read(node) : null
    },
    { editor },
  )
}

/** A link of a text that is only read, by its element; null for any other element, and one that is gone. */
export function linkRead(dom: EventTarget | null): LinkUnder | null {
  if (!(dom instanceof HTMLElement) || !dom.isConnected) return null
  const { target, from } = dom.dataset
  return target === undefined || from === undefined ? null : { at: dom, target, targetId: '', from: noteId(from) }
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

/** What shows the link on the page; null where it is gone. */
export const elementOf = (editor: LexicalEditor, { at }: LinkUnder): HTMLElement | null =>
  typeof at === 'string' ? editor.getElementByKey(at) : at.isConnected ? at : null

/** Whether the link is still what it was. */
export const isStill = (editor: LexicalEditor, { at, target }: LinkUnder): boolean =>
  typeof at !== 'string'
    ? at.isConnected && at.dataset.target === target
    : editor.getEditorState().read(() => {
        const node = $getNodeByKey(at)
        return $isWikilinkNode(node) && node.getTarget() === target
      })
