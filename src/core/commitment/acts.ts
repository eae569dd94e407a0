import { addCadence, type Day } from '../base/calendar-day.ts'
import { twoDays } from '../base/day-words.ts'
import type { Property } from '../note/note.ts'
import { cadenceText, cadenceWords, readCadence } from './cadence.ts'
import type { Towards } from './details.ts'
import type { LogEntry } from './entry.ts'
import { type CommitmentFacts, factText, readFacts } from './facts.ts'
import type { CommitmentReading } from './reading.ts'
import { firstAfter } from './review.ts'

/** What an act writes; id, time, author, device and what was seen are given by whoever appends it. */
export type EntryDraft = { readonly type: string; readonly text: string; readonly details: LogEntry['details'] }

/** How a review ends; `review` changes nothing but that it was answered. */
export const REVIEW_ENDS = ['proceed', 'kept', 'pivot', 'parked', 'dropped', 'review'] as const
export type ReviewEnd = (typeof REVIEW_ENDS)[number]

/**
 * The day of the review after an act of today (G19): the first of the schedule after today and after the last answer.
 * A commitment that is not in progress begins a schedule today. '' without a cadence.
 */
export function nextReviewAfter(facts: CommitmentFacts, reading: CommitmentReading | null, today: Day): Day | '' {
  const cadence = facts.reviewEvery
  if (!cadence) return ''
  const review = reading?.review
  if (!review) return addCadence(today, cadence, 1)
  return firstAfter({ start: review.start, cadence }, review.since > today ? review.since : today)
}

/** What opens a commitment. `over`: the limit that this goes over; the text is then the reason. */
export function openDraft(given: {
  readonly text: string
  readonly facts: CommitmentFacts
  readonly today: Day
  readonly over?: number | undefined
}): EntryDraft {
  const next = nextReviewAfter(given.facts, null, given.today)
  return { type: 'opened', text: given.text, details: { ...(next === '' ? {} : { next }), ...overOf(given.over) } }
}

export type ReviewAnswer = {
  readonly so: ReviewEnd
  readonly text: string
  /** Ids of the notes that show it, or that there are none. */
  readonly cites: readonly string[] | 'none'
  readonly towards?: Towards | null | undefined
  readonly over?: number | undefined
  /** Of a pivot: the note that takes its place. */
  readonly successor?: string | undefined
}

/** What ends a review, or a commitment between two reviews: then it answers none, and the next one stays. */
export function reviewDraft(
  answer: ReviewAnswer,
  facts: CommitmentFacts,
  reading: CommitmentReading,
  today: Day,
): EntryDraft {
  const { so, text, cites, towards, over, successor } = answer
  const next = nextReviewAfter(facts, reading, today)
  const details: LogEntry['details'] = {
    ...(reading.review?.isDue ? { review: reading.review.on } : {}),
    ...(next === '' ? {} : { next }),
    ...(cites === 'none' ? { cites } : cites.length > 0 ? { cites: [...cites] } : {}),
    ...(towards ? { towards } : {}),
    ...(so === 'proceed' ? overOf(over) : {}),
    ...(so === 'pivot' && successor ? { successor } : {}),
  }
  return { type: so, text, details }
}

const overOf = (over: number | undefined): LogEntry['details'] => (over === undefined ? {} : { over })

/** Facts whose change is an entry once a commitment was opened, with their names on screen (G21). */
const LOGGED: Readonly<Record<string, string>> = {
  due: 'Due',
  review_every: 'Review',
  proceed_if: 'Proceed if',
  pivot_if: 'Pivot if',
  proceed_marks: 'Marks wanted to proceed',
  pivot_marks: 'Marks wanted to pivot',
  reach: 'Reach',
  blast_radius: 'Blast radius',
}

/** That a fact became another, with the old words. `from`, `to`: one line of inline Markdown, '' for nothing. */
function changedDraft(key: string, from: string, to: string): EntryDraft {
  const [before, after] = wordsOf(key, from, to)
  const name = LOGGED[key] ?? key
  const says = from === '' ? `set to ${after}` : to === '' ? `${before} taken away` : `${before} became ${after}`
  const end = /[.!?…]$/.test(says) ? '' : '.'
  return { type: 'changed', text: `${name}: ${says}${end}`, details: { key, from, to } }
}

/** An entry for each fact that says something else than before, in the order of the facts; other spelling is none. */
export function changedDrafts(before: readonly Property[], after: readonly Property[]): readonly EntryDraft[] {
  const [was, is] = [readFacts(before), readFacts(after)]
  return Object.keys(LOGGED).flatMap((key) => {
    const [from, to] = [factText(before, key), factText(after, key)]
    if (from === to || meaning(key, from, was) === meaning(key, to, is)) return []
    return [changedDraft(key, from, to)]
  })
}

/** What stays the same while a fact is written in another way: `2w` and `2 weeks`. */
function meaning(key: string, text: string, facts: CommitmentFacts): string {
  if (key === 'due' && facts.due !== '') return facts.due
  if (key === 'review_every' && facts.reviewEvery) return cadenceText(facts.reviewEvery)
  return text
}

function wordsOf(key: string, from: string, to: string): readonly [string, string] {
  if (key === 'due') return twoDays(from, to)
  const words = (text: string) => {
    const cadence = key === 'review_every' ? readCadence(text) : null
    return cadence ? `every ${cadenceWords(cadence)}` : text
  }
  return [words(from), words(to)]
}

/** Takes the words of an entry back; its author, day and type stay, and so does what it decided (G22). */
export const withdrawDraft = (entry: string, reason: string): EntryDraft => ({
  type: 'withdrawn',
  text: reason,
  details: { of: entry },
})

export const inviteDraft = (person: string, text = ''): EntryDraft => ({
  type: 'invited',
  text: text === '' ? `${person} is invited.` : text,
  details: { person },
})

export const answerDraft = (
  person: string,
  so: 'accepted' | 'declined',
  { text = '', over }: { readonly text?: string | undefined; readonly over?: number | undefined } = {},
): EntryDraft => ({ type: so, text, details: { person, ...overOf(over) } })

/** That a ground that changed still holds, after it was read again. `title`: the note that was read. */
export const rereadDraft = (pin: string, title: string): EntryDraft => ({
  type: 'saw',
  text: `Reread “${title}”: it still holds.`,
  details: { reread: pin },
})
