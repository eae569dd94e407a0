import type { LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $acceptCompletion, type Completion, registerCompletion } from './completion.ts'
import { $acceptTag, $tagAtCaret, tagChoices } from './tag-completion.ts'
import { $acceptVerb, $verbAtCaret } from './verb-completion.ts'

let editor: LexicalEditorWithDispose
beforeEach(() => {
  editor = createNoteEditor({ onError: () => expect.fail(), onFiles: async () => '', onFollow: () => {} })
  fill(editor, EMPTY_TREE)
})
afterEach(() => editor.dispose())
const typed = (keys: string) => {
  fill(editor, EMPTY_TREE)
  typeKeys(editor, keys)
}

test.each([
  ['ill::', 'ill'],
  ['::', ''],
  ['- ill::', 'ill'],
  ['so [ill::', 'ill'],
  ['so ill::', 'so ill'],
  ['**so** ill::', null],
  ['ill:: ', null],
  ['`ill::', 'none'],
])('a verb in %j: %s', (keys, query) => {
  typed(keys)
  expect(editor.read(() => $verbAtCaret()?.query ?? null)).toBe(query === 'none' ? null : query)
})

test('a verb that is accepted opens its link, and a relation in a sentence is closed', () => {
  let link: Completion | null = null
  const control = registerCompletion(editor, (completion) => {
    link = completion
  })
  typed('so [ill::')
  change(editor, () => {
    const verb = $verbAtCaret()
    if (verb) $acceptVerb(verb, 'illustrates')
  })
  expect(link).toMatchObject({ query: '' })
  typeKeys(editor, 'A')
  change(editor, () => {
    if (link) $acceptCompletion(link, 'Abc', '')
  })
  typeKeys(editor, ' on')
  expect(markdownOf(editor)).toBe('so [illustrates:: [[Abc]]] on\n')
  control.dispose()
})

test.each([
  ['a #pro', 'pro'],
  ['#nested/t', 'nested/t'],
  ['a#pro', null],
  ['#', null],
  ['`#pro', 'pro'],
  ['[#pro', 'pro'],
])('a tag in %j: %s', (keys, query) => {
  typed(keys)
  expect(editor.read(() => $tagAtCaret()?.query ?? null)).toBe(query)
})

test('a tag that is accepted takes the place of what was typed', () => {
  typed('a #pr')
  change(editor, () => {
    const tag = $tagAtCaret()
    if (tag) $acceptTag(tag, 'process/limits')
  })
  typeKeys(editor, 'x')
  expect(markdownOf(editor)).toBe('a #process/limits x\n')
})

test('tags that begin so come first, then parts of nested ones, the more used before; what is typed is none', () => {
  const tags = [
    { tag: 'people', notes: 1 },
    { tag: 'process', notes: 2 },
    { tag: 'Process/limits', notes: 9 },
    { tag: 'a/process', notes: 5 },
    { tag: 'improcess', notes: 20 },
  ]
  expect(tagChoices('process', tags, 9).map(({ tag }) => tag)).toEqual(['Process/limits', 'a/process', 'improcess'])
  expect(tagChoices('p', tags, 2).map(({ tag }) => tag)).toEqual(['Process/limits', 'process'])
})
