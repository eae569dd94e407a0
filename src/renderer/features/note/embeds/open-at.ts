import type { NoteId } from '../../../../core/base/ids.ts'
import { requestHeading } from '../../../state/note-facts.ts'
import type { OpenOptions } from '../../../state/tabs.ts'
import { openNote } from '../../note-actions/index.ts'

/** Opens a note where a passage of it is written; '' is its beginning. The note answers when its text is there. */
export function openAt(id: NoteId, anchor: string, options: OpenOptions): void {
  if (anchor !== '') requestHeading(id, anchor)
  openNote(id, options)
}
