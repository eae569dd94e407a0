import { type Cadence, type Day, isDay } from '../base/calendar-day.ts'
import type { Property, PropertyValue } from '../note/note.ts'
import { valueText } from '../note/value-text.ts'
import { wordKey } from '../relation/words.ts'
import { readCadence } from './cadence.ts'
import { STATUSES, type Status } from './status.ts'

/** Keys of the frontmatter that say what a commitment is (G14). `status` is the log's (G13), `rests_on` a relation. */
export const FACT_KEYS: readonly string[] = [
  ...['due', 'review_every', 'next_review', 'proceed_if', 'pivot_if', 'proceed_marks', 'pivot_marks', 'reach'],
  'blast_radius',
]

export type CommitmentFacts = {
  /** Counts where no entry of the log speaks of it (G13); '' for none. */
  readonly status: Status | ''
  readonly due: Day | ''
  readonly reviewEvery: Cadence | null
  /** Printed from the log; read only where there is no log. */
  readonly nextReview: Day | ''
  /** Inline Markdown, one line. */
  readonly proceedIf: string
  readonly pivotIf: string
  /** How many marks the person wants to see; 0 where nothing was said. */
  readonly proceedMarks: number
  readonly pivotMarks: number
  /** Who is touched, in the person's words: `two teams`. */
  readonly reach: string
  readonly blastRadius: string
}

/** Reads whatever a person typed there; what makes no sense is empty, and stays in the note as it is (G14). */
export function readFacts(properties: readonly Property[]): CommitmentFacts {
  const text = (key: string) => factText(properties, key)
  return {
    status: readStatus(text('status')),
    due: readDay(text('due')),
    reviewEvery: readCadence(text('review_every')),
    nextReview: readDay(text('next_review')),
    proceedIf: text('proceed_if'),
    pivotIf: text('pivot_if'),
    proceedMarks: readCount(text('proceed_marks')),
    pivotMarks: readCount(text('pivot_marks')),
    reach: text('reach'),
    blastRadius: text('blast_radius'),
  }
}

/** What a fact says, as one line of text; '' for nothing. A key counts in any spelling, as it is written first. */
export function factText(properties: readonly Property[], key: string): string {
  const found = properties.find((each) => each.key === key) ?? properties.find((each) => wordKey(each.key) === key)
  return oneLine(found?.value ?? null)
}

const oneLine = (value: PropertyValue): string => valueText(value).replace(/\s+/g, ' ').trim()

/** A day, a time on that day, or a link to the note of that day. */
function readDay(text: string): Day | '' {
  const day = text.replace(/^\[\[|\]\]$/g, '').slice(0, 10)
  return isDay(day) && /^(?:\[\[)?[\d-]{10}(?:$|[\]T |])/.test(text) ? day : ''
}

function readStatus(text: string): Status | '' {
  const said = wordKey(text)
  return STATUSES.find((status) => wordKey(status) === said) ?? ''
}

const readCount = (text: string): number => (/^\d{1,3}$/.test(text) ? Number(text) : 0)
