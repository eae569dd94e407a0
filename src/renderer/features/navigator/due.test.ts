import { expect, test } from 'vitest'
import { dueLabel } from './due.ts'

const NOW = new Date(2026, 10, 23, 9, 0)

test('a due date is near by its weekday, far by its day, and now when it is today or past', () => {
  expect(dueLabel('2026-11-23', NOW)).toEqual({ text: 'Today', isNow: true })
  expect(dueLabel('2026-11-26', NOW)).toEqual({ text: 'Thu', isNow: false })
  expect(dueLabel('2026-12-04', NOW)).toEqual({ text: '4 Dec', isNow: false })
  expect(dueLabel('2027-01-04', NOW)).toEqual({ text: '4 Jan 2027', isNow: false })
  expect(dueLabel('2026-11-20', NOW)).toEqual({ text: '20 Nov', isNow: true })
})

test('what is no date is not shown as one', () => {
  expect(dueLabel('', NOW)).toBeNull()
  expect(dueLabel('when Ines is back', NOW)).toBeNull()
})
