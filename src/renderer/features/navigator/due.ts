import { WORDS } from './words.ts'

const DAY = 86_400_000

/** A due date as a few letters: Today, Thu, 26 Mar, 4 Jan 2027. `isNow`: today or past. Null for anything else. */
export function dueLabel(due: string, now: Date): { text: string; isNow: boolean } | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(due)
  if (!match) return null
  const date = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]))
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  const days = Math.round((date.getTime() - today.getTime()) / DAY)
  if (days === 0) return { text: WORDS.today, isNow: true }
  if (days > 0 && days < 7) return { text: date.toLocaleDateString('en', { weekday: 'short' }), isNow: false }
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return { text: date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year }), isNow: days < 0 }
}
