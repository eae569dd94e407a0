import {
  $createRangeSelection,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  getNearestEditorFromDOMNode,
  type LexicalEditor,
  type LexicalNode,
  SKIP_DOM_SELECTION_TAG,
  SKIP_SCROLL_INTO_VIEW_TAG,
} from 'lexical'
import type { CaretPath } from '../../state/caret.ts'

/** Where the caret stands, in steps that a later session of the same note can go. Null where there is none. */
export const readCaret = (editor: LexicalEditor): CaretPath | null =>
  editor.getEditorState().read(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection)) return null
    const { focus } = selection
    const steps: number[] = [focus.offset]
    for (let node: LexicalNode | null = focus.getNode(); node?.getParent(); node = node.getParent()) {
      steps.unshift(node.getIndexWithinParent())
    }
    return steps
  })

/**
 * Puts the caret where it stood. The note may have changed meanwhile: then it goes as near as there is a place. The
 * focus stays where it is; `focusText` brings it here.
 */
export function restoreCaret(editor: LexicalEditor, caret: CaretPath): void {
  editor.update(
    () => {
      let node: LexicalNode = $getRoot()
      let isWhole = true
      for (const step of caret.slice(0, -1)) {
        if (!$isElementNode(node)) break
        const next: LexicalNode | null = node.getChildAtIndex(step) ?? node.getLastChild()
        if (!next) break
        isWhole &&= node.getChildrenSize() > step
        node = next
      }
      const most = $isElementNode(node) ? node.getChildrenSize() : node.getTextContentSize()
      const offset = isWhole ? Math.min(caret.at(-1) ?? 0, most) : most
      if (!$isElementNode(node) && !$isTextNode(node)) return
      const selection = $createRangeSelection()
      const type = $isTextNode(node) ? 'text' : 'element'
      selection.anchor.set(node.getKey(), offset, type)
      selection.focus.set(node.getKey(), offset, type)
      $setSelection(selection)
    },
    { discrete: true, tag: [SKIP_DOM_SELECTION_TAG, SKIP_SCROLL_INTO_VIEW_TAG] },
  )
}

/** Gives a text the focus without scrolling to its caret, which stays where it was. */
export function focusText(element: HTMLElement): void {
  const editor = getNearestEditorFromDOMNode(element)
  const caret = editor && readCaret(editor)
  element.focus({ preventScroll: true })
  if (!editor || !caret) return
  // The browser has put the caret to the start; the next update of the editor tells it otherwise.
  editor.update(
    () => {
      const selection = $getSelection()
      if (selection) $setSelection(selection.clone())
    },
    { discrete: true, tag: SKIP_SCROLL_INTO_VIEW_TAG },
  )
}
