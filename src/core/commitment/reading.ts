import type { Day } from '../base/calendar-day.ts'
import { dayOf, towardsOf, withdrawnIds } from './details.ts'
import type { LogEntry } from './entry.ts'
import type { CommitmentFacts } from './facts.ts'
import { orderLog, Seen } from './order.ts'
import { type Person, peopleOf } from './people.ts'
import { type ReviewReading, readReview } from './review.ts'
import { decidingEntries, isClosed, type Status, statusAfter } from './status.ts'

export type { Person } from './people.ts'
export type { ReviewReading } from './review.ts'

/** What a commitment's facts and log say, for every place that shows it (SPEC.md, G14 to G25). */
export type CommitmentReading = {
  readonly status: Status
  readonly twice: boolean
  /** Ids of the entries that disagree, in the order of the log; empty where none do. */
  readonly endings: readonly string[]
  /** For labels: the day of the last `opened`, and of the entry that closed it; '' where there is none. */
  readonly opened: Day | ''
  readonly closed: Day | ''
  /** null where it is not in progress or has no cadence. */
  readonly review: ReviewReading | null
  readonly marks: { readonly proceed: number; readonly pivot: number }
  readonly people: readonly Person[]
  /** The newest entry with something to say: none that is withdrawn, a withdrawal or a change of a fact. */
  readonly last: LogEntry | null
  /** Why the limit was gone over, by the entry that decides the status; null where it was not. */
  readonly over: string | null
}

const SILENT: ReadonlySet<string> = new Set(['withdrawn', 'changed'])

/**
 * The one reading of a commitment. The same for every order of `entries`; `today` is the reader's day and counts for
 * nothing but what is due, and for entries that lie in the future (G17). Never fails.
 */
export function readCommitment(facts: CommitmentFacts, entries: readonly LogEntry[], today: Day): CommitmentReading {
  const ordered = orderLog(entries)
  const seen = new Seen(ordered)
  const deciding = decidingEntries(ordered, seen)
  const { status, twice } = statusAfter(deciding) ?? { status: facts.status || ('considering' as const), twice: false }
  const withdrawn = withdrawnIds(ordered)
  const speaking = ordered.filter(({ id, type }) => !withdrawn.has(id) && !SILENT.has(type))
  const marks = (towards: 'proceed' | 'pivot') => speaking.filter((entry) => towardsOf(entry) === towards).length
  const opened = ordered.findLast(({ type }) => type === 'opened')
  const closing = isClosed(status) ? deciding.at(-1) : undefined
  const over = deciding.find(({ details }) => Object.hasOwn(details, 'over'))
  return {
    status,
    twice,
    endings: twice ? deciding.map(({ id }) => id) : [],
    opened: opened ? dayOf(opened) : '',
    closed: closing ? dayOf(closing) : '',
    review: status === 'in progress' ? readReview(facts, ordered, seen, today) : null,
    marks: { proceed: marks('proceed'), pivot: marks('pivot') },
    people: peopleOf(ordered, seen),
    last: speaking.at(-1) ?? null,
    over: status === 'in progress' && over ? over.text : null,
  }
}
