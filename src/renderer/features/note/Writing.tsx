import type { LexicalEditor } from 'lexical'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { Acts } from './Acts.tsx'
import { BlockHandle } from './blocks/BlockHandle.tsx'
import { Callouts } from './blocks/Callouts.tsx'
import { Drawings } from './drawings/Drawings.tsx'
import { FindBar } from './find/FindBar.tsx'
import { Footnotes } from './footnotes/Footnotes.tsx'
import { Links } from './links/Links.tsx'
import { makeNoteFromSelection } from './links/make-note.ts'
import { Losses } from './losses/Losses.tsx'
import { SelectionToolbar } from './menus/SelectionToolbar.tsx'
import { SlashMenu } from './menus/SlashMenu.tsx'
import { Modes } from './modes/Modes.tsx'
import { TableTools } from './tables/TableTools.tsx'
import { WORDS } from './words.ts'

export type WritingProps = {
  readonly editor: LexicalEditor
  readonly note: NoteDetails
  /** False while the note is read-only, or still opening. */
  readonly isLive: boolean
  readonly onFollow: (target: FollowTarget, options: FollowOptions) => void
}

/** Everything that helps with writing and lies over the text or in it: one line a helper. */
export function Writing({ editor, note, isLive, onFollow }: WritingProps) {
  const makeExample = {
    label: WORDS.makeExample,
    kind: 'example',
    run: () => makeNoteFromSelection(editor, note.id, 'example'),
  } as const
  return (
    <>
      <Drawings editor={editor} noteId={note.id} />
      <Footnotes editor={editor} noteId={note.id} />
      <Acts editor={editor} noteId={note.id} isLive={isLive} />
      <Callouts editor={editor} isLive={isLive} />
      <FindBar editor={editor} id={note.id} isLive={isLive} />
      <Links editor={editor} note={note} onFollow={onFollow} />
      <Modes editor={editor} id={note.id} />
      <SlashMenu editor={editor} />
      <SelectionToolbar editor={editor} actions={[makeExample]} />
      <BlockHandle editor={editor} note={note} isLive={isLive} />
      <TableTools editor={editor} isLive={isLive} />
      {isLive && <Losses editor={editor} noteId={note.id} />}
    </>
  )
}
