import type { LexicalEditor } from 'lexical'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { Drawings } from './drawings/Drawings.tsx'
import { FindBar } from './find/FindBar.tsx'
import { Links } from './links/Links.tsx'
import { Modes } from './modes/Modes.tsx'
import { TableTools } from './tables/TableTools.tsx'

export type WritingProps = {
  readonly editor: LexicalEditor
  readonly note: NoteDetails
  /** False while the note is read-only, or still opening. */
  readonly isLive: boolean
  readonly onFollow: (target: FollowTarget, options: FollowOptions) => void
}

/** Everything that helps with writing and lies over the text or in it: one line a helper. */
export function Writing({ editor, note, isLive, onFollow }: WritingProps) {
  return (
    <>
      <Drawings editor={editor} noteId={note.id} />
      <FindBar editor={editor} id={note.id} isLive={isLive} />
      <Links editor={editor} note={note} onFollow={onFollow} />
      <Modes editor={editor} id={note.id} />
      <TableTools editor={editor} isLive={isLive} />
    </>
  )
}
