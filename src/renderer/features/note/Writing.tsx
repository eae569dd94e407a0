import type { LexicalEditor } from 'lexical'
import type { NoteDetails } from '../../platform/notes.ts'
import { Drawings } from './drawings/Drawings.tsx'
import { Losses } from './losses/Losses.tsx'

export type WritingProps = {
  readonly editor: LexicalEditor
  readonly note: NoteDetails
  /** False while the note is read-only, or still opening. */
  readonly isLive: boolean
}

/** Everything that helps with writing and lies over the text or in it: one line a helper. */
export function Writing({ editor, note, isLive }: WritingProps) {
  return (
    <>
      <Drawings editor={editor} noteId={note.id} />
      {isLive && <Losses editor={editor} noteId={note.id} />}
    </>
  )
}
