import * as Y from 'yjs'
import type { NoteId } from '../core/base/ids.ts'
import { SCHEMA, schemaOf } from '../crdt/note-doc.ts'
import { CallError } from '../ipc/rpc.ts'
import { headOf, type NoteState, readState } from './convert/read-note.ts'
import type { KeyedQueue } from './keyed-queue.ts'
import type { OpenNotes } from './open-notes.ts'
import type { VaultState } from './vault-state.ts'

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly queue: KeyedQueue
  readonly onState: (id: NoteId, state: NoteState) => void
  /** Before an edit of a note that nobody has open: its state, and the docHash of that. Waited for. */
  readonly beforeEdit?: (id: NoteId, stored: Uint8Array, docHash: string) => Promise<void> | undefined
  /** Watches the doc of a note that nobody has open, while it is edited. */
  readonly guard?: (doc: Y.Doc) => void
}

/**
 * Edits by the program: rename, move, append. An open note changes in its one doc, so that windows see it
 * at once; the update of a closed note goes to the inbox together with its head, all or none (S4).
 */
export class EditNotes {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * Runs `change` on the note's doc, durable when settled. `change` opens its own transactions and must be
   * synchronous. Fails with `not-found`, or `newer` where the doc was written by a newer version.
   */
  edit<T>(id: NoteId, change: (doc: Y.Doc) => T): Promise<T> {
    const { queue, state, open } = this.#parts
    return queue.run(id, async () => {
      state.head(id)
      const opened = open.get(id)
      if (opened) {
        refuseNewer(opened.doc)
        const result = change(opened.doc)
        open.refresh(id)
        await opened.whenStored()
        return result
      }
      const stored = await state.store.load(id)
      if (!stored) throw new CallError('not-found', 'This note has no text in the store.')
      const { docHash, dirty } = state.head(id)
      if (!dirty) await this.#parts.beforeEdit?.(id, stored, docHash)
      const doc = new Y.Doc()
      Y.applyUpdate(doc, stored)
      refuseNewer(doc)
      const updates: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => updates.push(update))
      this.#parts.guard?.(doc)
      const result = change(doc)
      if (updates.length > 0) {
        const after = readState(doc)
        const next = headOf(id, after, { ...state.head(id), dirty: false, updated: state.now() })
        await state.store.appendInbox([{ id, update: Y.mergeUpdates(updates), head: next }])
        state.setHead(next, true)
        state.settlePaths()
        this.#parts.onState(id, after)
      }
      doc.destroy()
      return result
    })
  }

  /** The note's doc as it is, for reading. Not kept after `read`. */
  async read<T>(id: NoteId, read: (doc: Y.Doc) => T): Promise<T> {
    const { state, open } = this.#parts
    state.head(id)
    const opened = await open.whenOpen(id)
    if (opened) return read(opened)
    const stored = await state.store.load(id)
    if (!stored) throw new CallError('not-found', 'This note has no text in the store.')
    const doc = new Y.Doc()
    Y.applyUpdate(doc, stored)
    const result = read(doc)
    doc.destroy()
    return result
  }

  /** Everything of a note as one update. */
  async stateOf(id: NoteId): Promise<Uint8Array> {
    const opened = this.#parts.open.get(id)
    const stored = opened ? Y.encodeStateAsUpdate(opened.doc) : await this.#parts.state.store.load(id)
    if (!stored) throw new CallError('not-found', 'This note has no text in the store.')
    return stored
  }
}

function refuseNewer(doc: Y.Doc): void {
  if (schemaOf(doc) <= SCHEMA) return
  throw new CallError('newer', 'This note was written by a newer version of Throughline and can only be read here.')
}
