import { type Day, daysBetween, isDay } from './calendar-day.ts'
import { counted } from './counted.ts'

/**
 * Calendar days in words, the one place for them. Each takes `YYYY-MM-DD` and knows no time zone: a date is the same
 * date everywhere (DESIGN 9). The names stand here and are not the system's: what a log says must not change with it.
 * Text that is no day stays as it is.
 */
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
const SHORT_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const weekdayOf = (day: Day): string => WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''
const shortWeekday = (day: Day): string => weekdayOf(day).slice(0, 3)
const isSameYear = (a: Day, b: Day): boolean => a.slice(0, 4) === b.slice(0, 4)

function dated(day: Day, months: readonly string[], withYear: boolean): string {
  const date = `${Number(day.slice(8))} ${months[Number(day.slice(5, 7)) - 1]}`
  return withYear ? `${date} ${Number(day.slice(0, 4))}` : date
}

/** “5 March”, “5 March 2027”. */
export const longDay = (day: Day, today: Day): string =>
  isDay(day) ? dated(day, MONTHS, !isSameYear(day, today)) : day

const shortDate = (day: Day, today: Day): string => dated(day, SHORT_MONTHS, !isSameYear(day, today))

/** “Today”, “31 Mar”, “4 Jan 2027”. */
export function shortDay(day: Day, today: Day): string {
  if (day === today) return 'Today'
  return isDay(day) ? shortDate(day, today) : day
}

/** Of what is past: “Today”, “Yesterday”, “10 Mar”. */
export const pastDay = (day: Day, today: Day): string =>
  isDay(day) && daysBetween(today, day) === -1 ? 'Yesterday' : shortDay(day, today)

/** “Today”, “Thu 19 Mar”, “Thu 19 Mar 2027”. */
export const dayWords = (day: Day, today: Day): string =>
  day === today || !isDay(day) ? shortDay(day, today) : `${shortWeekday(day)} ${shortDate(day, today)}`

/** “Tuesday 17 March”, today too. */
export const weekday = (day: Day, today: Day): string => (isDay(day) ? `${weekdayOf(day)} ${longDay(day, today)}` : day)

/** Inside a sentence: “today”, “yesterday”, “3 March”. */
export function dayInWords(day: Day, today: Day): string {
  if (day === today) return 'today'
  return isDay(day) && daysBetween(today, day) === -1 ? 'yesterday' : longDay(day, today)
}

/** Two days side by side; the year where they do not share it: “31 March” and “7 April”. */
export function twoDays(from: string, to: string): readonly [string, string] {
  const withYear = !isDay(from) || !isDay(to) || !isSameYear(from, to)
  const say = (day: string) => (isDay(day) ? dated(day, MONTHS, withYear) : day)
  return [say(from), say(to)]
}

/** As few letters as say it: “Today”, “Thu” within the week, “26 Mar”, “4 Jan 2027”. `isNow`: today or past. */
export function nearDay(day: Day, today: Day): { readonly text: string; readonly isNow: boolean } {
  const days = daysBetween(today, day)
  return { text: days > 0 && days < 7 ? shortWeekday(day) : shortDay(day, today), isNow: days <= 0 }
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
