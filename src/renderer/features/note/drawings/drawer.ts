import type { LexicalEditor } from 'lexical'
import type { NoteId } from '../../../../core/base/ids.ts'
import type { Drawing } from '../../../../editor/extensions/drawings.ts'

export type DrawerProps = {
  readonly editor: LexicalEditor
  /** The note that the source stands in. */
  readonly noteId: NoteId
  readonly drawing: Drawing
}
