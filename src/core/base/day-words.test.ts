import { expect, test } from 'vitest'
import {
  dayInWords,
  dayWords,
  distance,
  longDay,
  nearDay,
  pastDay,
  shortDay,
  span,
  twoDays,
  weekday,
} from './day-words.ts'

const TODAY = '2026-11-23'

test('a day is near by its weekday, far by its date, and now when it is today or past', () => {
  expect(nearDay('2026-11-23', TODAY)).toEqual({ text: 'Today', isNow: true })
  expect(nearDay('2026-11-26', TODAY)).toEqual({ text: 'Thu', isNow: false })
  expect(nearDay('2026-12-04', TODAY)).toEqual({ text: '4 Dec', isNow: false })
  expect(nearDay('2027-01-04', TODAY)).toEqual({ text: '4 Jan 2027', isNow: false })
  expect(nearDay('2026-11-20', TODAY)).toEqual({ text: '20 Nov', isNow: true })
})

test('the year stands where it is another one', () => {
  expect(dayWords('2026-11-26', TODAY)).toBe('Thu 26 Nov')
  expect(dayWords('2027-03-18', TODAY)).toBe('Thu 18 Mar 2027')
  expect(dayWords(TODAY, TODAY)).toBe('Today')
  expect(shortDay('2027-03-18', TODAY)).toBe('18 Mar 2027')
  expect(longDay('2026-03-05', TODAY)).toBe('5 March')
  expect(longDay('2025-03-05', TODAY)).toBe('5 March 2025')
})

test('each day has the words of its place: a cell, a log, the middle of a sentence, a line of its own', () => {
  expect(weekday('2026-03-17', '2026-03-17')).toBe('Tuesday 17 March')
  expect(weekday('2027-03-17', TODAY)).toBe('Wednesday 17 March 2027')
  expect(['2026-11-23', '2026-11-22', '2026-09-10'].map((day) => pastDay(day, TODAY))).toEqual([
    'Today',
    'Yesterday',
    '10 Sept',
  ])
  expect(['2026-11-23', '2026-11-22', '2026-11-03'].map((day) => dayInWords(day, TODAY))).toEqual([
    'today',
    'yesterday',
    '3 November',
  ])
})

test('two days name their years where these differ, and text that is no day stays', () => {
  expect(twoDays('2026-03-31', '2026-04-07')).toEqual(['31 March', '7 April'])
  expect(twoDays('2026-12-31', '2027-01-07')).toEqual(['31 December 2026', '7 January 2027'])
  expect(twoDays('', '2026-01-07')).toEqual(['', '7 January 2026'])
  expect(twoDays('soon', '2026-01-07')).toEqual(['soon', '7 January 2026'])
  expect([longDay('soon', TODAY), shortDay('2026-02-30', TODAY), dayWords('', TODAY)]).toEqual([
    'soon',
    '2026-02-30',
    '',
  ])
})

test('a distance counts days of the calendar, either way, over a change of the clocks too', () => {
  expect(distance('2026-03-30', '2026-03-28')).toBe('in 2 days')
  expect(['2026-12-07', '2026-11-24', TODAY, '2026-11-22', '2026-11-16'].map((day) => distance(day, TODAY))).toEqual([
    'in 14 days',
    'tomorrow',
    'today',
    'yesterday',
    '7 days ago',
  ])
})

test('a time that went by is said in what people count in', () => {
  expect(span('2026-11-23', '2026-11-23')).toBe('1 day')
  expect(span('2026-01-01', '2026-01-13')).toBe('12 days')
  expect(span('2026-01-01', '2026-02-26')).toBe('8 weeks')
  expect(span('2026-01-01', '2026-06-01')).toBe('5 months')
  expect(span('2023-01-01', '2026-01-01')).toBe('3 years')
  expect(span('2026-03-01', '2026-02-01')).toBe('1 day')
})
