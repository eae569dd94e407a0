import type { LexicalEditor } from 'lexical'
import type { NoteDetails } from '../../platform/notes.ts'
import { BlockHandle } from './blocks/BlockHandle.tsx'
import { Callouts } from './blocks/Callouts.tsx'
import { Drawings } from './drawings/Drawings.tsx'
import { SelectionToolbar } from './menus/SelectionToolbar.tsx'
import { SlashMenu } from './menus/SlashMenu.tsx'

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
      <Callouts editor={editor} isLive={isLive} />
      <SlashMenu editor={editor} />
      <SelectionToolbar editor={editor} />
      <BlockHandle editor={editor} note={note} isLive={isLive} />
    </>
  )
}
