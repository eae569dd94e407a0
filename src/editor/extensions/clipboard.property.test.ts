import fc from 'fast-check'
import { $getRoot, $selectAll } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printBlocks } from '../../core/markdown/print.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { arbitraryMarkdown } from '../../testing/arbitrary-markdown.ts'
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

test('E6: what is copied and pasted into an empty note is there again, whole', () => {
  fc.assert(
    fc.property(arbitraryMarkdown, (markdown) => {
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
