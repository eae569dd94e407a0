import fc from 'fast-check'
import { $getRoot, $getSelection, $isRangeSelection, HISTORY_PUSH_TAG, type LexicalEditor } from 'lexical'
import { expect, test } from 'vitest'
import { parseBlocks, treeOf } from '../../core/markdown/parse-blocks.ts'
import { type FindQuery, findAll, findExpression } from '../../core/note/find-in-note.ts'
import { fill, markdownOf } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $readFindBlocks, $replaceFound, $selectFound, type Replaced } from './find.ts'

const onError = (error: Error) => expect.fail(error.message)

function editorOf(markdown: string): LexicalEditor {
  const editor = createNoteEditor({ onError, onFiles: async () => '', onFollow: () => {} })
  fill(editor, treeOf(parseBlocks(markdown).placed))
  return editor
}

const query = (text: string, more: Partial<FindQuery> = {}): FindQuery => ({
  query: text,
  regex: false,
  matchCase: false,
  wholeWords: false,
  ...more,
})

const printed = (editor: LexicalEditor) => markdownOf(editor).trimEnd()
const textsOf = (editor: LexicalEditor) => editor.read(() => $readFindBlocks().map(({ text }) => text))

function replaceAll(editor: LexicalEditor, asked: FindQuery, template: string): Replaced {
  const expression = findExpression(asked)
  let done: Replaced = { replaced: 0, left: 0 }
  editor.update(
    () => {
      const blocks = $readFindBlocks().map(({ id, text }) => ({ id, text, found: findAll(expression, text) }))
      done = $replaceFound(blocks, template, asked.regex)
    },
    { discrete: true, tag: HISTORY_PUSH_TAG },
  )
  return done
}

test('a note is read run by run, links by their words, with source, cells and what containers hold', () => {
  const markdown = [
    '## Four *sizes*',
    'one [[Folder/Title|words]] and [a **link**](https://example.org)',
    '- item\n- other\n  - deep',
    '> quoted\n> line',
    '> [!note] Title\n> inside',
    '```js\nlet a\n```',
    '| a | b |\n| --- | --- |\n| c | d |',
    '$$\nx\n$$',
  ].join('\n\n')
  expect(textsOf(editorOf(markdown))).toEqual([
    'Four sizes',
    'one words and a link',
    'item',
    'other',
    'deep',
    'quoted\nline',
    'Title',
    'inside',
    'let a',
    'a',
    'b',
    'c',
    'd',
    '$$\nx\n$$',
  ])
})

test('what is found across looks takes the look of its first letter', () => {
  const editor = editorOf('a **bo**ld *claim* here')
  expect(replaceAll(editor, query('bold claim'), 'word')).toEqual({ replaced: 1, left: 0 })
  expect(printed(editor)).toBe('a **word** here')
  expect(replaceAll(editor, query('word'), '')).toEqual({ replaced: 1, left: 0 })
  expect(printed(editor)).toBe('a  here')
})

test('words of a link with an address are replaced, and a link left without words goes', () => {
  const editor = editorOf('see [the words](https://example.org) now')
  replaceAll(editor, query('words'), 'page')
  expect(printed(editor)).toBe('see [the page](https://example.org) now')
  replaceAll(editor, query('the page'), '')
  expect(printed(editor)).toBe('see  now')
})

test('a wikilink is found by its words and never changed, nor is what reaches into one', () => {
  const editor = editorOf('blast [[Blast radius]] and [[Deep/Blast|a blast]] blast')
  expect(replaceAll(editor, query('blast'), 'wave')).toEqual({ replaced: 2, left: 2 })
  expect(printed(editor)).toBe('wave [[Blast radius]] and [[Deep/Blast|a blast]] wave')
  expect(replaceAll(editor, query('wave blast'), 'x')).toEqual({ replaced: 0, left: 1 })
  expect(replaceAll(editor, query('deep'), 'x')).toEqual({ replaced: 0, left: 0 })
})

