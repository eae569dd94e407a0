import { addCadence, type Day } from '../base/calendar-day.ts'
import type { NoteId } from '../base/ids.ts'
import type { CommitmentFacts } from './facts.ts'
import { nameKey } from './people.ts'
import type { CommitmentReading } from './reading.ts'
import { isClosed } from './status.ts'

export type LedgerItem = {
  readonly id: NoteId
  readonly title: string
  readonly facts: CommitmentFacts
  readonly reading: CommitmentReading
  readonly restsOn: { readonly for: number; readonly against: number }
  /** How many entries its log has. */
  readonly log: number
}

export type LimitReading = {
  /** null: none is set. */
  readonly limit: number | null
  /** What I accepted and is in progress. */
  readonly mine: number
  /** More than the limit, as after a merge; nothing is dropped for it. */
  readonly isOver: boolean
  /** One more would go over it. */
  readonly isFull: boolean
}

export type Ledger<Item> = {
  readonly due: readonly Item[]
  readonly inProgress: readonly Item[]
  readonly considering: readonly Item[]
  readonly closed: readonly Item[]
  /** How many of them closed in the last year. */
  readonly lately: number
  readonly limit: LimitReading
  /** Decided twice; they are in `due` or `inProgress` too. */
  readonly twice: readonly Item[]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byName = (a: LedgerItem, b: LedgerItem): number => compare(a.title, b.title) || compare(a.id, b.id)
/** What has no day comes last. */
const soon = (day: Day | ''): string => (day === '' ? '~' : day)

/** Whether a person takes part in a commitment: opened it, or accepted an invitation to it. '' is always you. */
export const isMine = (reading: CommitmentReading, me: string): boolean =>
  reading.people.some(({ name, state }) => state === 'accepted' && (name === '' || nameKey(name) === nameKey(me)))

/**
 * The commitments in their groups (G23): due ones by the day of their review, those in progress by the next one,
 * considered ones by title, closed ones with the newest first. `me`: the person's name, '' where it was not asked yet.
 */
export function ledgerOf<Item extends LedgerItem>(
  items: readonly Item[],
  { me, limit, today }: { readonly me: string; readonly limit: number | null; readonly today: Day },
): Ledger<Item> {
  const open = items.filter(({ reading }) => reading.status === 'in progress')
  const byReview = (a: Item, b: Item) =>
    compare(soon(a.reading.review?.on ?? ''), soon(b.reading.review?.on ?? '')) ||
    compare(soon(a.facts.due), soon(b.facts.due)) ||
    byName(a, b)
  const mine = open.filter(({ reading }) => isMine(reading, me)).length
  const yearAgo = addCadence(today, { every: 12, unit: 'month' }, -1)
  return {
    due: open.filter(({ reading }) => reading.review?.isDue).sort(byReview),
    inProgress: open.filter(({ reading }) => !reading.review?.isDue).sort(byReview),
    considering: items.filter(({ reading }) => reading.status === 'considering').sort(byName),
    closed: items
      .filter(({ reading }) => isClosed(reading.status))
      .sort((a, b) => compare(b.reading.closed, a.reading.closed) || byName(a, b)),
    lately: items.filter(({ reading }) => isClosed(reading.status) && reading.closed > yearAgo).length,
    limit: limit === null ? { limit, mine, isOver: false, isFull: false } : limitOf(limit, mine),
    twice: items.filter(({ reading }) => reading.twice).sort(byName),
  }
}

const limitOf = (limit: number, mine: number): LimitReading => ({
  limit,
  mine,
  isOver: mine > limit,
  isFull: mine >= limit,
})
