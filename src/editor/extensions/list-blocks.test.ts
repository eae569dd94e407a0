import { $getRoot, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { change, fill, markdownOf } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $insertMarkdown } from './clipboard.ts'

let editor: LexicalEditorWithDispose
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

/** `markdown` with `passage` pasted behind the first letter of `two`. */
function paste(markdown: string, passage: string): string {
  fill(editor, parseMarkdown(markdown).blocks)
  change(editor, () => {
    const node = $getRoot()
      .getAllTextNodes()
      .find((each) => each.getTextContent() === 'two')
    node?.select(1, 1)
  })
  change(editor, () => $insertMarkdown(passage))
  return markdownOf(editor)
}

const NESTED = '- one\n  - two\n  - more\n- three\n'

test.each([
  ['paragraphs', 'A\n\nB', '- one\n  - tA\n\nBwo\n\n- more\n- three\n'],
  ['a quote', '> A\n>\n> B', '- one\n  - t\n\n> A\n>\n> Bwo\n\n- more\n- three\n'],
  ['a table', '| A | B |\n| --- | --- |', '- one\n  - t\n\n| A | Bwo |\n| --- | --- |\n\n- more\n- three\n'],
  ['a list', '- A\n- B', '- one\n  - t\n  - A\n  - Bwo\n  - more\n- three\n'],
])(
  '%s pasted into a nested item: words stay in their order, and cells are none of the list',
  (_name, passage, after) => {
    expect(paste(NESTED, passage)).toBe(after)
  },
)

test('from three levels down, and in a quote', () => {
  expect(paste('- one\n  - deep\n    - two\n- three\n', 'A\n\nB')).toBe('- one\n  - deep\n    - tA\n\nBwo\n\n- three\n')
  expect(paste('> - one\n>   - two\n> - three\n', 'A\n\nB')).toBe('> - one\n>   - tA\n>\n> Bwo\n>\n> - three\n')
})
