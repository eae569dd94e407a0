import { $createTableSelectionFrom, $isTableNode, $isTableRowNode, $isTableSelection } from '@lexical/table'
import {
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $setSelection,
  COMMAND_PRIORITY_CRITICAL,
  DELETE_CHARACTER_COMMAND,
  type LexicalEditorWithDispose,
  UNDO_COMMAND,
} from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, treeOf } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $areaOf, $cellAt, $cellsOf } from './table-shape.ts'
import { $insertTable, TABLE_COMMAND, TABLE_DID_COMMAND, type TableAct } from './tables.ts'

let editor: LexicalEditorWithDispose
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
  editor.setEditable(true)
  fill(editor, EMPTY_TREE)
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

const $table = () => $getRoot().getChildren().find($isTableNode)
/** A table whose cells are the words of each row, with the caret in one of them. */
function open(rows: readonly string[], row: number, column: number, aligns = ''): void {
  const cells = rows.map((line) => line.split(' '))
  const line = cells[0]?.map((_, at) => ({ l: ':---', c: ':---:', r: '---:' })[aligns[at] ?? ''] ?? '---')
  const lines = [cells[0] ?? [], line ?? [], ...cells.slice(1)].map((each) => `| ${each.join(' | ')} |`)
  fill(editor, parseMarkdown(`${lines.join('\n')}\n`).blocks)
  caret(row, column)
}
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
const run = (act: TableAct) => change(editor, () => void editor.dispatchCommand(TABLE_COMMAND, act))
/** The rows as `open` takes them, and how the columns are aligned. */
function shown(): { rows: string[]; aligns: string } {
  const lines = markdownOf(editor).trim().split('\n')
  const cellsOf = (line: string) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
  const aligns = cellsOf(lines[1] ?? '').map((rule) =>
    rule.startsWith(':') ? (rule.endsWith(':') ? 'c' : 'l') : rule.endsWith(':') ? 'r' : '.',
  )
  return { rows: lines.filter((_, at) => at !== 1).map((line) => cellsOf(line).join(' ')), aligns: aligns.join('') }
}
const rows = () => shown().rows
const caretAt = () =>
  editor.read(() => {
    const area = $areaOf()
    return area && [area.focus.row, area.focus.column]
  })
/** Whether the first row alone is a head. */
const heads = () =>
  editor.read(() =>
    $table()
      ?.getChildren()
      .filter($isTableRowNode)
      .map((row) =>
        $cellsOf(row)
          .map((cell) => cell.getHeaderStyles())
          .join(''),
      ),
  )

describe('rows and columns', () => {
  test('a row is added above, below, and above the head, which is the head then', () => {
    open(['a b', 'c d'], 1, 1, 'r')
    run({ do: 'add-row', side: 'below' })
    expect([rows(), caretAt()]).toEqual([
      ['a b', 'c d', ' '],
      [2, 1],
    ])
    caret(1, 0)
    run({ do: 'add-row', side: 'above' })
    expect([rows(), caretAt()]).toEqual([
      ['a b', ' ', 'c d', ' '],
      [1, 0],
    ])
    caret(0, 0)
    run({ do: 'add-row', side: 'above' })
    expect([shown(), heads()]).toEqual([
      { rows: [' ', 'a b', ' ', 'c d', ' '], aligns: 'r.' },
      ['11', '00', '00', '00', '00'],
    ])
  })

  test('a column is added left and right, and has a head', () => {
    open(['a b', 'c d'], 1, 0, 'rc')
    run({ do: 'add-column', side: 'right' })
    expect([shown(), caretAt()]).toEqual([{ rows: ['a  b', 'c  d'], aligns: 'r.c' }, [1, 1]])
    caret(0, 0)
    run({ do: 'add-column', side: 'left' })
    expect([shown(), caretAt(), heads()]).toEqual([
      { rows: [' a  b', ' c  d'], aligns: '.r.c' },
      [0, 0],
      ['1111', '0000'],
    ])
  })

  test('without its head row a table has the next one, and its columns stay aligned', () => {
    open(['a b', 'c d', 'e f'], 0, 1, '.c')
    run({ do: 'remove-row' })
    expect([shown(), heads(), caretAt()]).toEqual([{ rows: ['c d', 'e f'], aligns: '.c' }, ['11', '00'], [0, 1]])
  })

  test('the last row and the last column take the table along; the caret stands in a line there', () => {
    open(['a b'], 0, 0)
    run({ do: 'remove-row' })
    expect(markdownOf(editor)).toBe('')
    open(['a', 'c'], 1, 0)
    run({ do: 'remove-column' })
    expect(markdownOf(editor)).toBe('')
    expect(editor.read(() => $isRangeSelection($getSelection()))).toBe(true)
  })

  test('selected cells say which rows and columns go', () => {
    open(['a b c', 'd e f', 'g h i'], 0, 0)
    select([1, 0], [2, 1])
    run({ do: 'remove-column' })
    expect(rows()).toEqual(['c', 'f', 'i'])
    select([1, 0], [2, 0])
    run({ do: 'remove-row' })
    expect(rows()).toEqual(['c'])
  })
})

