import { expect, test } from 'vitest'
import { ledgerOf } from '../../../core/commitment/ledger.ts'
import { commitment, TODAY } from '../../platform/commitment.test-data.ts'
import { limitSentences } from './limit-sentences.ts'

const opened = (count: number, author: string) =>
  Array.from({ length: count }, (_, at) => commitment({ title: `${author} ${at}`, log: [{ type: 'opened', author }] }))
const said = (mine: number, others: number, limit: number | null, me = 'Ana') => {
  const items = [...opened(mine, me), ...opened(others, 'Jonas')]
  return limitSentences({ ...ledgerOf(items, { me, limit, today: TODAY }), me, today: TODAY }).join(' ')
}

test('a limit is a fact that the person set', () => {
  expect(said(3, 0, 3)).toBe('Three in progress, which is your limit. Keep, park or drop one to make room.')
  expect(said(1, 0, 1)).toBe('One in progress, which is your limit. Keep, park or drop it to make room.')
  expect(said(2, 0, 3)).toBe('Two in progress. Your limit is three.')
  expect(said(0, 0, 3)).toBe('None in progress. Your limit is three.')
  expect(said(2, 0, null)).toBe('Two in progress. No limit is set.')
  expect(said(4, 0, 3)).toBe(
    'Four in progress, one over your limit of three. Keep, park or drop one to come back to it.',
  )
})

test('only what is mine counts; who has no name yet is told how to be one of those who are there', () => {
  expect(said(2, 3, 3)).toBe('Two of the five in progress are yours. Your limit is three.')
  expect(said(1, 1, 1)).toBe(
    'One of the two in progress is yours, which is your limit. Keep, park or drop it to make room.',
  )
  expect(said(0, 1, 3, '')).toBe(
    'The one in progress is not yours. Is one of the names yours? Say so in the settings, and yours are counted.',
  )
})
