import { type CalendarDate, parseDate } from '@internationalized/date'

/**
 * A day of the calendar, `2026-03-03`: no time, no zone, so that it is the same day for everybody who reads it. Years
 * 0001 to 9999. Days compare as text.
 */
export type Day = string

/** Every so many days, weeks or months; `every` at least 1. */
export type Cadence = { readonly every: number; readonly unit: 'day' | 'week' | 'month' }

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** `2026-03-03`, by this computer's calendar: the last moment of a day is that day in every time zone. */
export const calendarDay = (date: Date): Day =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-')

/** The day that it is where this computer is; the one place where a time becomes a day. */
export const today = (now: Date): Day => calendarDay(now)

/** A day that the calendar has; 30 February is text. */
export const isDay = (text: string): boolean => read(text) !== null

export const compareDays = (a: Day, b: Day): number => (a < b ? -1 : a > b ? 1 : 0)

/** Text that is no day stays as it is; a sum outside the calendar ends at its first or last day. */
export const addDays = (day: Day, days: number): Day => sum(day, { days })

/**
 * The day so many steps on. Counted from `day` and not from step to step: every month from 31 January is 28 February,
 * 31 March, 30 April. Text that is no day stays as it is.
 */
export function addCadence(day: Day, { every, unit }: Cadence, times: number): Day {
  const count = every * times
  const duration = unit === 'month' ? { months: count } : { days: unit === 'week' ? count * 7 : count }
  return sum(day, duration)
}

/** How many days `to` is after `from`, below 0 where it is before; 0 where either is no day. */
export function daysBetween(from: Day, to: Day): number {
  const [first, last] = [read(from), read(to)]
  return first && last ? last.compare(first) : 0
}

/** How many steps of the cadence, counted from `start`, lie on or before `day`; 0 where either is no day. */
export function stepsUntil(start: Day, cadence: Cadence, day: Day): number {
  const [first, last] = [read(start), read(day)]
  if (!first || !last || day < start) return 0
  if (cadence.unit !== 'month') {
    return Math.floor(last.compare(first) / (cadence.every * (cadence.unit === 'week' ? 7 : 1)))
  }
  const months = (last.year - first.year) * 12 + last.month - first.month
  const steps = Math.floor(months / cadence.every)
  return steps > 0 && addCadence(start, cadence, steps) > day ? steps - 1 : steps
}

function sum(day: Day, duration: { readonly days: number } | { readonly months: number }): Day {
  const date = read(day)?.add(duration)
  // before the year 1 the package counts years of another era
  if (date && date.era !== 'AD') return '0001-01-01'
  return date?.toString() ?? day
}

function read(text: string): CalendarDate | null {
  if (!DAY.test(text) || text < '0001') return null
  try {
    return parseDate(text)
  } catch {
    return null
  }
}
