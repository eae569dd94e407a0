import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  type LexicalEditor,
} from 'lexical'
import { afterEach, expect, test } from 'vitest'
import { createNoteEditor } from '../../../editor/note-editor.ts'
import { readCaret, restoreCaret } from './caret.ts'

const open: { dispose(): void }[] = []
afterEach(() => {
  for (const editor of open.splice(0)) editor.dispose()
})

function editorOf(...paragraphs: string[]): LexicalEditor {
  const editor = createNoteEditor({
    onFollow: () => {},
    onFiles: async () => '',
    onError: (error) => {
      throw error
    },
  })
  open.push(editor)
  editor.update(
    () => {
      const blocks = paragraphs.map((text) => {
        const block = $createParagraphNode()
        return text === '' ? block : block.append($createTextNode(text))
      })
      $getRoot()
        .clear()
        .append(...blocks)
    },
    { discrete: true },
  )
  return editor
}

const place = (editor: LexicalEditor) =>
  editor.getEditorState().read(() => {
    const selection = $getSelection()
    return $isRangeSelection(selection)
      ? [selection.anchor.getNode().getTextContent(), selection.anchor.offset, selection.isCollapsed()]
      : null
  })

test('a caret goes back to where it stood', () => {
  const editor = editorOf('one', 'second', '')
  expect(readCaret(editor)).toBeNull()
  restoreCaret(editor, [1, 0, 3])
  expect(place(editor)).toEqual(['second', 3, true])
  expect(readCaret(editor)).toEqual([1, 0, 3])
  restoreCaret(editor, [2, 0])
  expect(readCaret(editor)).toEqual([2, 0])
})

test('in a note that changed meanwhile it goes as near as there is a place', () => {
  const editor = editorOf('one', 'two')
  restoreCaret(editor, [7, 4, 99])
  expect(place(editor)).toEqual(['two', 3, true])
  restoreCaret(editor, [0, 0, 99])
  expect(place(editor)).toEqual(['one', 3, true])
  restoreCaret(editor, [])
  expect(readCaret(editor)).not.toBeNull()
})
