import fc from 'fast-check'
import { $getRoot, $selectAll } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printBlocks } from '../../core/markdown/print.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, treeOf } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $insertMarkdown, $selectedMarkdown } from './clipboard.ts'

const errors: Error[] = []
const make = () =>
  createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
let [from, to] = [make(), make()]
beforeEach(() => {
  errors.length = 0
  ;[from, to] = [make(), make()]
})
afterEach(() => {
  from.dispose()
  to.dispose()
  expect(errors).toEqual([])
})

const PARTS = [
  ...[
    'words',
    '**bold** and *italic*',
    'a [[Link#Part|shown]] here',
    '[page](https://example.org/a?b=1)',
    '$x^2$ math',
  ],
  ...['`code` ~~gone~~ ==mark==', '![alt](https://example.org/a.png)', 'note[^1] mark', '#tag and <b>html</b>'],
]
const inline = fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '))
const indent = (text: string, by: string) => text.replaceAll('\n', `\n${by}`)
const { block } = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    inline,
    inline.map((text) => `## ${text}`),
    fc.constantFrom('```ts\nconst a = 1\n\n*b*\n```', '---', '$$\nx\n$$', '<div>\n\nx\n\n</div>'),
    fc.tuple(inline, inline).map(([a, b]) => `- ${a}\n  - ${b}\n- ${a}`),
    inline.map((text) => `1. ${text}\n2. ${text}`),
    inline.map((text) => `- [x] ${text}\n- [ ] ${text}`),
    fc.constant('| a | b |\n| --- | ---: |\n| [[x\\|y]] | **c** |'),
    tie('block').map((text) => `> ${indent(text, '> ')}`),
    fc.tuple(inline, tie('block')).map(([title, text]) => `> [!tip] ${title}\n> ${indent(text, '> ')}`),
    tie('block').map((text) => `[^1]: ${indent(text, '    ')}`),
  ),
}))
// words around it, for what is copied out of one block of code is its text, without fences
const source = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((blocks) => ['## First', ...blocks, 'last', ''].join('\n\n'))

test('E6: what is copied and pasted into an empty note is there again, whole', () => {
  fc.assert(
    fc.property(source, (markdown) => {
      fill(from, parseMarkdown(markdown).blocks)
      const before = markdownOf(from)
      let copied = ''
      change(from, () => {
        $selectAll()
        copied = $selectedMarkdown(from)
      })
      expect(printBlocks(parseMarkdown(copied).blocks)).toBe(before)
      fill(to, EMPTY_TREE)
      change(to, () => {
        $getRoot().selectEnd()
        $insertMarkdown(copied)
      })
      // a paragraph that the caret is left in behind a table or a callout is none of what was copied
      const pasted = treeOf(to).filter((block) => block.type !== 'paragraph' || block.children.length > 0)
      expect(printBlocks(pasted)).toBe(before)
    }),
    { numRuns: 60, seed: 5 },
  )
})
