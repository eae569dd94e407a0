import { expect, test } from 'vitest'
import { slashRows } from './slash-match.ts'
import { today } from './slash-rows.ts'

const ids = (query: string, context: 'empty' | 'inline' = 'empty', within: 'heading' | 'callout' | null = null) =>
  slashRows({ query, context }, within).map(({ id }) => id)

test.each([
  ['h1', 'h1'],
  ['h3', 'h3'],
  ['heading', 'h1'],
  ['todo', 'check'],
  ['task', 'check'],
  ['quote', 'quote'],
  ['num', 'number'],
  ['ol', 'number'],
  ['tbl', 'table'],
  ['math', 'formula'],
  ['pic', 'file'],
  ['divider', 'rule'],
  ['warning', 'callout-warning'],
  ['call', 'callout-note'],
  ['date', 'today'],
  ['::', 'relation'],
])('%s finds %s first', (query, id) => {
  expect(ids(query)[0]).toBe(id)
})

test('without a query: one row for headings, one for callouts', () => {
  expect(ids('').slice(0, 6)).toEqual(['heading', 'bullet', 'number', 'check', 'quote', 'callout'])
  expect(ids('').some((id) => /^h\d|^callout-/.test(id))).toBe(false)
  expect(ids('', 'empty', 'heading')).toEqual(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
})

test('what is nowhere a name finds nothing', () => {
  expect(ids('zzz')).toEqual([])
})

test('in a cell or a title, what can stand among words', () => {
  expect(ids('', 'inline')).toEqual(['formula', 'file', 'embed', 'footnote', 'today', 'relation'])
  expect(ids('h1', 'inline')).toEqual([])
})

test('a callout may be of any word', () => {
  expect(slashRows({ query: 'risky', context: 'empty' }, 'callout')[0]?.sign).toBe('> [!risky]')
})

test('today is written as daily notes are called', () => {
  expect(today(new Date(2026, 2, 9))).toBe('2026-03-09')
})
