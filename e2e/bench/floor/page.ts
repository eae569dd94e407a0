import { LinkNode } from '@lexical/link'
import { ListItemNode, ListNode } from '@lexical/list'
import {
  $convertFromMarkdownString,
  BOLD_STAR,
  CHECK_LIST,
  HEADING,
  INLINE_CODE,
  ITALIC_STAR,
  LINK,
  UNORDERED_LIST,
} from '@lexical/markdown'
import { HeadingNode, registerRichText } from '@lexical/rich-text'
import { $getRoot, createEditor } from 'lexical'

/**
 * Lexical with rich text and nothing else: no React, no undo, no binding, no note; the page's own font and full
 * width, because a column of text costs Chromium more. The floor of the row `type`.
 */
export function openBareEditor(markdown: string): void {
  const editable = document.createElement('div')
  editable.contentEditable = 'true'
  document.body.append(editable)

  const editor = createEditor({
    namespace: 'floor',
    nodes: [HeadingNode, ListNode, ListItemNode, LinkNode],
    onError: (error) => {
      throw error
    },
  })
  registerRichText(editor)
  editor.setRootElement(editable)
  const transformers = [HEADING, CHECK_LIST, UNORDERED_LIST, BOLD_STAR, ITALIC_STAR, INLINE_CODE, LINK]
  editor.update(
    () => {
      $convertFromMarkdownString(markdown, transformers)
      $getRoot().selectEnd()
    },
    { discrete: true },
  )
  editable.focus()
}
