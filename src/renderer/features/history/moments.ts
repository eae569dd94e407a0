import { clockLabel, dayOf } from '../../ui/dates.ts'

// Made once: a formatter costs a millisecond to make.
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long' })
const MONTH_AND_YEAR = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' })

/** Times here are ms since 1970, by this computer's clock; `now` is passed so that they can be tested. */
const daysBefore = (now: Date, days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() - days)

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** "3 March, 16:20"; "Today, 13:36". */
export const momentOf = (at: number, now: Date): string => `${capital(dayOf(at, now))}, ${clockLabel(at)}`

/** "16 Feb" */
export const shortDayOf = (at: number): string => SHORT_DAY.format(at)

/** "February", "February 2025" in other years. */
export function monthOf(at: number, now: Date): string {
  const date = new Date(at)
  return (date.getFullYear() === now.getFullYear() ? MONTH : MONTH_AND_YEAR).format(date)
}

const BY_DAY = 14

/** Near ones are told apart by the day; so are times to come, which a clock that was set back leaves. */
export function isNear(at: number, now: Date): boolean {
  const date = new Date(at)
  const isThisMonth = date.getFullYear() === now.getFullYear() && date.getMonth() === now.getMonth()
  return isThisMonth || at >= daysBefore(now, BY_DAY).getTime()
}

/** The last millisecond of a day as a date field gives it (`2026-03-03`); null while it is not a whole date. */
export function endOfDay(day: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!match) return null
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + 1).getTime() - 1
}
