import { $getRoot, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $giveBlockId } from './block-ids.ts'
import { $unitOf } from './blocks.ts'
import { $insertFootnote } from './footnotes.ts'
import { $insertCode, $insertFormula, $insertRule } from './insert.ts'
import { $takeSlash, readSlash, registerSlash, type Slash, type SlashControl } from './slash.ts'
import { $insertTable } from './tables.ts'

let editor: LexicalEditorWithDispose
let control: SlashControl
let slash: Slash | null
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  slash = null
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
  editor.setEditable(true)
  control = registerSlash(editor, (next) => {
    slash = next
  })
})
afterEach(() => {
  control.dispose()
  editor.dispose()
  expect(errors).toEqual([])
})

/** Opens Markdown with the caret behind the text that begins so; without one at the end. */
function open(markdown: string, text?: string): void {
  fill(editor, parseMarkdown(markdown).blocks)
  if (text === undefined) return
  change(editor, () => {
    const found = $getRoot()
      .getAllTextNodes()
      .find((each) => each.getTextContent().startsWith(text))
    found?.selectEnd()
  })
}

test.each([
  ['/', ''],
  ['/h1', 'h1'],
  ['words /num', 'num'],
  ['/numbered list', 'numbered list'],
  ['and/or', null],
  ['5 / 3', null],
  ['a/', null],
  ['//', null],
  [`/${'x'.repeat(25)}`, null],
])('%j asks for %j', (text, query) => {
  expect(readSlash(text)?.query ?? null).toBe(query)
})

describe('a / that is typed', () => {
  test.each([
    ['', '/', 'empty'],
    ['', '/ta', 'empty'],
    ['words\n', ' /', 'words'],
    ['# words\n', ' /', 'words'],
    ['- item\n', ' /', 'item'],
    ['> [!tip] title\n', ' /', 'inline'],
    ['| a |\n| --- |\n| b |\n', ' /', 'inline'],
  ] as const)('in %j: %j asks', (markdown, keys, context) => {
    open(markdown)
    typeKeys(editor, keys)
    expect(slash?.context).toBe(context)
  })

  test.each([
    ['```\ncode\n```\n', '/'],
    ['words\n', '/'],
    ['', '/ '],
  ])('in %j: %j does not', (markdown, keys) => {
    open(markdown)
    typeKeys(editor, keys)
    expect(slash).toBe(null)
  })

  test('before words that stand there it does not', () => {
    open('words\n', 'words')
    change(editor, () => void $getRoot().selectStart())
    typeKeys(editor, '/')
    expect(slash).toBe(null)
  })

  test('one that was dismissed stays so, as text', () => {
    open('')
    typeKeys(editor, '/h')
    expect(slash?.query).toBe('h')
    control.dismiss()
    typeKeys(editor, '1')
    expect(slash).toBe(null)
    expect(markdownOf(editor)).toBe('/h1\n')
  })

  test('taken away, it leaves the caret where it was', () => {
    open('words\n')
    typeKeys(editor, ' /ta')
    change(editor, () => slash && $takeSlash(slash))
    typeKeys(editor, 'x')
    expect(markdownOf(editor)).toBe('words x\n')
  })
})

describe('inserting', () => {
  test.each([
    ['', undefined, 'table', '| x |  |\n| --- | --- |\n|  |  |\n|  |  |\n'],
    ['a\n\nb\n', 'a', 'code', 'a\n\n```\nx\n```\n\nb\n'],
    ['a\n\nb\n', 'a', 'rule', 'a\n\n---\n\nxb\n'],
    ['a\n', 'a', 'rule', 'a\n\n---\n\nx\n'],
    ['a\n', 'a', 'formula', 'a\n\n$$\nx\n$$\n'],
    ['- a\n- b\n', 'a', 'code', '- a\n- b\n\n```\nx\n```\n'],
    ['> a\n', 'a', 'code', '> a\n>\n> ```\n> x\n> ```\n'],
    ['a[^1]\n\n[^1]: b\n', 'a', 'footnote', 'a[^2][^1]\n\n[^1]: b\n\n[^2]: x\n'],
  ] as const)('into %j behind %j: %s', (markdown, at, what, after) => {
    open(markdown, at)
    const run = {
      table: () => void $insertTable(3, 2),
      code: () => $insertCode(),
      rule: $insertRule,
      formula: () => $insertFormula(false),
      footnote: () => void $insertFootnote(editor),
    }[what]
    change(editor, run)
    typeKeys(editor, 'x')
    expect(markdownOf(editor)).toBe(after)
  })
})

describe('the id of a block', () => {
  const give = (text: string): string => {
    let id = ''
    change(editor, () => {
      const found = $getRoot()
        .getAllTextNodes()
        .find((each) => each.getTextContent().startsWith(text))
      const unit = found && $unitOf(found)
      if (unit) id = $giveBlockId(unit)
    })
    return id
  }

  test('stands at the end of its words, or on the line after what has no such end', () => {
    open('a\n\n- b\n\n```\nc\n```\n')
    const [a, b, c] = [give('a'), give('b'), give('c')]
    expect(markdownOf(editor)).toBe(`a ^${a}\n\n- b ^${b}\n\n\`\`\`\nc\n\`\`\`\n\n^${c}\n`)
    expect([give('a'), give('b'), give('c')]).toEqual([a, b, c])
  })

  test('one that is there is kept', () => {
    open('words ^here\n')
    expect(give('words')).toBe('here')
  })
})
