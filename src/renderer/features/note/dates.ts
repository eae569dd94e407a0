const DAY = /^(\d{4})-(\d{2})-(\d{2})/

/** A date as it stands in a note ('' or unreadable: null). Only the calendar date counts, as it was written. */
export function readDay(text: string): Date | null {
  const match = DAY.exec(text)
  if (!match) return null
  const date = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  return date.getMonth() === Number(match[2]) - 1 ? date : null
}

/** "today", "yesterday", "9 February", "9 February 2024" in other years. */
export function sayDay(date: Date, now: Date): string {
  if (date.toDateString() === now.toDateString()) return 'today'
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (date.toDateString() === yesterday.toDateString()) return 'yesterday'
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', ...year })
}

/** "Drafted 9 February, revised today". `updated`: ms since 1970. */
export function sayDates(created: string, updated: number, now: Date): string {
  const drafted = readDay(created)
  const revised = sayDay(new Date(updated), now)
  if (!drafted) return `Revised ${revised}`
  const day = sayDay(drafted, now)
  return day === revised ? `Drafted ${day}` : `Drafted ${day}, revised ${revised}`
}
