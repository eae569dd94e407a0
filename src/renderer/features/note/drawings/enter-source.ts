import { $getNodeByKey, $isElementNode, $isTextNode, type LexicalEditor, type NodeKey } from 'lexical'

/** Puts the caret into the source of what is drawn: to its end, or before the `closing` signs that it ends with. */
export function enterSource(editor: LexicalEditor, key: NodeKey, closing = ''): void {
  if (!editor.isEditable()) return
  editor.update(
    () => {
      const node = $getNodeByKey(key)
      if ($isTextNode(node)) {
        const text = node.getTextContent()
        const at = text.length - (closing !== '' && text.endsWith(closing) ? closing.length : 0)
        node.select(at, at)
      } else if ($isElementNode(node)) {
        const size = node.getChildrenSize()
        const isClosed = closing !== '' && size > 2 && node.getLastChild()?.getTextContent() === closing
        // behind the last line of the source; the line break there belongs to the signs below
        if (isClosed) node.select(size - 2, size - 2)
        else node.selectEnd()
      }
    },
    { onUpdate: () => editor.focus() },
  )
}