test('source among words keeps the signs that make it source', () => {
  const editor = editorOf('a %%old note%% and $old$ and <b>old</b>')
  expect(replaceAll(editor, query('old'), 'new')).toEqual({ replaced: 3, left: 0 })
  expect(printed(editor)).toBe('a %%new note%% and $new$ and <b>new</b>')
  expect(replaceAll(editor, query('$new'), 'x')).toEqual({ replaced: 0, left: 1 })
  expect(replaceAll(editor, query('new'), 'a$b').left).toBeGreaterThan(0)
  expect(printed(editor)).toContain('$new$')
})

test('groups are put in, and an end of line in what is found goes', () => {
  const editor = editorOf('Ana Ruiz\nJonas Lind')
  replaceAll(editor, query('(\\w+) (\\w+)', { regex: true }), '$2, $1')
  expect(printed(editor)).toBe('Ruiz, Ana\nLind, Jonas')
  replaceAll(editor, query('Ana\\nLind', { regex: true }), '$&')
  expect(printed(editor)).toBe('Ruiz, Ana Lind, Jonas')
})

test('a block that changed since it was looked through is left', () => {
  const editor = editorOf('one\n\none')
  editor.update(
    () => {
      const blocks = $readFindBlocks().map(({ id, text }, at) => ({
        id,
        text: at === 0 ? 'one more' : text,
        found: findAll(findExpression(query('one')), text),
      }))
      expect($replaceFound(blocks, 'two', false)).toEqual({ replaced: 1, left: 1 })
    },
    { discrete: true },
  )
  expect(printed(editor)).toBe('one\n\ntwo')
})

test('the caret stays by the words that it stood by', () => {
  const editor = editorOf('a long word, a long word|')
  editor.update(() => void $getRoot().selectEnd(), { discrete: true })
  replaceAll(editor, query('long'), 'x')
  const offset = () =>
    editor.read(() => {
      const selection = $getSelection()
      return $isRangeSelection(selection) ? selection.anchor.offset : -1
    })
  expect(offset()).toBe('a x word, a x word|'.length)
})

test('what is found is selected, a link whole', () => {
  const editor = editorOf('a **bo**ld [[Folder/Title]] end')
  const select = (start: number, end: number) => {
    editor.update(
      () => {
        const [block] = $readFindBlocks()
        if (block) $selectFound(block, { start, end })
      },
      { discrete: true },
    )
    return editor.read(() => $getSelection()?.getTextContent())
  }
  expect(select(2, 6)).toBe('bold')
  expect(select(9, 12)).toBe('[[Folder/Title]]')
})

test('replace all equals a reference on the plain text of each run', () => {
  const word = fc.constantFrom('ab', 'aab', 'b a', 'ba.', '😀a', 'ABA', ' ')
  const look = fc.constantFrom('', '**', '*', '~~', '`')
  const run = fc.tuple(word, look).map(([text, sign]) => (text.trim() === text ? sign + text + sign : text))
  const block = fc.tuple(fc.constantFrom('', '## ', '- ', '> '), fc.array(run, { minLength: 1, maxLength: 5 }))
  const note = fc.array(
    block.map(([start, runs]) => `${start}x${runs.join('-')}`),
    { minLength: 1, maxLength: 4 },
  )
  const asked = fc.record({
    query: fc.constantFrom('a', 'ab', 'b-a', 'aba', '-', 'a.', 'x'),
    regex: fc.boolean(),
    matchCase: fc.boolean(),
    wholeWords: fc.boolean(),
  })
  fc.assert(
    fc.property(note, asked, fc.constantFrom('', 'a', 'xyz', 'ab ab'), (lines, wanted, into) => {
      const editor = editorOf(lines.join('\n\n'))
      const before = textsOf(editor)
      const expected = before.map((text) => text.replace(findExpression(wanted), () => into))
      const count = before.reduce((sum, text) => sum + findAll(findExpression(wanted), text).length, 0)
      expect(replaceAll(editor, wanted, into)).toEqual({ replaced: count, left: 0 })
      expect(textsOf(editor)).toEqual(expected.filter((text) => text !== ''))
    }),
    { numRuns: 150 },
  )
})
