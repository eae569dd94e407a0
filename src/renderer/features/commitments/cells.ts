import type { Day } from '../../../core/base/calendar-day.ts'
import { compareDays } from '../../../core/base/calendar-day.ts'
import { dayWords, distance, shortDay, span } from '../../../core/base/day-words.ts'
import { capital } from '../../../core/base/in-words.ts'
import type { Cadence } from '../../../core/commitment/cadence.ts'
import type { Commitment } from '../../platform/ledger.ts'
import { WORDS } from './words.ts'

export type SectionId = 'due' | 'inProgress' | 'considering' | 'closed'
/** `isHot`: it asks for attention, and is set in the rubric. */
export type Cell = { readonly text: string; readonly small: string; readonly isHot: boolean }

const cell = (text: string, small = '', isHot = false): Cell => ({ text, small, isHot })

/** What stands in the two columns of a row, by the section that it stands in. */
export function cellsOf(section: SectionId, commitment: Commitment, today: Day): readonly [Cell, Cell] {
  const { facts, reading, restsOn } = commitment
  if (section === 'considering') {
    const all = restsOn.for + restsOn.against
    return [
      cell(WORDS.restsOnNotes(all), restsOn.against > 0 ? WORDS.against(restsOn.against) : ''),
      cell(facts.reach === '' ? WORDS.notSaid : reachWords(facts.reach)),
    ]
  }
  if (section === 'closed') {
    const { opened, closed } = reading
    return [
      cell(closed === '' ? WORDS.notSaid : shortDay(closed, today)),
      cell(opened === '' || closed === '' ? '' : span(opened, closed)),
    ]
  }
  return [reviewCell(commitment, today), dueCell(facts.due, today)]
}

function reviewCell({ facts, reading: { review } }: Commitment, today: Day): Cell {
  if (!review) return cell(WORDS.noReview)
  const rhythm = facts.reviewEvery ? cadenceWords(facts.reviewEvery) : ''
  return cell(dayWords(review.on, today), review.missed > 0 ? WORDS.missed(review.missed) : rhythm, review.isDue)
}

function dueCell(due: Day | '', today: Day): Cell {
  if (due === '') return cell(WORDS.noDue)
  const isHot = compareDays(due, today) <= 0
  return cell(shortDay(due, today), due === today ? '' : distance(due, today), isHot)
}

const EACH = { day: 'daily', week: 'weekly', month: 'monthly' } as const

/** “weekly”, “every 2 weeks”. */
export const cadenceWords = ({ every, unit }: Cadence): string => (every === 1 ? EACH[unit] : `every ${every} ${unit}s`)

const REACH: Readonly<Record<string, string>> = {
  you: 'You',
  pair: 'A pair',
  team: 'One team',
  'one team': 'One team',
  'two teams': 'Two teams',
  neighbours: 'Neighbours',
  everyone: 'Everyone',
}

/** The word of a ring as a person reads it; other words as they were written. */
export const reachWords = (reach: string): string => REACH[reach.trim().toLowerCase()] ?? capital(reach.trim())
