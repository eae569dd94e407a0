import * as Y from 'yjs'
import { Emitter } from '../core/base/emitter.ts'
import type { NoteId } from '../core/base/ids.ts'
import type { NoteRow } from '../core/note/note.ts'
import type { NoteHead, NoteStore, OpenNote } from '../crdt/store.ts'
import { readFolders } from '../crdt/vault-doc.ts'
import { CallError } from '../ipc/rpc.ts'
import { Catalog } from './catalog.ts'
import { type Changed, Changes } from './changes.ts'
import { HeadWriter } from './head-writer.ts'

export type VaultStateParts = {
  readonly store: NoteStore
  readonly tell: (changed: Changed) => void
  /** Milliseconds since 1970; for `updated` and `created` only. */
  readonly now: () => number
}

/**
 * What the services share: the store, the vault doc, the catalog and the way in which a head changes. A
 * head that changes is in the catalog at once, on disk soon, and told to whoever lists notes.
 */
export class VaultState {
  readonly store: NoteStore
  readonly catalog = new Catalog()
  readonly vaultDoc = new Y.Doc()
  readonly heads: HeadWriter
  readonly changes: Changes
  readonly now: () => number
  /** Told of each head whose note may have changed. */
  readonly headSet = new Emitter<NoteHead>()
  /** Called with the notes whose path changed though they did not: their index rows are old. */
  onMoved: (ids: readonly NoteId[]) => void = () => {}
  #vault: OpenNote | null = null

  constructor({ store, tell, now }: VaultStateParts) {
    this.store = store
    this.heads = new HeadWriter(store, (id) => this.catalog.get(id))
    this.changes = new Changes(tell)
    this.now = now
  }

  /** Reads heads and the vault doc. Everything else may wait. */
  async open(): Promise<void> {
    const [heads, vault] = await Promise.all([this.store.heads(), this.store.openVaultDoc(this.vaultDoc)])
    this.#vault = vault
    this.catalog.setFolders(readFolders(this.vaultDoc))
    for (const head of heads) this.catalog.put(head)
    this.catalog.takeMoved()
    this.vaultDoc.on('update', () => {
      const moved = this.catalog.setFolders(readFolders(this.vaultDoc))
      this.changes.folders()
      this.changes.notes(moved)
      if (moved.length > 0) this.onMoved(moved)
    })
  }

  /** Settles when every change of the vault doc so far is durable. */
  async vaultStored(): Promise<void> {
    await this.#vault?.whenStored()
  }

  /** A head that is on disk already came with its update in one transaction. */
  setHead(head: NoteHead, isStored = false): void {
    this.catalog.put(head)
    if (!isStored) this.heads.put(head.id)
    this.changes.notes([head.id])
    this.headSet.emit(head)
  }

  /** A change of a head that nobody lists: what was indexed or exported. */
  setQuietly(head: NoteHead): void {
    this.catalog.put(head)
    this.heads.put(head.id)
  }

  /** After a run of `setHead`: notes that got another path because of it. */
  settlePaths(): void {
    const moved = this.catalog.takeMoved()
    if (moved.length === 0) return
    this.changes.notes(moved)
    this.onMoved(moved)
  }

  /** Fails with `not-found`; a purged note is not found either. */
  head(id: NoteId): NoteHead {
    const head = this.catalog.get(id)
    if (!head || head.state === 'purged') throw new CallError('not-found', 'There is no such note in this vault.')
    return head
  }

  row(id: NoteId): NoteRow {
    return this.catalog.row(this.head(id))
  }

  async close(): Promise<void> {
    this.changes.now()
    await this.heads.idle()
    await this.#vault?.close()
    await this.store.close()
  }
}
