import type { NoteId } from '../../core/base/ids.ts'
import type { NoteHead } from '../../crdt/store.ts'
import { headOf, readNote } from '../convert/read-note.ts'

/** A head for a note of which only the doc was found. Dirty: the start computes it again, and the index with it. */
export const headFromState = (id: NoteId, update: Uint8Array): NoteHead =>
  headOf(id, readNote(update), {
    indexedHash: '',
    exportHash: '',
    dirty: true,
    updated: 0,
    importPath: '',
    sourceHash: '',
  })

/** A head that says no more than that the note was purged, so that no import gives its id away again. */
export const purgedHead = (id: NoteId): NoteHead => ({
  id,
  docHash: '',
  indexedHash: '',
  exportHash: '',
  state: 'purged',
  dirty: false,
  updated: 0,
  importPath: '',
  sourceHash: '',
  title: '',
  shownTitle: '',
  kind: 'note',
  folderId: null,
  file: '',
  created: '',
  aliases: [],
  formerTitles: [],
  tags: [],
})
