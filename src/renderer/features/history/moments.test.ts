import { expect, test } from 'vitest'
import { dayOf } from '../../ui/dates.ts'
import { endOfDay, momentOf, monthOf } from './moments.ts'

const NOW = new Date(2026, 2, 1, 9, 0)

test('days and moments by the calendar of this computer', () => {
  expect(momentOf(new Date(2026, 2, 1, 8, 5).getTime(), NOW)).toBe('Today, 08:05')
  expect(momentOf(new Date(2026, 1, 28, 23, 59).getTime(), NOW)).toBe('Yesterday, 23:59')
  expect(momentOf(new Date(2026, 0, 3, 16, 20).getTime(), NOW)).toBe('3 January, 16:20')
  expect(dayOf(new Date(2025, 0, 3).getTime(), NOW)).toBe('3 January 2025')
  expect(monthOf(new Date(2025, 1, 3).getTime(), NOW)).toBe('February 2025')
})

test('a day ends right before the next, also where the clocks change', () => {
  expect(endOfDay('2026-03-29')).toBe(new Date(2026, 2, 30).getTime() - 1)
  expect(endOfDay('2026-12-31')).toBe(new Date(2027, 0, 1).getTime() - 1)
  expect(endOfDay('')).toBe(null)
})
