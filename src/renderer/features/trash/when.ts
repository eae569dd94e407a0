import { clockLabel, dayLabel } from '../../ui/dates.ts'
import { WORDS } from './words.ts'

/** “Today, 11:40”, “Yesterday”, “Thu 12 Mar”. `at`: ms since 1970, null where it is not known. */
export function whenLabel(at: number | null, now: Date): string {
  if (at === null) return WORDS.unknown
  const day = new Date(at)
  if (day.toDateString() === now.toDateString()) return WORDS.today(clockLabel(at))
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  return day.toDateString() === yesterday.toDateString() ? WORDS.yesterday : dayLabel(at, now)
}