describe('moving', () => {
  test('a row up and down, with the caret; at the edge nothing happens', () => {
    open(['a b', 'longer word', 'e f'], 1, 1)
    run({ do: 'move-row', to: 'down' })
    expect([rows(), caretAt()]).toEqual([
      ['a b', 'e f', 'longer word'],
      [2, 1],
    ])
    run({ do: 'move-row', to: 'down' })
    expect(rows()).toEqual(['a b', 'e f', 'longer word'])
    caret(1, 0)
    run({ do: 'move-row', to: 'down' })
    expect([rows(), caretAt()]).toEqual([
      ['a b', 'longer word', 'e f'],
      [2, 0],
    ])
  })

  test('a row that is moved up to the top is the head, and its columns stay aligned', () => {
    open(['a b', 'longer word', 'e f'], 1, 0, 'cr')
    run({ do: 'move-row', to: 'up' })
    expect([shown(), heads(), caretAt()]).toEqual([
      { rows: ['longer word', 'a b', 'e f'], aligns: 'cr' },
      ['11', '00', '00'],
      [0, 0],
    ])
    run({ do: 'move-row', to: 'down' })
    expect([shown(), heads()]).toEqual([{ rows: ['a b', 'longer word', 'e f'], aligns: 'cr' }, ['11', '00', '00']])
  })

  test('a column left and right takes its alignment along', () => {
    open(['a b c', 'd eee f', 'ggg h i'], 1, 1, 'r.c')
    run({ do: 'move-column', to: 'left' })
    expect([shown(), caretAt()]).toEqual([{ rows: ['b a c', 'eee d f', 'h ggg i'], aligns: '.rc' }, [1, 0]])
    run({ do: 'move-column', to: 'left' })
    run({ do: 'move-column', to: 'right' })
    run({ do: 'move-column', to: 'right' })
    expect([shown(), caretAt(), heads()]).toEqual([
      { rows: ['a c b', 'd f eee', 'ggg i h'], aligns: 'rc.' },
      [1, 2],
      ['111', '000', '000'],
    ])
  })

  test('several rows move by their neighbour, and stay selected', () => {
    open(['a b', 'c d', 'e f', 'g h'], 0, 0)
    select([1, 0], [2, 1])
    run({ do: 'move-row', to: 'down' })
    expect(rows()).toEqual(['a b', 'g h', 'c d', 'e f'])
    run({ do: 'move-row', to: 'up' })
    run({ do: 'move-row', to: 'up' })
    expect(rows()).toEqual(['c d', 'e f', 'a b', 'g h'])
    expect(editor.read(() => $isTableSelection($getSelection()))).toBe(true)
  })
})

