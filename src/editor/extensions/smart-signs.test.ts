import { $getRoot, type LexicalEditor } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { registerSmartSigns, signsOf } from './smart-signs.ts'

let editor: LexicalEditor
let setting = 'en'
beforeEach(() => {
  setting = 'en'
  editor = createNoteEditor({
    onError: (error) => expect.fail(error.message),
    onFiles: async () => '',
    onFollow: () => {},
  })
  fill(editor, [{ type: 'paragraph', children: [] }])
  registerSmartSigns(editor, () => signsOf(setting, 'de'))
})
afterEach(() => {
  editor.setRootElement(null)
})

const printed = () => markdownOf(editor).trimEnd()

test('what is typed becomes typographic, by the language that is set', () => {
  typeKeys(editor, `"It's so" -- now...`)
  expect(printed()).toBe('“It’s so” – now…')
  setting = 'system'
  typeKeys(editor, '\n"so"')
  expect(printed()).toContain('„so“')
  setting = 'off'
  typeKeys(editor, '\n"so"')
  expect(printed()).toContain('"so"')
})

test('not in code, source blocks, links and formulas', () => {
  typeKeys(editor, '`"a"` and ')
  expect(printed()).toBe('`"a"` and')
  typeKeys(editor, '[words](https://example.org/a--b)')
  expect(printed()).toContain('[words](https://example.org/a--b)')
  typeKeys(editor, '\n``` "x" -- ')
  expect(printed()).toContain('"x" --')
})

test('a rule and a list are still made of dashes', () => {
  typeKeys(editor, '--- - "item"')
  expect(printed()).toBe('---\n\n- “item”')
})

test('a sign that is put in by an act is not typed', () => {
  change(editor, () => {
    $getRoot().selectEnd().insertText('a "pasted" text"')
  })
  expect(printed()).toBe('a "pasted" text"')
})
