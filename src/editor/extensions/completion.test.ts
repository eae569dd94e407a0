import { $getRoot, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import {
  $acceptCompletion,
  type Completion,
  type CompletionControl,
  readCompletion,
  registerCompletion,
} from './completion.ts'

describe('reading what has been typed', () => {
  test.each([
    ['see [[', { start: 4, end: 6, embed: false, query: '' }],
    ['see [[Bla', { start: 4, end: 9, embed: false, query: 'Bla' }],
    ['word[[Bla', { start: 4, end: 9, embed: false, query: 'Bla' }],
    ['![[pho', { start: 0, end: 6, embed: true, query: 'pho' }],
    ['[[A]] and [[B', { start: 10, end: 13, embed: false, query: 'B' }],
    ['[[A#He|wo', { start: 0, end: 9, embed: false, query: 'A#He|wo' }],
  ])('%s', (before, expected) => {
    expect(readCompletion(before)).toEqual(expected)
  })

  test.each(['', 'see [', 'see [[A]]', 'see [[A]] more', `[[${'x'.repeat(210)}`])('none in: %s', (before) => {
    expect(readCompletion(before)).toBeNull()
  })
})

describe('the completion at the caret', () => {
  let editor: LexicalEditorWithDispose
  let control: CompletionControl
  let told: (Completion | null)[]
  beforeEach(() => {
    editor = createNoteEditor({
      onError: (error) => expect.fail(error.message),
      onFiles: async () => '',
      onFollow: () => {},
    })
    fill(editor, EMPTY_TREE)
    told = []
    control = registerCompletion(editor, (completion) => told.push(completion))
  })
  afterEach(() => {
    control.dispose()
    editor.dispose()
  })

  test('begins with the second bracket, follows each key and ends with the link', () => {
    typeKeys(editor, 'a [[Bl')
    expect(told.map((completion) => completion?.query)).toEqual(['', 'B', 'Bl'])
    typeKeys(editor, ']]')
    expect(told.at(-1)).toBeNull()
    expect(markdownOf(editor)).toBe('a [[Bl]]\n')
  })

  test('accepted: a link with its id in the place of what was typed, the caret after it', () => {
    typeKeys(editor, 'a [[Bl')
    const completion = told.at(-1) as Completion
    change(editor, () => $acceptCompletion(completion, 'Blast radius', 'id-of-blast'))
    typeKeys(editor, ' b')
    expect(markdownOf(editor)).toBe('a [[Blast radius]] b\n')
    expect(told.at(-1)).toBeNull()
  })

  test('accepted before brackets that stand there already: they are taken', () => {
    typeKeys(editor, 'a  b')
    change(editor, () => {
      const text = $getRoot().getFirstDescendant()
      if (text && 'setTextContent' in text)
        (text as { setTextContent(text: string): unknown }).setTextContent('a [[]] b')
      $getRoot().getFirstChildOrThrow().selectStart().anchor.offset
    })
    change(editor, () => {
      const text = $getRoot().getFirstDescendant()
      if (text) $acceptCompletion({ key: text.getKey(), start: 2, end: 4, embed: false, query: '' }, 'B', '')
    })
    expect(markdownOf(editor)).toBe('a [[B]] b\n')
  })

  test('dismissed, it stays away until another link is begun', () => {
    typeKeys(editor, '[[A')
    control.dismiss()
    expect(told.at(-1)).toBeNull()
    const count = told.length
    typeKeys(editor, 'bc')
    expect(told.length).toBe(count)
    typeKeys(editor, ' [[D')
    expect(told.at(-1)?.query).toBe('D')
  })

  test('a caret that comes by opens nothing', () => {
    control.dispose()
    fill(editor, [{ type: 'paragraph', children: [{ type: 'text', text: 'see [[A there', marks: 0 }] }])
    control = registerCompletion(editor, (completion) => told.push(completion))
    change(editor, () => void $getRoot().getFirstChildOrThrow().selectStart())
    change(editor, () => void $getRoot().getFirstChildOrThrow().selectEnd())
    expect(told).toEqual([])
  })

  test('in code there is none', () => {
    fill(editor, [{ type: 'code', info: '', text: 'x' }])
    typeKeys(editor, ' [[A')
    expect(told).toEqual([])
  })
})
