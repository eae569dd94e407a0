import { expect, test } from 'vitest'
import type { Piece, PieceChange } from '../../../core/history/difference.ts'
import { type Cell, readTable } from './table.ts'

const MARK: Record<PieceChange, string> = { same: '', added: '+', removed: '-' }
/** `a{+b}{-c}` as pieces. */
const pieces = (source: string): Piece[] =>
  source
    .split(/(\{[+-][^}]*\})/)
    .filter(Boolean)
    .map((part) => {
      if (part.startsWith('{+')) return { text: part.slice(2, -1), change: 'added' }
      if (part.startsWith('{-')) return { text: part.slice(2, -1), change: 'removed' }
      return { text: part, change: 'same' }
    })
const said = (cell: Cell) => cell.map(({ text, change }) => `${MARK[change]}${text}`).join('')
const read = (source: string) => {
  const table = readTable(pieces(source))
  return table && { head: table.head.map((row) => row.map(said)), rows: table.rows.map((row) => row.map(said)) }
}

test('a table is its cells, without bars and the line of dashes', () => {
  expect(read('| Size | Who |\n| --- | :-: |\n| Team | 5 \\| 9 |\n| All |  |')).toEqual({
    head: [['Size', 'Who']],
    rows: [
      ['Team', '5 | 9'],
      ['All', ''],
    ],
  })
  expect(read('Size | Who\n--- | ---\nTeam | 5')).toEqual({ head: [['Size', 'Who']], rows: [['Team', '5']] })
})

test('words that changed keep their marks, in their cell', () => {
  expect(read('| A | B |\n| - | - |\n| x | {-A few days} {+A day} |\n{+| y | z |}')).toEqual({
    head: [['A', 'B']],
    rows: [
      ['x', '-A few days +A day'],
      ['+y', '+z'],
    ],
  })
  expect(read('{-| A |}{+| B |}\n| - |\n| x |')).toMatchObject({ rows: [['x']] })
})

test('a header that changed is two lines, and a changed line of dashes is none', () => {
  expect(read('{-| A |\n}{+| B |\n}{-| - |\n}{+| --- |\n}| x |')).toEqual({ head: [['-A'], ['+B']], rows: [['x']] })
})

test('other source is no table', () => {
  for (const source of ['<div>|</div>', 'a | b', '| - | - |', '> [!note] a | b\n> - | -', '']) {
    expect(read(source)).toBe(null)
  }
})
