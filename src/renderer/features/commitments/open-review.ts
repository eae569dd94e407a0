import type { NoteId } from '../../../core/base/ids.ts'
import { startReview } from '../../state/review.ts'
import { openNote } from '../note-actions/index.ts'

/** A review is the commitment's own page with its questions beside it. */
export function openReview(id: NoteId): void {
  openNote(id)
  startReview(id)
}