describe('sorting', () => {
  test('numbers as numbers, empty cells last, the head stays', () => {
    open(['n t', '10 a', '9 b', '1,000 c', '-3 d'], 2, 0)
    run({ do: 'sort', order: 'ascending' })
    expect([rows(), caretAt()]).toEqual([
      ['n t', '-3 d', '9 b', '10 a', '1,000 c'],
      [2, 0],
    ])
    run({ do: 'sort', order: 'descending' })
    expect(rows()).toEqual(['n t', '1,000 c', '10 a', '9 b', '-3 d'])
  })

  test('words as the language sorts them; rows that are alike keep their order', () => {
    open(['w n', 'Zeta 1', 'älter 2', 'beta 3', 'Beta 4', 'v10 5', 'v9 6'], 1, 0)
    run({ do: 'sort', order: 'ascending' })
    expect(rows()).toEqual(['w n', 'älter 2', 'beta 3', 'Beta 4', 'v9 6', 'v10 5', 'Zeta 1'])
  })

  test('many rows are sorted too', () => {
    const numbers = Array.from({ length: 90 }, (_, at) => (at * 37) % 90)
    open(['n x', ...numbers.map((each) => `${each} x${each}`)], 1, 0)
    run({ do: 'sort', order: 'ascending' })
    expect(rows()).toEqual(['n x', ...[...numbers].sort((a, b) => a - b).map((each) => `${each} x${each}`)])
  })
})

test('aligning is said by the head alone, and taken back', () => {
  open(['a b', 'c d'], 1, 1)
  run({ do: 'align', align: 'right' })
  expect(shown().aligns).toBe('.r')
  run({ do: 'align', align: '' })
  expect(shown().aligns).toBe('..')
})

test('clearing empties the selected cells and leaves the others', () => {
  open(['a b', 'c d'], 0, 0)
  select([0, 1], [1, 1])
  run({ do: 'clear' })
  expect(rows()).toEqual(['a ', 'c '])
})

test('an act that changed something is told, one that did not is not', () => {
  const told: TableAct[] = []
  editor.registerCommand(TABLE_DID_COMMAND, (act) => told.push(act) > 0, 0)
  open(['a b', 'c d'], 0, 0)
  run({ do: 'move-row', to: 'up' })
  run({ do: 'move-row', to: 'down' })
  expect(told).toEqual([{ do: 'move-row', to: 'down' }])
})

test('a note that is read-only keeps its table', () => {
  open(['a b', 'c d'], 0, 0)
  editor.setEditable(false)
  run({ do: 'remove-row' })
  expect(rows()).toEqual(['a b', 'c d'])
})

describe('inserting', () => {
  test('in the place of an empty line, with the caret in its first cell', () => {
    change(editor, () => void $insertTable(2, 3))
    expect([rows(), caretAt(), heads()]).toEqual([
      ['  ', '  '],
      [0, 0],
      ['111', '000'],
    ])
  })

  test.each([
    ['below the words of a paragraph', 'words\n', 'words\n\n|  |  |\n| --- | --- |\n'],
    ['below a list', '- one\n- two\n', '- one\n- two\n\n|  |  |\n| --- | --- |\n'],
    ['in a quote', '> words\n', '> words\n>\n> |  |  |\n> | --- | --- |\n'],
    ['below a table', '| a | b |\n| --- | --- |\n', '| a | b |\n| --- | --- |\n\n|  |  |\n| --- | --- |\n'],
  ])('%s', (_, before, after) => {
    fill(editor, parseMarkdown(before).blocks)
    change(editor, () => void $insertTable(1, 2))
    expect(treeOf(editor)).toEqual(parseMarkdown(after).blocks)
  })
})

const ACTS: readonly TableAct[] = [
  { do: 'add-row', side: 'below' },
  { do: 'add-column', side: 'right' },
  { do: 'remove-row' },
  { do: 'move-row', to: 'up' },
  { do: 'move-column', to: 'left' },
  { do: 'align', align: 'right' },
]

test.each(ACTS)('E20: Backspace after $do deletes, and does not take the act back', (act) => {
  open(['a b', 'c d', 'e f'], 2, 1)
  const asked: string[] = []
  const stop = [
    editor.registerCommand(UNDO_COMMAND, () => asked.push('undo') > 0, COMMAND_PRIORITY_CRITICAL),
    // after the one that takes back, and in the place of what deletes, which needs a page
    editor.registerCommand(DELETE_CHARACTER_COMMAND, () => asked.push('delete') > 0, COMMAND_PRIORITY_CRITICAL),
  ]
  const before = markdownOf(editor)
  run(act)
  expect(markdownOf(editor)).not.toBe(before)
  change(editor, () => void editor.dispatchCommand(DELETE_CHARACTER_COMMAND, true))
  expect(asked).toEqual(['delete'])
  for (const each of stop) each()
})
