import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import { isId, type NoteId, noteId, type VaultId } from '../../core/base/ids.ts'
import { docHash, vaultDocHash } from '../../crdt/doc-hash.ts'
import { SCHEMA } from '../../crdt/note-doc.ts'
import type { InboxEntry, NoteHead } from '../../crdt/store.ts'
import { wholeDiff } from '../../crdt/sync/check.ts'
import { HeadTree } from '../../crdt/sync/head-tree.ts'
import type { Changed, Given, Hash32, Received, SyncStore } from '../../crdt/sync/port.ts'
import { readVault } from '../../crdt/vault-doc.ts'
import type { ConvertPool } from '../convert/pool.ts'
import { headOf } from '../convert/read-note.ts'
import type { ReceiveResult, ReceiveTask } from '../convert/receive-updates.ts'
import type { VersionKeeper } from '../history/keep-versions.ts'
import type { IndexSync } from '../index-sync.ts'
import type { KeyedQueue } from '../keyed-queue.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { Trash } from '../services/trash.ts'
import { isWhole } from '../store/doc-difference.ts'
import type { VaultState } from '../vault-state.ts'
import { Batch } from './batch.ts'
import { VaultCarets } from './carets.ts'

/** The vault doc among the docs of notes, whose ids are longer. */
export const VAULT_DOC = 'vault'
/** Notes in a transaction of the store. */
const TRANSACTION = 500
/** Checks that are handed to the pool together. */
const CHECKS = 128
/** How often an update is checked against a doc that is being edited, before it is tried as it is. */
const TRIES = 3
/** A peer that gives up more than this part of the living notes, and more than so many, has to be asked about. */
const MANY_PURGED = 0.5
const SOME_PURGED = 10

type Refused = Extract<Received, { readonly status: 'refused' | 'failed' }>

export type VaultSyncParts = {
  readonly vaultId: VaultId
  readonly state: VaultState
  readonly open: OpenNotes
  /** One task of a note at a time, whoever it is for. */
  readonly queue: KeyedQueue
  /** Where what peers send is tried; ended when it takes too long. */
  readonly pool: ConvertPool
  readonly index: IndexSync
  readonly trash: Trash
  readonly versions: VersionKeeper
}

/**
 * The vault worker's docs as a replica (crdt/sync/SPEC.md; rules Z… in SPEC.md of this folder): hashes from the heads,
 * open notes live, the rest through the inbox, 500 in a transaction, the index behind them.
 */
export class VaultSyncStore implements SyncStore {
  readonly vault: string
  readonly schema = SCHEMA
  readonly vaultDoc = VAULT_DOC
  readonly tree = new HeadTree()
  readonly #parts: VaultSyncParts
  readonly #changed = new Emitter<Changed>()
  readonly #settled = new Emitter<string>()
  readonly #opened = new Emitter<void>()
  readonly #unsettled = new Set<string>()
  readonly #stops: Disposer[] = []
  readonly #checks: Batch<ReceiveTask, ReceiveResult | Refused>
  readonly #writes: Batch<InboxEntry, null>
  /** Notes of which a version was kept before this session changed them. */
  readonly #kept = new WeakMap<object, Set<NoteId>>()
  readonly #carets: VaultCarets
  #openIds: readonly NoteId[] = []
  readonly #updates = new WeakMap<Y.Doc, number>()
  #pathsLater = false
  #purged: ReadonlySet<string> = new Set()
  /** A peer's vault doc would give up this many of the living notes: nothing of it is taken before the person agrees. */
  readonly heldBack = new Emitter<{ readonly purged: number; readonly living: number }>()
  /** The person's word to what `heldBack` told; `SyncSession.retry` then takes it. */
  mayPurgeMany = false

