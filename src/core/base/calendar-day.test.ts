import { expect, test } from 'vitest'
import { calendarDay } from './calendar-day.ts'

test('a day from its first to its last moment, whatever the time zone', () => {
  expect(calendarDay(new Date(2026, 2, 3))).toBe('2026-03-03')
  expect(calendarDay(new Date(2026, 2, 3, 23, 59, 59, 999))).toBe('2026-03-03')
})
