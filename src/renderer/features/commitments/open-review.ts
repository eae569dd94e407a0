import type { NoteId } from '../../../core/base/ids.ts'
import { openNote } from '../note-actions/index.ts'

/** A review is the commitment's own page with the questions beside it. */
export const openReview = (id: NoteId): void => openNote(id)
