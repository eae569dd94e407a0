import { $getRoot, $getSelection, $isRangeSelection, KEY_DOWN_COMMAND, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'

let editor: LexicalEditorWithDispose
beforeEach(() => {
  editor = createNoteEditor({
    onError: (error) => expect.fail(error.message),
    onFiles: async () => '',
    onFollow: () => {},
  })
})
afterEach(() => editor.dispose())

function press(key: string, shiftKey = false): void {
  const event = { key, ctrlKey: true, metaKey: false, altKey: false, shiftKey, preventDefault: () => {} }
  change(editor, () => editor.dispatchCommand(KEY_DOWN_COMMAND, event as KeyboardEvent))
}

test('the end of a note that ends with an embed is behind it, its beginning before one', () => {
  fill(editor, parseMarkdown('![[A]]\n\nB\n\n![[C]]').blocks)
  change(editor, () => $getRoot().getChildAtIndex(1)?.selectStart())
  press('End')
  typeKeys(editor, 'x')
  press('Home')
  typeKeys(editor, 'y')
  expect(markdownOf(editor)).toBe('y![[A]]\n\nB\n\n![[C]]x\n')
})

test('with Shift the selection grows, and where words stand at the edge the browser does it', () => {
  fill(editor, parseMarkdown('A\n\n![[C]]').blocks)
  change(editor, () => $getRoot().selectStart())
  press('End', true)
  const selected = () =>
    editor.read(() => {
      const selection = $getSelection()
      return $isRangeSelection(selection) ? selection.getTextContent() : ''
    })
  expect(selected()).toBe('A\n![[C]]')
  press('Home')
  expect(selected()).toBe('A\n![[C]]')
})
