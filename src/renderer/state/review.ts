import { create } from 'zustand'
import type { NoteId } from '../../core/base/ids.ts'

/** What a review may end in. */
export const ENDINGS = ['proceed', 'kept', 'pivot', 'parked', 'dropped'] as const
export type Ending = (typeof ENDINGS)[number]

type Reviews = {
  /** Commitments whose page asks for a review now, by note: each tab keeps what it shows. */
  readonly open: Readonly<Record<string, { readonly so: Ending | null }>>
}

export const useReviews = create<Reviews>(() => ({ open: {} }))

/** The page of the commitment becomes its review. `so`: what it is to end in, where that was chosen already. */
export const startReview = (id: NoteId, so: Ending | null = null): void =>
  useReviews.setState(({ open }) => ({ open: { ...open, [id]: { so } } }))

export function leaveReview(id: NoteId): void {
  useReviews.setState(({ open }) => {
    const { [id]: _left, ...rest } = open
    return { open: rest }
  })
}
