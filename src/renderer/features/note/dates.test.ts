import { expect, test } from 'vitest'
import { readDay, sayDates } from './dates.ts'

const NOW = new Date(2026, 2, 14, 9, 30)
const at = (...parts: [number, number, number]) => new Date(...parts).getTime()

test.each([
  ['2026-02-09', at(2026, 2, 14), 'Drafted 9 February, revised today'],
  ['2024-02-09T10:00:00Z', at(2026, 2, 13), 'Drafted 9 February 2024, revised yesterday'],
  ['2026-03-14', at(2026, 2, 14), 'Drafted today'],
  ['', at(2025, 11, 31), 'Revised 31 December 2025'],
  ['some day', at(2026, 2, 14), 'Revised today'],
])('%s', (created, updated, words) => {
  expect(sayDates(created, updated, NOW)).toBe(words)
})

test('a day that no calendar has is none', () => {
  expect(readDay('2026-02-31')).toBeNull()
})
