import type { NoteId } from '../../core/base/ids.ts'

/** What the text of an open note can do for a command of the window. */
export type WritingActs = {
  /** Asks for files by the system's dialog and puts them at the caret. */
  readonly insertFile: () => void
  /** A mark at the caret and its footnote. */
  readonly insertFootnote: () => void
  /** Shows where the link at the caret leads. */
  readonly previewLink: () => void
}

const byNote = new Map<NoteId, WritingActs>()

/** Offers them for as long as the note can be written in; the answer takes them back. */
export function offerWriting(id: NoteId, acts: WritingActs): () => void {
  byNote.set(id, acts)
  return () => {
    if (byNote.get(id) === acts) byNote.delete(id)
  }
}

export const writingOf = (id: NoteId | null): WritingActs | null => (id === null ? null : (byNote.get(id) ?? null))
