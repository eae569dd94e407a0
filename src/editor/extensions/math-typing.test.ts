import { KEY_ENTER_COMMAND, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, treeOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'

let editor: LexicalEditorWithDispose
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
  fill(editor, EMPTY_TREE)
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

const kinds = () => {
  const kinds: string[] = []
  for (const block of treeOf(editor)) {
    if (block.type === 'paragraph') kinds.push(...block.children.map(({ type }) => type))
    else kinds.push(block.type)
  }
  return kinds
}

test.each([
  ['where $x^2$ holds', ['text', 'raw', 'text']],
  ['$x$', ['raw']],
  ['it is $2x$ here', ['text', 'raw', 'text']],
  ['it is $2x$.', ['text', 'raw', 'text']],
  ['$5 and $6', ['text']],
  ['$5-$6 each', ['text']],
  ['US$5/m, CA$6 a month', ['text']],
  ['a $ b $ c', ['text']],
  ['\\$x$ no', ['text']],
  ['see $$x$$ there', ['text', 'raw', 'text']],
  ['$$x + y$$', ['raw']],
])('%s', (keys, expected) => {
  typeKeys(editor, keys)
  expect(kinds()).toEqual(expected)
  expect(parseMarkdown(markdownOf(editor)).blocks).toEqual(treeOf(editor))
})

test('$$ and Enter make a block with the caret between its signs', () => {
  typeKeys(editor, '$$')
  change(editor, () => editor.dispatchCommand(KEY_ENTER_COMMAND, null))
  typeKeys(editor, 'x + y')
  expect(markdownOf(editor)).toBe('$$\nx + y\n$$\n')
})
