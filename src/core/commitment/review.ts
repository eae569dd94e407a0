import { addCadence, addDays, type Cadence, type Day, stepsUntil } from '../base/calendar-day.ts'
import { readCadence } from './cadence.ts'
import { dayOf, detailDay, detailText } from './details.ts'
import type { LogEntry } from './entry.ts'
import type { CommitmentFacts } from './facts.ts'
import type { Seen } from './order.ts'

/** The review that is due, or the next one. */
export type ReviewReading = {
  /** Its day; of several that nobody answered the first. */
  readonly on: Day
  readonly isDue: boolean
  /** Which one it is, counted along the schedule from 1; of several that nobody answered the last. */
  readonly number: number
  /** How many there are up to the due date; null where there is none. */
  readonly of: number | null
  /** How many of the schedule went by unanswered before the one that is due. */
  readonly missed: number
  /** The day of the last entry that answered one or opened the commitment; '' where it is not known. */
  readonly since: Day | ''
  /** The day that the schedule counts from; '' where it is not known. */
  readonly start: Day | ''
}

/** Entries of these types answer a review, or begin a schedule (G16). */
const CLEARING: ReadonlySet<string> = new Set(['opened', 'review', 'proceed', 'kept', 'pivot', 'parked', 'dropped'])

type Schedule = {
  /** '' where the day is not known: steps then count from the last answer. */
  readonly start: Day | ''
  readonly cadence: Cadence
}

/** The first day of a schedule after a day. */
export function firstAfter({ start, cadence }: Schedule, day: Day): Day {
  if (start === '') return addCadence(day, cadence, 1)
  return addCadence(start, cadence, Math.max(1, stepsUntil(start, cadence, day) + 1))
}

/**
 * What is known of the reviews of a commitment in progress (G16 to G19), from its entries in their order.
 * null without a cadence, unless one was due when it was taken away.
 */
export function readReview(
  facts: CommitmentFacts,
  ordered: readonly LogEntry[],
  seen: Seen,
  today: Day,
): ReviewReading | null {
  const changes = ordered.filter((entry) => entry.type === 'changed' && detailText(entry, 'key') === 'review_every')
  // One that was taken away still counts what was due by it (G18).
  const cadence = facts.reviewEvery ?? changes.map((entry) => readCadence(detailText(entry, 'from'))).findLast(Boolean)
  if (!cadence) return null
  const tomorrow = addDays(today, 1)
  const isKnown = (entry: LogEntry) => dayOf(entry) !== '' && dayOf(entry) <= tomorrow
  const unseen = (entry: LogEntry) => changes.filter(({ id }) => !seen.has(entry.id, id))
  const opened = ordered.findLast(({ type }) => type === 'opened')
  const openings = seen.lastAmong(ordered.filter((entry) => entry.type === 'opened' && dayOf(entry) <= tomorrow))
  // Of one that was opened again: what came before belongs to its former life, whichever of two peers did so last.
  const answers = ordered.filter(
    (entry) =>
      CLEARING.has(entry.type) && dayOf(entry) <= tomorrow && !openings.some(({ id }) => seen.has(id, entry.id)),
  )
  // Who saw the last changes saw all of them.
  const lastChanges = seen.lastAmong(changes)
  const before = answers.findLast((entry) => isKnown(entry) && lastChanges.some(({ id }) => !seen.has(entry.id, id)))
  const startEntry = before ?? opened
  const schedule: Schedule = { start: startEntry && isKnown(startEntry) ? dayOf(startEntry) : '', cadence }
  const following = facts.reviewEvery ? schedule : null
  const nextBy = (entry: LogEntry) => nextOf(entry, following, unseen(entry), tomorrow)
  const last: LogEntry[] = []
  // From the newest on, so that of a long log only those that nobody saw are looked at.
  for (const entry of answers.toReversed()) {
    if (last.some(({ id }) => seen.has(id, entry.id))) continue
    // Where the cadence was taken away since, it answered all the same what its writer saw.
    const isAnswer = dayOf(entry) !== '' || detailDay(entry, 'next') !== ''
    if (isAnswer || (!following && unseen(entry).length === 0)) last.push(entry)
  }
  const next = last
    .map(nextBy)
    .filter((day) => day !== '')
    .sort()
  if (!following && next.length === 0) return null
  const unlogged = answers.length === 0 && facts.nextReview !== '' ? facts.nextReview : today
  const on = next[0] ?? (schedule.start === '' ? unlogged : firstAfter(schedule, schedule.start))
  const since = last.map(dayOf).sort().at(-1) ?? schedule.start
  return { ...counted(schedule, on, facts.due, today), since, start: schedule.start }
}

/** The day that an entry puts the next review to; '' where that is not known. `schedule`: null without a cadence. */
function nextOf(entry: LogEntry, schedule: Schedule | null, unseen: readonly LogEntry[], tomorrow: Day): Day | '' {
  const day = dayOf(entry)
  const written = detailDay(entry, 'next')
  const first = unseen[0]
  if (!first) return !schedule ? '' : written !== '' ? written : day === '' ? '' : firstAfter(schedule, day)
  const former = readCadence(detailText(first, 'from'))
  let next = written !== '' ? written : day === '' || !former ? '' : addCadence(day, former, 1)
  for (const [at, change] of unseen.entries()) {
    // What one change replaced is what was in force after the one before, though a merge may have chosen another.
    const following = unseen[at + 1]
    const cadence = following ? readCadence(detailText(following, 'from')) : (schedule?.cadence ?? null)
    const changed = dayOf(change)
    const isDated = changed !== '' && changed <= tomorrow
    // A review that was due when the cadence was changed stays due: no fact clears it (G18).
    if (next !== '' && isDated && next <= changed) continue
    if (!cadence || day === '') {
      // Taken away on a day that is not known, it may have been due by then.
      if (!cadence && isDated) next = ''
      continue
    }
    const own = { start: day, cadence }
    const step = isDated && changed > day ? firstAfter(own, addDays(changed, -1)) : firstAfter(own, day)
    next = !isDated && next !== '' && next < step ? next : step
  }
  return next
}

function counted(schedule: Schedule, on: Day, due: Day | '', today: Day): Omit<ReviewReading, 'since' | 'start'> {
  const { start, cadence } = schedule
  const isDue = on <= today
  const steps = (day: Day) => (start === '' ? 0 : stepsUntil(start, cadence, day))
  const newest = isDue ? today : on
  const missed = isDue ? (start === '' ? stepsUntil(on, cadence, today) : steps(today) - steps(on)) : 0
  const number = Math.max(1, start === '' ? missed + 1 : steps(newest))
  const left = due === '' || due <= newest ? 0 : start === '' ? stepsUntil(newest, cadence, due) : steps(due) - number
  return { on, isDue, number, of: due === '' ? null : Math.max(number, number + left), missed }
}
