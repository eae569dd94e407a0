import { expect, test } from 'vitest'
import { distance, inWords, longDay, ordinal, shortDay, weekday } from './days.ts'

const TODAY = '2026-03-17'

test('days are said without a clock, the year only where it is another', () => {
  expect(longDay('2026-03-31', TODAY)).toBe('31 March')
  expect(longDay('2027-03-31', TODAY)).toBe('31 Mar 2027')
  expect(weekday('2026-03-17', TODAY)).toBe('Tuesday 17 March')
  expect([shortDay(TODAY, TODAY), shortDay('2026-03-16', TODAY), shortDay('2026-03-10', TODAY)]).toEqual([
    'Today',
    'Yesterday',
    '10 Mar',
  ])
})

test('a distance counts days of the calendar, over a change of the clocks too', () => {
  expect(distance('2026-03-30', '2026-03-28')).toBe('in 2 days')
  expect(distance('2026-03-31', TODAY)).toBe('in 14 days')
  expect(distance('2026-03-18', TODAY)).toBe('tomorrow')
  expect(distance('2026-03-14', TODAY)).toBe('3 days ago')
  expect(distance(TODAY, TODAY)).toBe('')
})

test('small numbers are words', () => {
  expect([inWords(0), inWords(3), inWords(1300)]).toEqual(['none', 'three', '1,300'])
  expect([ordinal(2), ordinal(11), ordinal(22), ordinal(23)]).toEqual(['second', '11th', '22nd', '23rd'])
})