  constructor(parts: VaultSyncParts) {
    this.#parts = parts
    const { vaultId, state, open, pool } = parts
    this.vault = vaultId
    this.#carets = new VaultCarets((id) => open.get(id)?.awareness)
    this.#checks = new Batch(CHECKS, async (tasks) => {
      const outcomes = await pool.run(tasks)
      return outcomes.map((outcome): ReceiveResult | Refused => {
        if (outcome.ok) return outcome.value
        // Ended for its time is the update's fault; a worker that cannot start or dies may be this computer's.
        return outcome.error === 'timed-out' ? { status: 'refused', code: 'slow' } : { status: 'failed' }
      })
    })
    this.#writes = new Batch(TRANSACTION, async (entries) => {
      await state.store.appendInbox(entries)
      return entries.map(() => null)
    })
    for (const id of open.ids()) {
      const opened = open.get(id)
      if (opened) this.noteOpened(id, opened.doc, opened.awareness)
      if (open.isStale(id)) this.#unsettled.add(id)
    }
    for (const head of state.catalog.heads()) this.#follow(head)
    this.#stops.push(state.headSet.on((head) => this.#follow(head)))
    state.vaultDoc.on('update', this.#onVault)
    this.#stops.push(() => state.vaultDoc.off('update', this.#onVault))
    this.#readVault()
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  get unsettledCount(): number {
    return this.#unsettled.size
  }

  unsettled(id: string): boolean {
    return this.#unsettled.has(id)
  }

  onSettled(listener: (id: string) => void): Disposer {
    return this.#settled.on(listener)
  }

  onChanged(listener: (changed: Changed) => void): Disposer {
    return this.#changed.on(listener)
  }

  onOpen(listener: () => void): Disposer {
    return this.#opened.on(listener)
  }

  onAwareness(listener: (change: { id: string; update: Uint8Array; origin: unknown }) => void): Disposer {
    return this.#carets.onMoved(listener)
  }

  openIds(): readonly string[] {
    return this.#openIds
  }

  accepts(id: string): 'yes' | 'gone' | 'never' {
    if (id === VAULT_DOC) return 'yes'
    if (!isId(id)) return 'never'
    const isGone = this.#purged.has(id) || this.#parts.state.catalog.get(noteId(id))?.state === 'purged'
    return isGone ? 'gone' : 'yes'
  }

  async stateVector(id: string): Promise<Uint8Array | null> {
    const doc = this.#docOf(id)
    if (doc) return Y.encodeStateVector(doc)
    const stored = await this.#parts.state.store.load(noteId(id))
    return stored && Y.encodeStateVectorFromUpdate(stored)
  }

  async give(id: string, vector: Uint8Array | null): Promise<Given | null> {
    if (this.accepts(id) !== 'yes') return null
    if (id === VAULT_DOC) return given(this.#parts.state.vaultDoc, vector, vaultDocHash)
    const { queue, open, state } = this.#parts
    return queue.run(noteId(id), async () => {
      const opened = open.get(noteId(id))
      if (opened) return given(opened.doc, vector, docHash)
      const head = state.catalog.get(noteId(id))
      const stored = head ? await state.store.load(head.id) : null
      if (!head || !stored) return null
      const update = !isWhole(stored) ? wholeDiff(stored, vector) : vector ? Y.diffUpdate(stored, vector) : stored
      return { update, hash: head.dirty ? hashOfState(stored) : head.docHash }
    })
  }

  receive(id: string, updates: readonly Uint8Array[], origin: object, updated?: number): Promise<Received> {
    const { queue, open } = this.#parts
    if (id === VAULT_DOC) return queue.run(VAULT_DOC, () => this.#receiveVault(updates, origin))
    return queue.run(noteId(id), async () => {
      if (this.accepts(id) !== 'yes') return { status: 'gone' }
      return open.isOpen(noteId(id))
        ? this.#receiveOpen(noteId(id), updates, origin)
        : this.#receiveClosed(noteId(id), updates, origin, updated)
    })
  }

  async hashOf(id: string, update: Uint8Array): Promise<Hash32 | null> {
    const of = id === VAULT_DOC ? 'vault' : 'note'
    const result = await this.#checks.add({ kind: 'receive', of, state: null, updates: [update] })
    return 'ok' in result && result.ok ? result.hash : null
  }

  awareness(id: string): Uint8Array | null {
    return this.#carets.of(noteId(id))
  }

  receiveAwareness(id: string, update: Uint8Array, origin: object): void {
    this.#carets.receive(noteId(id), update, origin)
  }

  dropAwareness(origin: object): void {
    this.#carets.drop(origin)
  }

  /** A hook of open notes: the doc has been read, and nobody has written to it. */
  noteOpened(id: NoteId, doc: Y.Doc, awareness: Awareness): void {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.#updates.set(doc, (this.#updates.get(doc) ?? 0) + 1)
      this.#unsettled.add(id)
      this.#changed.emit({ id, update, origin })
    })
    this.#carets.opened(id, awareness)
    this.#openIds = [...this.#openIds.filter((each) => each !== id), id]
    this.#opened.emit()
  }

  noteClosed(id: NoteId): void {
    this.#openIds = this.#openIds.filter((each) => each !== id)
    this.#carets.closed(id)
    this.#opened.emit()
  }

  #docOf(id: string): Y.Doc | undefined {
    return id === VAULT_DOC ? this.#parts.state.vaultDoc : this.#parts.open.get(noteId(id))?.doc
  }

  /** Tried against the doc as it is; again where somebody typed meanwhile. */
  async #check(
    of: 'note' | 'vault',
    doc: Y.Doc,
    updates: readonly Uint8Array[],
  ): Promise<Extract<ReceiveResult, { readonly ok: true }> | Refused> {
    for (let tries = 1; ; tries++) {
      const before = this.#updates.get(doc) ?? 0
      const result = await this.#checks.add({ kind: 'receive', of, state: Y.encodeStateAsUpdate(doc), updates })
      if (!('ok' in result)) return result
      if (!result.ok) return { status: 'refused', code: result.code }
      if (tries === TRIES || before === (this.#updates.get(doc) ?? 0)) return result
    }
  }

  async #receiveOpen(id: NoteId, updates: readonly Uint8Array[], origin: object): Promise<Received> {
    const opened = this.#parts.open.get(id)
    if (!opened) return { status: 'failed' }
    const { doc } = opened
    const result = await this.#check('note', doc, updates)
    if (!('ok' in result)) return result
    if (result.changed) {
      for (const update of updates) Y.applyUpdate(doc, update, origin)
      await opened.whenStored()
    }
    return { status: 'applied', hash: docHash(doc), changed: result.changed, newer: result.newer }
  }

  async #receiveClosed(
    id: NoteId,
    updates: readonly Uint8Array[],
    origin: object,
    updated: number | undefined,
  ): Promise<Received> {
    const { state, index } = this.#parts
    const head = state.catalog.get(id)
    const stored = head ? await state.store.load(id) : null
    const result = await this.#checks.add({ kind: 'receive', of: 'note', state: stored, updates })
    if (!('ok' in result)) return result
    if (!result.ok) return { status: 'refused', code: result.code }
    const { note, hash, changed, newer, update } = result
    if (changed && note) {
      if (stored) await this.#keepBefore(id, stored, origin)
      const when = updated ? updated * 1000 : state.now()
      const next = headOf(id, note, { ...(state.catalog.get(id) ?? NEW_HEAD), dirty: false, updated: when })
      await this.#writes.add({ id, update, head: next })
      state.setHead(next, true)
      this.#settlePaths()
      index.accept(id, note)
      await index.feed.room()
    }
    return { status: 'applied', hash, changed, newer }
  }

  async #receiveVault(updates: readonly Uint8Array[], origin: object): Promise<Received> {
    const { state, trash } = this.#parts
    const result = await this.#check('vault', state.vaultDoc, updates)
    if (!('ok' in result)) return result
    if (result.changed) {
      if (this.#isTooMuch(result.purged)) return { status: 'refused', code: 'holds-back' }
      this.mayPurgeMany = false
      for (const update of updates) Y.applyUpdate(state.vaultDoc, update, origin)
      await state.vaultStored()
      // What it gave up goes behind: nothing of it is offered or taken from here on.
      void trash.follow().catch(() => {})
    }
    return { status: 'applied', hash: vaultDocHash(state.vaultDoc), changed: result.changed, newer: false }
  }

  #isTooMuch(purged: readonly string[]): boolean {
    const { catalog } = this.#parts.state
    const lost = purged.filter((id) => catalog.get(noteId(id))?.state === 'live').length
    let living = 0
    for (const head of catalog.heads()) if (head.state === 'live') living++
    if (this.mayPurgeMany || lost <= SOME_PURGED || lost <= living * MANY_PURGED) return false
    this.heldBack.emit({ purged: lost, living })
    return true
  }

  /** Once a note and session: what was here before somebody who was away comes back. */
  async #keepBefore(id: NoteId, stored: Uint8Array, origin: object): Promise<void> {
    const kept = this.#kept.get(origin) ?? new Set()
    this.#kept.set(origin, kept)
    if (kept.has(id)) return
    kept.add(id)
    // Without the keeper there is no history, and the note is none the less the same.
    await this.#parts.versions.keep(id, stored, { reason: 'session' }).catch(() => {})
  }

  /** A head that changed: of a note that is being edited its hash says nothing yet. */
  #follow(head: NoteHead): void {
    const { open } = this.#parts
    const { id } = head
    if (head.state === 'purged') this.tree.delete(id)
    else if (open.isStale(id) || (head.dirty && !open.isOpen(id) && !open.isOpening(id))) return
    else this.tree.put(id, head.docHash, Math.floor(head.updated / 1000))
    if (this.#unsettled.delete(id)) this.#settled.emit(id)
  }

  readonly #onVault = (update: Uint8Array, origin: unknown): void => {
    const { vaultDoc } = this.#parts.state
    this.#updates.set(vaultDoc, (this.#updates.get(vaultDoc) ?? 0) + 1)
    const isFirst = !this.#unsettled.has(VAULT_DOC)
    this.#unsettled.add(VAULT_DOC)
    this.#changed.emit({ id: VAULT_DOC, update, origin })
    // An import makes thousands of folders in one turn.
    if (isFirst) queueMicrotask(() => this.#readVault())
  }

  #readVault(): void {
    const { vaultDoc, now } = this.#parts.state
    this.#purged = new Set(readVault(vaultDoc).purged.keys())
    this.tree.put(VAULT_DOC, vaultDocHash(vaultDoc), Math.floor(now() / 1000))
    if (this.#unsettled.delete(VAULT_DOC)) this.#settled.emit(VAULT_DOC)
  }

  #settlePaths(): void {
    if (this.#pathsLater) return
    this.#pathsLater = true
    queueMicrotask(() => {
      this.#pathsLater = false
      this.#parts.state.settlePaths()
    })
  }
}

const NEW_HEAD = {
  indexedHash: '',
  exportHash: '',
  dirty: false,
  updated: 0,
  importPath: '',
  sourceHash: '',
}

function given(doc: Y.Doc, vector: Uint8Array | null, hashOf: (doc: Y.Doc) => Hash32): Given {
  const waits = doc.store.pendingStructs || doc.store.pendingDs
  const update = waits ? wholeDiff(Y.encodeStateAsUpdate(doc), vector) : Y.encodeStateAsUpdate(doc, vector ?? undefined)
  return { update, hash: hashOf(doc) }
}

function hashOfState(state: Uint8Array): Hash32 {
  const doc = new Y.Doc({ guid: '' })
  Y.applyUpdate(doc, state)
  const hash = docHash(doc)
  doc.destroy()
  return hash
}
