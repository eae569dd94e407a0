import { z } from 'zod'
import type { NoteId } from '../../../core/base/ids.ts'
import { ENDINGS } from '../../state/review.ts'
import { readDraft, useDraft } from './drafts.ts'

const shape = z.object({
  /** What was seen. */
  text: z.string(),
  /** Ids of examples that show it. */
  cites: z.array(z.string()),
  /** It was said that there is none. */
  isNone: z.boolean(),
  towards: z.enum(['proceed', 'pivot']).nullable(),
  so: z.enum(ENDINGS).nullable(),
  /** Title of what follows a pivot. */
  successor: z.string(),
  /** Examples that were written from here. */
  told: z.array(z.string()),
})
export type ReviewDraft = z.infer<typeof shape>

export const NO_REVIEW: ReviewDraft = {
  text: '',
  cites: [],
  isNone: false,
  towards: null,
  so: null,
  successor: '',
  told: [],
}

export const readReviewDraft = (id: NoteId): ReviewDraft | null => readDraft(id, 'review', shape.nullable(), null)

/** A review that was begun: it cannot be closed empty, and is not lost by leaving it. */
export const useReviewDraft = (id: NoteId) => useDraft(id, 'review', shape, NO_REVIEW)

/** What is asked for and not there yet, in the order of the page. */
export function lackOf({
  text,
  cites,
  isNone,
  so,
  successor,
}: ReviewDraft): 'seen' | 'shown' | 'so' | 'successor' | null {
  if (text.trim() === '') return 'seen'
  if (!isNone && cites.length === 0) return 'shown'
  if (so === null) return 'so'
  return so === 'pivot' && successor.trim() === '' ? 'successor' : null
}
