import { calendarDay } from '../../core/base/calendar-day.ts'
import { dayInWords, dayWords } from '../../core/base/day-words.ts'

// Made once: a formatter costs a millisecond to make, and the footer asks for one with every key that is typed.
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** DESIGN 9: the clock today, "Thu 19 Mar" within the year, the year only for others. `at`: ms since 1970. */
export function dayLabel(at: number, now: Date): string {
  const [day, today] = [calendarDay(new Date(at)), calendarDay(now)]
  return day === today ? clockLabel(at) : dayWords(day, today)
}

export const clockLabel = (at: number): string => CLOCK.format(at)

/** "today", "yesterday", "3 March", "3 March 2025" in other years. */
export const dayOf = (at: number, now: Date): string => dayInWords(calendarDay(new Date(at)), calendarDay(now))
