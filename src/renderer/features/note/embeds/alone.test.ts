import { $getRoot, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../../../core/markdown/parse.ts'
import { $isWikilinkNode } from '../../../../editor/nodes/WikilinkNode.ts'
import { createNoteEditor } from '../../../../editor/note-editor.ts'
import { fill } from '../../../../testing/editor-typing.ts'
import { $standsAlone } from './alone.ts'

let editor: LexicalEditorWithDispose
beforeEach(() => {
  editor = createNoteEditor({
    onError: (error) => expect.fail(error.message),
    onFiles: async () => '',
    onFollow: () => {},
  })
})
afterEach(() => editor.dispose())

/** Of the first embed of a note. */
function isAlone(markdown: string): boolean {
  fill(editor, parseMarkdown(markdown).blocks)
  return editor.read(() => {
    const embed = $getRoot()
      .getAllTextNodes()
      .find((node) => $isWikilinkNode(node) && node.isEmbed())
    return $standsAlone(embed?.getKey() ?? '')
  })
}

test.each([
  '![[A]]',
  '![[A]]\n![[B]]',
  '- ![[A]]',
  '> ![[A]]',
  '![[A]] ^id',
  'challenged by:: ![[A]]',
  'words\n![[A]]\nmore',
])('stands alone: %s', (markdown) => expect(isAlone(markdown)).toBe(true))

test.each(['in ![[A]]', '![[A]] words', '# ![[A]]', '| ![[A]] |\n| --- |\n| b |', '[[B]] ![[A]]'])(
  'is part of its line: %s',
  (markdown) => expect(isAlone(markdown)).toBe(false),
)
