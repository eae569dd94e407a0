// Made once: a formatter costs a millisecond to make, and the footer asks for one with every key that is typed.
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const LONG_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const LONG_DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** DESIGN 9: the clock today, "Thu 19 Mar" within the year, the year only for others. `at`: ms since 1970. */
export function dayLabel(at: number, now: Date): string {
  const date = new Date(at)
  if (date.toDateString() === now.toDateString()) return clockLabel(at)
  const format = date.getFullYear() === now.getFullYear() ? DAY : DAY_AND_YEAR
  return format.format(date).replace(',', '')
}

export const clockLabel = (at: number): string => CLOCK.format(at)

/** "today", "yesterday", "3 March", "3 March 2025" in other years. */
export function dayOf(at: number, now: Date): string {
  const date = new Date(at)
  const day = date.toDateString()
  if (day === now.toDateString()) return 'today'
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (day === before.toDateString()) return 'yesterday'
  return (date.getFullYear() === now.getFullYear() ? LONG_DAY : LONG_DAY_AND_YEAR).format(date)
}
