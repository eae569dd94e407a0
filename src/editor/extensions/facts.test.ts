import type { HeadingNode } from '@lexical/rich-text'
import { $getRoot } from 'lexical'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { change, fill, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { type EditorFacts, registerFacts } from './facts.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('words, outline and place follow each edit, a moment later', () => {
  const onError = (error: Error) => expect.fail(error.message)
  const editor = createNoteEditor({ onError, onFiles: async () => '', onFollow: () => {} })
  fill(editor, [{ type: 'paragraph', children: [] }])
  let facts: EditorFacts | undefined
  const stop = registerFacts(editor, (next) => {
    facts = next
  })
  expect(facts).toMatchObject({ words: 0, isEmpty: true, paragraph: 1, paragraphs: 1 })

  typeKeys(editor, '## Four sizes\none two')
  vi.runAllTimers()
  expect(facts).toMatchObject({ words: 4, isEmpty: false, paragraph: 2, paragraphs: 2 })
  expect(facts?.outline.map(({ text, level }) => [text, level])).toEqual([['Four sizes', 2]])

  change(editor, () => {
    const heading = $getRoot().getFirstChildOrThrow().selectEnd()
    heading.insertText(' of bet')
  })
  vi.runAllTimers()
  expect(facts).toMatchObject({ words: 6, paragraph: 1 })
  expect(facts?.outline[0]?.text).toBe('Four sizes of bet')

  typeKeys(editor, '\n')
  change(editor, () => void $getRoot().selectEnd())
  typeKeys(editor, '\n> > # deep')
  vi.runAllTimers()
  expect(facts).toMatchObject({ words: 7, paragraph: 4, paragraphs: 4 })
  expect(facts?.outline.map(({ text, level }) => [text, level])).toEqual([
    ['Four sizes of bet', 2],
    ['deep', 1],
  ])

  const written = () => facts?.outline.find(({ key }) => key === facts?.writingKey)?.text ?? null
  expect(written()).toBe('deep')
  change(editor, () => void $getRoot().getFirstChildOrThrow().selectStart())
  vi.runAllTimers()
  expect(written()).toBe('Four sizes of bet')
  change(editor, () => void $getRoot().getFirstChildOrThrow<HeadingNode>().select(0))
  vi.runAllTimers()
  expect(facts).toMatchObject({ selectedWords: 4, characters: 28, charactersUnspaced: 24 })

  change(editor, () => $getRoot().getFirstChildOrThrow().remove())
  vi.runAllTimers()
  expect(facts).toMatchObject({ words: 3, paragraphs: 3, outline: [{ text: 'deep' }] })
  stop()
  editor.dispose()
})
