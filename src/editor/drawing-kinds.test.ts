import { $getRoot, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../core/markdown/parse.ts'
import { fill } from '../testing/editor-typing.ts'
import { $drawingOf } from './drawing-kinds.ts'
import { createNoteEditor } from './note-editor.ts'

let editor: LexicalEditorWithDispose
beforeEach(() => {
  const fail = (error: Error) => {
    throw error
  }
  editor = createNoteEditor({ onError: fail, onFiles: async () => '', onFollow: () => {} })
})
afterEach(() => editor.dispose())

test.each([
  ['a $x^2$ b', 'formula', '$x^2$', ''],
  ['$$\nx\n$$', 'formula', '$$\nx\n$$', ''],
  ['```ts {1}\na\n```', 'code', 'a', 'ts {1}'],
  ['```\na\n```', 'code', 'a', ''],
  ['```Mermaid\nflowchart LR\n```', 'diagram', 'flowchart LR', 'Mermaid'],
  ['<p>words</p>', 'page', '<p>words</p>', ''],
  ['%%\naside\n%%', 'kept', '%%\naside\n%%', ''],
  ['[a]: https://example.org', 'kept', '[a]: https://example.org', ''],
  ['see ![[Note]]', 'embed', '![[Note]]', ''],
  ['see ![words](photo.png)', 'picture', '![words](photo.png)', ''],
  ['said[^1] so', 'footnote', '[^1]', ''],
])('%j is drawn as %s', (markdown, kind, source, info) => {
  fill(editor, parseMarkdown(markdown).blocks)
  const drawn = editor.read(() =>
    $getRoot()
      .getChildren()
      .flatMap((block) => [
        block,
        ...('getChildren' in block ? (block as ReturnType<typeof $getRoot>).getChildren() : []),
      ])
      .flatMap((node) => $drawingOf(node) ?? []),
  )
  expect(drawn).toEqual([{ kind, source, info }])
})

test('words, and a link that embeds nothing, show themselves', () => {
  fill(editor, parseMarkdown('Words and [[Note]] and `code`').blocks)
  const drawn = editor.read(() =>
    $getRoot()
      .getAllTextNodes()
      .flatMap((node) => $drawingOf(node) ?? []),
  )
  expect(drawn).toEqual([])
})
