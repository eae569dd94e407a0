import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { LOCAL } from '../../crdt/origins.ts'
import type {
  InboxEntry,
  Job,
  NoteHead,
  NoteStore,
  OpenNote,
  StoredAttachment,
  StoreFault,
  StoreHooks,
} from '../../crdt/store.ts'
import { DamagedNote } from '../../crdt/store.ts'
import { type JournalRecord, VAULT_KEY } from '../../ipc/journal-port.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Client } from '../../ipc/rpc.ts'
import { KeyedQueue } from '../keyed-queue.ts'
import { compareAll, type Difference } from './compare-all.ts'
import { applyReadable, isWhole, lacking, mergeReadable } from './doc-difference.ts'
import type { Journal } from './journal.ts'
import { JournalMark } from './journal-mark.ts'
import {
  attachmentGone,
  attachmentRecord,
  headRecord,
  isSameRecord,
  purgeRecord,
  updateRecord,
} from './journal-records.ts'
import { loadMended, mend } from './mend.ts'
import { OpenDocs } from './open-docs.ts'
import { openStore } from './open-store.ts'
import { type ReconcileParts, reconcile } from './reconcile.ts'
import { type Recovered, recover } from './recovery.ts'
import { NOTICE_OF_VAULT_DOC, notice, noticeOfAside } from './recovery-words.ts'
import { StoreHealth } from './store-health.ts'

/** Between attempts to open a store that cannot be opened, ms. */
const RETRY = 1_000

export type JournaledStoreParts = {
  readonly store: NoteStore
  readonly journal: Journal
  readonly keeper: Client<typeof keeperContract>
  /** Between attempts to open a store that cannot be opened, ms. */
  readonly retry?: number
}

/** Heads whose notes were put back after the lists had been read; attachments may have come with them. */
export type PutBack = { readonly heads: readonly NoteHead[] }

/**
 * A store with a second copy: everything that the store takes is handed to the journal as well, and at opening
 * the store is brought up to it (ARCHITECTURE, "Second copy"; SPEC.md, R1 to R10). Handing over costs the caller
 * no wait and cannot fail.
 */
export class JournaledStore implements NoteStore {
  readonly progress = new Emitter<{ readonly done: number; readonly total: number }>()
  /** A sentence for the person about what was put right. */
  readonly restored = new Emitter<string>()
  readonly putBack = new Emitter<PutBack>()
  readonly health: StoreHealth
  readonly #store: NoteStore
  readonly #journal: Journal
  readonly #keeper: Client<typeof keeperContract>
  readonly #retry: number
  /** Opening a note and putting something back into it wait for each other. */
  readonly #queue = new KeyedQueue()
  /** As stored. */
  #heads = new Map<NoteId, NoteHead>()
  readonly #docs: OpenDocs
  #ready: Promise<Recovered> | null = null
  /** Heads are not written to the journal until it is known that it holds what they speak of (R6). */
  #held: Set<NoteId> | null = new Set()
  /** `reconcile` has been through. */
  #isCompared = false
  readonly #deleted = new Set<NoteId>()
  readonly #mark: JournalMark

