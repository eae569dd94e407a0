import { expect, test } from 'vitest'
import { whenLabel } from './when.ts'

test('the clock today, the day before by its name, then the date', () => {
  const now = new Date(2026, 2, 1, 12, 0)
  expect(whenLabel(new Date(2026, 2, 1, 9, 5).getTime(), now)).toBe('Today, 09:05')
  expect(whenLabel(new Date(2026, 1, 28, 23, 59).getTime(), now)).toBe('Yesterday')
  expect(whenLabel(new Date(2026, 1, 27, 9, 0).getTime(), now)).toBe('Fri 27 Feb')
  expect(whenLabel(null, now)).toBe('Not known')
})
