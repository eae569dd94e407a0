import type { Day } from '../../core/base/calendar-day.ts'
import { daysBetween } from '../../core/base/calendar-day.ts'
import { counted } from '../../core/base/counted.ts'

/**
 * Calendar dates in words. Every function takes `YYYY-MM-DD` and knows no time zone: a date is the same date
 * everywhere (DESIGN 9).
 */
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })

const WEEKDAY = format({ weekday: 'short' })
const SHORT = format({ day: 'numeric', month: 'short' })
const SHORT_AND_YEAR = format({ day: 'numeric', month: 'short', year: 'numeric' })
const NAMED = format({ weekday: 'short', day: 'numeric', month: 'short' })
const NAMED_AND_YEAR = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
const LONG = format({ day: 'numeric', month: 'long' })
const LONG_AND_YEAR = format({ day: 'numeric', month: 'long', year: 'numeric' })

const at = (day: Day): number => Date.parse(`${day}T00:00:00Z`)
const isSameYear = (a: Day, b: Day): boolean => a.slice(0, 4) === b.slice(0, 4)
const write = (day: Day, today: Day, within: Intl.DateTimeFormat, beyond: Intl.DateTimeFormat): string =>
  (isSameYear(day, today) ? within : beyond).format(at(day)).replace(',', '')

/** “Today”, “Thu 19 Mar”, “Thu 19 Mar 2027”. */
export const dayWords = (day: Day, today: Day): string =>
  day === today ? 'Today' : write(day, today, NAMED, NAMED_AND_YEAR)

/** “Today”, “31 Mar”, “4 Jan 2027”. */
export const shortDay = (day: Day, today: Day): string =>
  day === today ? 'Today' : write(day, today, SHORT, SHORT_AND_YEAR)

/** “5 March”, “5 March 2027”. */
export const longDay = (day: Day, today: Day): string => write(day, today, LONG, LONG_AND_YEAR)

/** As few letters as say it: “Today”, “Thu” within the week, “26 Mar”, “4 Jan 2027”. `isNow`: today or past. */
export function nearDay(day: Day, today: Day): { readonly text: string; readonly isNow: boolean } {
  const days = daysBetween(today, day)
  const text = days > 0 && days < 7 ? WEEKDAY.format(at(day)) : shortDay(day, today)
  return { text, isNow: days <= 0 }
}

/** “in 14 days”, “tomorrow”, “today”, “yesterday”, “7 days ago”. */
export function distance(day: Day, today: Day): string {
  const days = daysBetween(today, day)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return days > 0 ? `in ${days.toLocaleString('en')} days` : `${(-days).toLocaleString('en')} days ago`
}

/** How long something went on: “1 day”, “12 days”, “8 weeks”, “5 months”, “3 years”. */
export function span(from: Day, to: Day): string {
  const days = Math.max(daysBetween(from, to), 0)
  if (days < 14) return counted(Math.max(days, 1), 'day')
  if (days < 112) return counted(Math.round(days / 7), 'week')
  if (days < 730) return counted(Math.round(days / 30.44), 'month')
  return counted(Math.round(days / 365.25), 'year')
}
