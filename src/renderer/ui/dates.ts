// Made once: a formatter costs a millisecond to make, and the footer asks for one with every key that is typed.
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** DESIGN 9: the clock today, "Thu 19 Mar" within the year, the year only for others. `at`: ms since 1970. */
export function dayLabel(at: number, now: Date): string {
  const date = new Date(at)
  if (date.toDateString() === now.toDateString()) return clockLabel(at)
  const format = date.getFullYear() === now.getFullYear() ? DAY : DAY_AND_YEAR
  return format.format(date).replace(',', '')
}

export const clockLabel = (at: number): string => CLOCK.format(at)
