import { daysBetween } from '../../../core/base/calendar-day.ts'

/** Words for calendar days ('YYYY-MM-DD'): only the date counts, as it was written, in every time zone. */

const WEEKDAY: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' }
const LONG: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' }
const SHORT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }

const at = (day: string): Date => new Date(`${day}T12:00:00`)
const yearOf = (day: string, today: string): Intl.DateTimeFormatOptions =>
  day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }
const written = (day: string, today: string, options: Intl.DateTimeFormatOptions): string =>
  at(day)
    .toLocaleDateString('en-GB', { ...options, ...yearOf(day, today) })
    .replace(',', '')

/** "31 March"; "31 Mar 2027" of another year: the month gives way to the year. */
export const longDay = (day: string, today: string): string =>
  written(day, today, day.slice(0, 4) === today.slice(0, 4) ? LONG : SHORT)
/** "10 Mar", or "Today" and "Yesterday". */
export function shortDay(day: string, today: string): string {
  const distance = daysBetween(today, day)
  if (distance === 0) return 'Today'
  return distance === -1 ? 'Yesterday' : written(day, today, SHORT)
}
/** "Tuesday 17 March". */
export const weekday = (day: string, today: string): string => written(day, today, WEEKDAY)
/** "today", "yesterday", "3 March": for the middle of a sentence. */
export function dayInWords(day: string, today: string): string {
  const distance = daysBetween(today, day)
  if (distance === 0) return 'today'
  return distance === -1 ? 'yesterday' : longDay(day, today)
}

/** "in 14 days", "tomorrow", "3 days ago"; '' for today. */
export function distance(day: string, today: string): string {
  const days = daysBetween(today, day)
  if (days === 0) return ''
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${days} days` : `${-days} days ago`
}

const NUMBERS = [
  'none',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** "three"; figures from thirteen on. */
export const inWords = (count: number): string => NUMBERS[count] ?? count.toLocaleString()
export const ordinal = (count: number): string => ORDINALS[count] ?? `${count}${suffix(count)}`
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function suffix(count: number): string {
  const tens = count % 100
  if (tens > 10 && tens < 14) return 'th'
  return ['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'
}
