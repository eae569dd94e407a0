import { compareDays, type Day } from '../../../core/base/calendar-day.ts'
import type { Commitment } from '../../platform/ledger.ts'

export type NextDay = { readonly is: 'review' | 'due'; readonly day: Day }

/** The next review or the due date, whichever comes first. */
export function nextDay({ facts, reading }: Pick<Commitment, 'facts' | 'reading'>): NextDay | null {
  const review: NextDay | null = reading.review && { is: 'review', day: reading.review.on }
  const due: NextDay | null = facts.due === '' ? null : { is: 'due', day: facts.due }
  if (!review || !due) return review ?? due
  return compareDays(due.day, review.day) < 0 ? due : review
}