  constructor({ store, journal, keeper, retry = RETRY }: JournaledStoreParts) {
    this.#retry = retry
    this.#store = store
    this.#journal = journal
    this.#keeper = keeper
    this.health = new StoreHealth(store, journal)
    this.#docs = new OpenDocs({
      onUpdate: (key, update) => this.#append([updateRecord(key, update)]),
      durable: (stored) => this.#durable(stored),
    })
    this.#mark = new JournalMark({
      journal,
      isMarkable: () => this.#isMarkable(),
      allStored: () => this.#docs.allStored(),
      write: (mark) => store.setJournalMark(mark),
    })
  }

  set hooks(hooks: StoreHooks | undefined) {
    this.#store.hooks = hooks
  }

  get hooks(): StoreHooks | undefined {
    return this.#store.hooks
  }

  onFault(listener: (fault: StoreFault | null) => void): Disposer {
    return this.#store.onFault(listener)
  }

  /** Brings the store up to the journal, once; everything else waits for it. */
  #recovered(): Promise<Recovered> {
    this.#ready ??= this.#recover().catch((error: unknown) => {
      this.#ready = null
      throw error
    })
    return this.#ready
  }

  async #recover(): Promise<Recovered> {
    const isAnew = await openStore(this.#store, this.#keeper, this.#retry)
    const recovered = await recover({
      store: this.#store,
      journal: this.#journal,
      keeper: this.#keeper,
      progress: (done, total) => this.progress.emit({ done, total }),
    })
    this.#heads = recovered.heads
    const text = isAnew ? noticeOfAside(recovered.missing) : notice(recovered)
    if (text !== null) this.restored.emit(text)
    this.#mark.soon()
    return recovered
  }

  async heads(): Promise<NoteHead[]> {
    await this.#recovered()
    return [...this.#heads.values()]
  }

  async putHeads(heads: readonly NoteHead[], durability?: 'relaxed'): Promise<void> {
    await this.#recovered()
    await this.#store.putHeads(heads, durability)
    const records = heads.flatMap((head) => this.#headRecords(head))
    for (const head of heads) this.#heads.set(head.id, head)
    this.#append(records)
  }

  async appendInbox(entries: readonly InboxEntry[]): Promise<void> {
    await this.#recovered()
    await this.#store.appendInbox(entries)
    const records: JournalRecord[] = []
    for (const { id, update, head } of entries) {
      records.push(updateRecord(id, update))
      if (!head) continue
      records.push(...this.#headRecords(head))
      this.#heads.set(id, head)
    }
    this.#append(records)
    await this.health.orJournalFault(this.#journal.whenWritten())
  }

  /** Clean heads only: a dirty one says nothing that the updates before it do not say. Call before `#heads` has it. */
  #headRecords(head: NoteHead): JournalRecord[] {
    if (head.dirty) return []
    this.#held?.add(head.id)
    const former = this.#heads.get(head.id)
    // The index was told of a note: nothing that the journal keeps has changed.
    const isKnown = former && !former.dirty && isSameRecord(former, head)
    return this.#held || isKnown ? [] : [headRecord(head)]
  }

  async load(id: NoteId): Promise<Uint8Array | null> {
    await this.#recovered()
    const { update, mended } = await loadMended(this.#store, this.#keeper, id)
    if (mended) this.#tellMended()
    if (update ? isWhole(update) : !this.#isKnown(id)) return update
    return this.#queue.run(id, () => this.#loadLost(id))
  }

  /** The store lists the note and has nothing of it, or only its end: it lost files, now or before this run. */
  async #loadLost(id: NoteId): Promise<Uint8Array | null> {
    const own = await this.#store.load(id)
    if (this.#docs.get(id) || (own && isWhole(own))) return own
    const [read] = await this.#keeper.call('journalRead', { keys: [id] })
    const update = read ? lacking(own ? [own] : [], read.updates) : null
    if (!update) return own
    await this.#store.appendInbox([{ id, update }])
    this.#tellMended()
    return own ? mergeReadable([own, update]) : update
  }

  #isKnown(id: NoteId): boolean {
    const head = this.#heads.get(id)
    return head !== undefined && head.state !== 'purged'
  }

  salvage(id: NoteId): Promise<Uint8Array[]> {
    return this.#store.salvage(id)
  }

  async replace(id: NoteId, update: Uint8Array): Promise<void> {
    await this.#recovered()
    await this.#store.replace(id, update)
    this.#append([updateRecord(id, update)])
  }

  async open(id: NoteId, doc: Y.Doc): Promise<OpenNote> {
    await this.#recovered()
    return this.#queue.run(id, async () => {
      const stored = await this.#openMended(id, doc)
      const isShort = doc.store.pendingStructs !== null || doc.store.clients.size === 0
      if (isShort && this.#isKnown(id)) {
        const [read] = await this.#keeper.call('journalRead', { keys: [id] })
        if (read && lacking([Y.encodeStateAsUpdate(doc)], read.updates)) {
          applyReadable(doc, read.updates, LOCAL)
          this.#tellMended()
        }
      }
      return this.#docs.add(id, doc, stored)
    })
  }

  async #openMended(id: NoteId, doc: Y.Doc): Promise<OpenNote> {
    try {
      return await this.#store.open(id, doc)
    } catch (error) {
      if (!(error instanceof DamagedNote)) throw error
      await mend(this.#store, this.#keeper, id)
      this.#tellMended()
      return this.#store.open(id, doc)
    }
  }

  async openVaultDoc(doc: Y.Doc): Promise<OpenNote> {
    const { vaultUpdates } = await this.#recovered()
    let updates = vaultUpdates
    const stored = await this.#store.openVaultDoc(doc).catch(async (error: unknown) => {
      if (!(error instanceof DamagedNote)) throw error
      updates = (await this.#keeper.call('journalRead', { keys: [VAULT_KEY] }))[0]?.updates ?? []
      if (!mergeReadable(updates)) throw error
      const anew = await this.#store.openVaultDoc(doc, true)
      this.restored.emit(NOTICE_OF_VAULT_DOC)
      return anew
    })
    if (updates.length === 0 && doc.store.clients.size === 0) {
      updates = (await this.#keeper.call('journalRead', { keys: [VAULT_KEY] }))[0]?.updates ?? []
    }
    applyReadable(doc, updates, LOCAL)
    return this.#docs.add(VAULT_KEY, doc, stored)
  }

  #append(records: readonly JournalRecord[]): void {
    if (records.length === 0) return
    this.#journal.append(records)
    this.#mark.soon()
  }

  /** In both, so that the loss of either loses nothing; in one, on the disk, while the other fails (S1, S5). */
  #durable(stored: () => Promise<void>): Promise<void> {
    const count = this.#journal.count
    return new Promise((resolve, reject) => {
      const stop = this.health.whileFailing(() => void this.#journal.whenSynced(count).then(resolve, reject))
      stored()
        .then(() => this.health.orJournalFault(this.#journal.whenWritten(count)))
        .then(resolve, reject)
        .finally(stop)
    })
  }

  async delete(id: NoteId): Promise<void> {
    await this.#recovered()
    // In turn with `reconcile`, which would write down again what it read before.
    await this.#queue.run(id, () =>
      this.#docs.work(async () => {
        this.#append([purgeRecord(id)])
        await this.health.orJournalFault(this.#journal.whenWritten())
        await this.#store.delete(id)
        this.#heads.delete(id)
        this.#held?.delete(id)
        this.#deleted.add(id)
      }),
    )
  }

  attachments(): Promise<StoredAttachment[]> {
    return this.#recovered().then(() => this.#store.attachments())
  }

  async putAttachments(attachments: readonly StoredAttachment[]): Promise<void> {
    await this.#recovered()
    await this.#store.putAttachments(attachments)
    this.#append(attachments.map(attachmentRecord))
  }

  async deleteAttachments(paths: readonly string[]): Promise<void> {
    await this.#recovered()
    await this.#store.deleteAttachments(paths)
    this.#append(paths.map(attachmentGone))
  }

  jobs(): Promise<Job[]> {
    return this.#recovered().then(() => this.#store.jobs())
  }

  putJob(job: Job): Promise<void> {
    return this.#recovered().then(() => this.#store.putJob(job))
  }

  deleteJob(key: string): Promise<void> {
    return this.#recovered().then(() => this.#store.deleteJob(key))
  }

  journalMark(): Promise<number> {
    return this.#store.journalMark()
  }

  setJournalMark(mark: number): Promise<void> {
    return this.#store.setJournalMark(mark)
  }

  /** Writes down how far the store has come (P10). Waits for it, so it stays open while the disk fails. */
  mark(): Promise<void> {
    return this.#mark.now()
  }

  /** False where a mark would say too much. */
  async #isMarkable(): Promise<boolean> {
    // The recovery of the vault doc is in the store only when that is open.
    if (!this.#ready || !this.#docs.vault) return false
    return !(await this.#ready).isPartial || this.#isCompared
  }

  /**
   * Merges store and journal both ways where their heads differ, or everywhere (R6). Behind the start; may be cut
   * off anywhere.
   */
  async reconcile(everything = false): Promise<void> {
    await this.#recovered()
    await this.#journal.opened
    const parts: ReconcileParts = {
      store: this.#store,
      journal: this.#journal,
      keeper: this.#keeper,
      heads: this.#heads,
      vaultDoc: this.#docs.vault,
      opened: (id) => this.#docs.get(id),
      isGone: (id) => this.#deleted.has(id),
      run: (id, task) => this.#queue.run(id, () => this.#docs.work(task)),
      releaseHeads: (isOther) => {
        const held = this.#held ?? new Set<NoteId>()
        this.#held = null
        const clean = [...held].filter((id) => !isOther(id)).flatMap((id) => this.#heads.get(id) ?? [])
        this.#append(clean.filter(({ dirty }) => !dirty).map(headRecord))
      },
      putBack: (heads) => this.putBack.emit({ heads }),
    }
    const found = await reconcile(parts, everything)
    this.#isCompared = true
    this.#mark.soon()
    const text = notice({ ...found, wasEmpty: false, isLoss: found.missing + found.changed > 0 })
    if (text !== null) this.restored.emit(text)
  }

  /** Notes of which store and journal do not hold the same; changes nothing. */
  async compare(progress: (done: number, total: number) => void): Promise<Difference[]> {
    await this.#recovered()
    await this.#journal.opened
    return compareAll({
      store: this.#store,
      keeper: this.#keeper,
      ids: [...this.#heads.values()].flatMap(({ id, state }) => (state === 'purged' ? [] : [id])),
      opened: (id) => this.#docs.get(id),
      written: () => this.health.orJournalFault(this.#journal.whenWritten()),
      progress,
    })
  }

  /** Gives a closed note that cannot be read back what is left of it and what the journal has; false for nothing. */
  async repair(id: NoteId): Promise<boolean> {
    await this.#recovered()
    return this.#queue.run(id, async () => {
      if (this.#docs.get(id)) return true
      try {
        await mend(this.#store, this.#keeper, id)
        return true
      } catch (error) {
        if (error instanceof DamagedNote) return false
        throw error
      }
    })
  }

  #tellMended(): void {
    const text = notice({ missing: 0, changed: 1, wasEmpty: false, isLoss: true })
    if (text !== null) this.restored.emit(text)
  }

  async close(): Promise<void> {
    if (this.#docs.vault) await this.health.orFailing(this.mark())
    this.#mark.end()
    await this.#store.close()
    this.health.end()
  }
}
