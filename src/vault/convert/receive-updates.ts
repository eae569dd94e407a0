import * as Y from 'yjs'
import { docHash, vaultDocHash } from '../../crdt/doc-hash.ts'
import { rootOf, SCHEMA, schemaOf } from '../../crdt/note-doc.ts'
import { checkUpdates } from '../../crdt/sync/check.ts'
import type { SyncRefusal } from '../../crdt/sync/port.ts'
import { readVault } from '../../crdt/vault-doc.ts'
import { holdsForeign } from '../../editor/session/foreign.ts'
import { type NoteState, readState } from './read-note.ts'

/** What a peer sends, tried on a scratch (crdt/sync/SPEC.md, Y10). `state` null: the note is new here. */
export type ReceiveTask = {
  readonly kind: 'receive'
  readonly of: 'note' | 'vault'
  readonly state: Uint8Array | null
  readonly updates: readonly Uint8Array[]
}
export type ReceiveResult =
  | {
      readonly ok: true
      readonly changed: boolean
      /** docHash, or the vault doc's. */
      readonly hash: string
      readonly newer: boolean
      /** What it adds, written anew by our own Yjs: what is stored can be merged whatever the peer's bytes were. */
      readonly update: Uint8Array
      /** Of a note. */
      readonly note: NoteState | null
      /** Of a vault doc: ids that are given up for good. */
      readonly purged: readonly string[]
    }
  | { readonly ok: false; readonly code: SyncRefusal }

export function receiveUpdates({ of, state, updates }: ReceiveTask): ReceiveResult {
  const checked = checkUpdates(state, updates)
  if (!checked.ok) return checked
  const { doc, changed } = checked
  const update = changed ? addedTo(state, doc) : new Uint8Array()
  if (of === 'vault') {
    const purged = [...readVault(doc).purged.keys()]
    return { ok: true, changed, hash: vaultDocHash(doc), newer: false, update, note: null, purged }
  }
  const schema = schemaOf(doc)
  if (schema === 0) return { ok: false, code: 'unseeded' }
  const newer = schema > SCHEMA
  // A newer version may hold what this one does not know; the binding of this one opens it read-only.
  const brings = !newer && holdsForeign(rootOf(doc)) && !(state && heldForeign(state))
  if (brings) return { ok: false, code: 'foreign' }
  return { ok: true, changed, hash: docHash(doc), newer, update, note: readState(doc), purged: [] }
}

const addedTo = (state: Uint8Array | null, doc: Y.Doc): Uint8Array =>
  state ? Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(state)) : Y.encodeStateAsUpdate(doc)

function heldForeign(state: Uint8Array): boolean {
  const doc = new Y.Doc({ guid: '' })
  Y.applyUpdate(doc, state)
  const holds = holdsForeign(rootOf(doc))
  doc.destroy()
  return holds
}
