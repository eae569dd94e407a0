/** DESIGN 9: the clock today, "Thu 19 Mar" within the year, the year only for others. `at`: ms since 1970. */
export function dayLabel(at: number, now: Date): string {
  const date = new Date(at)
  if (date.toDateString() === now.toDateString()) return clockLabel(at)
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return date
    .toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', ...year })
    .replace(',', '')
}

export const clockLabel = (at: number): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
