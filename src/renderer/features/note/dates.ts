import { calendarDay, type Day, isDay } from '../../../core/base/calendar-day.ts'
import { dayInWords } from '../../../core/base/day-words.ts'
import { dayOf } from '../../ui/dates.ts'

/** A date as it stands in a note ('' or unreadable: null). Only the calendar date counts, as it was written. */
export function readDay(text: string): Day | null {
  const day = text.slice(0, 10)
  return isDay(day) ? day : null
}

/** "Drafted 9 February, revised today". `updated`: ms since 1970. */
export function sayDates(created: string, updated: number, now: Date): string {
  const drafted = readDay(created)
  const revised = dayOf(updated, now)
  if (!drafted) return `Revised ${revised}`
  const day = dayInWords(drafted, calendarDay(now))
  return day === revised ? `Drafted ${day}` : `Drafted ${day}, revised ${revised}`
}
