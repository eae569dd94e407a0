import type { LexicalEditor } from 'lexical'
import type { Disposer } from '../../../../core/base/disposable.ts'
import type { NoteId } from '../../../../core/base/ids.ts'

const editors = new Map<NoteId, LexicalEditor>()

/** Editors of the notes that are open in this window, for commands, which know notes only. */
export const editorOf = (id: NoteId): LexicalEditor | null => editors.get(id) ?? null

export function registerWritten(id: NoteId, editor: LexicalEditor): Disposer {
  editors.set(id, editor)
  return () => {
    if (editors.get(id) === editor) editors.delete(id)
  }
}
