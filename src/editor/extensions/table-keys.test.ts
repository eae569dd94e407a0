import { $createTableSelectionFrom, $isTableNode, $isTableSelection } from '@lexical/table'
import {
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $setSelection,
  CONTROLLED_TEXT_INSERTION_COMMAND,
  KEY_BACKSPACE_COMMAND,
  KEY_DOWN_COMMAND,
  type LexicalEditorWithDispose,
  SELECT_ALL_COMMAND,
} from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $cellAt } from './table-shape.ts'

const HEAD = '| a | b |\n| --- | --- |\n'
let editor: LexicalEditorWithDispose
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
  editor.setEditable(true)
  fill(editor, parseMarkdown(`above\n\n${HEAD}| c | d |\n\nbelow\n`).blocks)
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

const $table = () => $getRoot().getChildren().find($isTableNode)
const caret = (row: number, column: number) =>
  change(editor, () => {
    const table = $table()
    if (table) $cellAt(table, row, column)?.selectEnd()
  })
function select(from: [number, number], to: [number, number]): void {
  change(editor, () => {
    const table = $table()
    const [first, last] = [from, to].map(([row, column]) => table && $cellAt(table, row, column))
    if (table && first && last) $setSelection($createTableSelectionFrom(table, first, last))
  })
}
const event = { preventDefault: () => {}, stopPropagation: () => {}, ctrlKey: true, shiftKey: true, altKey: false }
const press = (key: string) =>
  change(editor, () => void editor.dispatchCommand(KEY_DOWN_COMMAND, { ...event, key } as KeyboardEvent))
const backspace = () =>
  change(editor, () => void editor.dispatchCommand(KEY_BACKSPACE_COMMAND, event as unknown as KeyboardEvent))
const selectAll = () =>
  change(editor, () => void editor.dispatchCommand(SELECT_ALL_COMMAND, event as unknown as KeyboardEvent))
const selected = () =>
  editor.read(() => {
    const selection = $getSelection()
    const kind = $isTableSelection(selection) ? 'cells' : $isRangeSelection(selection) ? 'words' : 'nothing'
    return `${kind}: ${selection?.getTextContent().replace(/\s+/g, ' ').trim()}`
  })
const text = () => markdownOf(editor).replace('above\n\n', '').replace('\nbelow\n', '')

test('Enter goes down in the column, and below the last row makes one', () => {
  caret(0, 1)
  typeKeys(editor, '\n1\n2')
  expect(text()).toBe(`${HEAD}| c | d1 |\n|  | 2 |\n`)
})

test('Mod+Shift and an arrow move the row and the column; outside a table they do not', () => {
  caret(1, 0)
  press('ArrowUp')
  expect(text()).toBe('| c | d |\n| --- | --- |\n| a | b |\n')
  press('ArrowRight')
  expect(text()).toBe('| d | c |\n| --- | --- |\n| b | a |\n')
  press('ArrowLeft')
  press('ArrowDown')
  expect(text()).toBe(`${HEAD}| c | d |\n`)
})

test('Mod+A selects the cell, then the table, then everything', () => {
  caret(1, 0)
  selectAll()
  expect(selected()).toBe('words: c')
  selectAll()
  expect(selected()).toBe('cells: a b c d')
  selectAll()
  expect(selected()).toMatch(/^words: above .*below$/)
})

test('Mod+A in an empty cell selects the table', () => {
  select([1, 0], [1, 0])
  backspace()
  caret(1, 0)
  selectAll()
  expect(selected()).toBe('cells: a b d')
})

test('Backspace empties selected cells, and takes a table that is selected and empty', () => {
  select([0, 0], [1, 0])
  backspace()
  expect(text()).toBe('|  | b |\n| --- | --- |\n|  | d |\n')
  select([0, 0], [1, 1])
  backspace()
  expect(text()).toBe('|  |  |\n| --- | --- |\n|  |  |\n')
  backspace()
  expect(markdownOf(editor)).toBe('above\n\nbelow\n')
})

test('what is typed over selected cells stands in the first of them', () => {
  select([0, 1], [1, 1])
  change(editor, () => void editor.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, 'x'))
  expect(text()).toBe('| a | x |\n| --- | --- |\n| c |  |\n')
})
