import { expect, test } from 'vitest'
import { dayLabel } from './dates.ts'

const NOW = new Date(2026, 2, 20, 18, 0)

test('today by the clock, this year by the day, other years by the year', () => {
  expect(dayLabel(new Date(2026, 2, 20, 14, 2).getTime(), NOW)).toBe('14:02')
  expect(dayLabel(new Date(2026, 2, 19, 14, 2).getTime(), NOW)).toBe('Thu 19 Mar')
  expect(dayLabel(new Date(2025, 2, 19, 14, 2).getTime(), NOW)).toBe('Wed 19 Mar 2025')
})
