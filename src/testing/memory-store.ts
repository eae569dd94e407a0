import * as Y from 'yjs'
import type { Disposer } from '../core/base/disposable.ts'
import { Emitter } from '../core/base/emitter.ts'
import type { NoteId } from '../core/base/ids.ts'
import { invariant } from '../core/base/invariant.ts'
import { STORE } from '../crdt/origins.ts'
import type {
  InboxEntry,
  Job,
  NoteHead,
  NoteStore,
  OpenNote,
  StoredAttachment,
  StoreFault,
  StoreHooks,
} from '../crdt/store.ts'
import { DamagedNote } from '../crdt/store.ts'

/** What outlives a MemoryStore, as a disk does: give it to the next one. */
export class MemoryDisk {
  readonly heads = new Map<NoteId, NoteHead>()
  readonly inbox = new Map<NoteId, Uint8Array[]>()
  readonly notes = new Map<NoteId, Uint8Array[]>()
  readonly vault: Uint8Array[] = []
  readonly attachments = new Map<string, StoredAttachment>()
  readonly jobs = new Map<string, Job>()
  journalMark = 0

  /** As it is now: what a crash, or the loss of what comes later, leaves. */
  copy(): MemoryDisk {
    const copy = new MemoryDisk()
    for (const [id, head] of this.heads) copy.heads.set(id, { ...head })
    for (const [id, rows] of this.inbox) copy.inbox.set(id, [...rows])
    for (const [id, rows] of this.notes) copy.notes.set(id, [...rows])
    copy.vault.push(...this.vault)
    for (const [path, attachment] of this.attachments) copy.attachments.set(path, attachment)
    for (const [key, job] of this.jobs) copy.jobs.set(key, structuredClone(job))
    copy.journalMark = this.journalMark
    return copy
  }
}

/**
 * `NoteStore` in memory, for tests of what stands above a store. `fail` makes writes wait, as a full
 * disk does in the real one, until `resume`.
 */
export class MemoryStore implements NoteStore {
  hooks?: StoreHooks | undefined
  readonly #disk: MemoryDisk
  readonly #open = new Map<NoteId, MemoryDatabase>()
  readonly #faults = new Emitter<StoreFault | null>()
  #vault: MemoryDatabase | null = null
  #failing: { readonly over: Promise<void>; readonly end: () => void } | null = null

  constructor(disk = new MemoryDisk()) {
    this.#disk = disk
  }

  fail(fault: StoreFault): void {
    let end = () => {}
    const over = new Promise<void>((resolve) => {
      end = resolve
    })
    this.#failing = { over, end }
    this.#faults.emit(fault)
  }

  resume(): void {
    this.#failing?.end()
    this.#failing = null
    this.#faults.emit(null)
  }

  async journalMark(): Promise<number> {
    return this.#disk.journalMark
  }

  async setJournalMark(mark: number): Promise<void> {
    await this.#failing?.over
    this.#disk.journalMark = mark
  }

  onFault(listener: (fault: StoreFault | null) => void): Disposer {
    return this.#faults.on(listener)
  }

  async heads(): Promise<NoteHead[]> {
    return structuredClone([...this.#disk.heads.values()])
  }

  async putHeads(heads: readonly NoteHead[]): Promise<void> {
    await this.#failing?.over
    for (const head of structuredClone(heads)) this.#disk.heads.set(head.id, head)
  }

  async appendInbox(entries: readonly InboxEntry[]): Promise<void> {
    for (const { id } of entries) invariant(!this.#open.has(id), 'an open note takes its updates through its doc')
    await this.#failing?.over
    this.hooks?.at('inbox-write')
    for (const { id, update, head } of structuredClone(entries)) {
      append(this.#disk.inbox, id, update)
      if (head) this.#disk.heads.set(id, head)
    }
    this.hooks?.at('inbox-written')
  }

  async load(id: NoteId): Promise<Uint8Array | null> {
    const open = this.#open.get(id)
    if (open) return Y.encodeStateAsUpdate(open.doc)
    const updates = this.#stored(id)
    return updates.length === 0 ? null : merged(updates)
  }

  async salvage(id: NoteId): Promise<Uint8Array[]> {
    return this.#stored(id).filter(isReadable)
  }

  async replace(id: NoteId, update: Uint8Array): Promise<void> {
    invariant(!this.#open.has(id), 'a note that is open is not replaced')
    await this.#failing?.over
    this.#disk.notes.set(id, [update.slice()])
    this.#disk.inbox.delete(id)
  }

  #stored(id: NoteId): Uint8Array[] {
    return [...(this.#disk.notes.get(id) ?? []), ...(this.#disk.inbox.get(id) ?? [])]
  }

  async open(id: NoteId, doc: Y.Doc): Promise<OpenNote> {
    invariant(!this.#open.has(id), 'a note is open once')
    if (!this.#stored(id).every(isReadable)) throw new DamagedNote('a row is no update')
    this.hooks?.at('move-read')
    const rows = this.#disk.inbox.get(id) ?? []
    const updates = this.#disk.notes.get(id) ?? []
    if (rows.length > 0) {
      this.hooks?.at('move-write')
      updates.push(...rows)
      this.#disk.notes.set(id, updates)
      this.hooks?.at('move-written')
      this.hooks?.at('move-delete')
      this.#disk.inbox.delete(id)
      this.hooks?.at('move-deleted')
    }
    this.#disk.notes.set(id, updates)
    const database = new MemoryDatabase(doc, updates, () => this.#failing?.over)
    this.#open.set(id, database)
    return {
      whenStored: () => database.whenStored(),
      close: async () => {
        await database.close()
        if (this.#open.get(id) === database) this.#open.delete(id)
      },
    }
  }

  async openVaultDoc(doc: Y.Doc, isAnew = false): Promise<OpenNote> {
    invariant(!this.#vault, 'the vault doc is open once')
    if (isAnew) this.#disk.vault.splice(0, Number.POSITIVE_INFINITY, Y.encodeStateAsUpdate(doc))
    else if (!this.#disk.vault.every(isReadable)) throw new DamagedNote('a row is no update')
    const database = new MemoryDatabase(doc, this.#disk.vault, () => this.#failing?.over)
    this.#vault = database
    return {
      whenStored: () => database.whenStored(),
      close: async () => {
        await database.close()
        this.#vault = null
      },
    }
  }

  async delete(id: NoteId): Promise<void> {
    invariant(!this.#open.has(id), 'a note is closed before it is deleted')
    this.#disk.notes.delete(id)
    this.#disk.inbox.delete(id)
    this.#disk.heads.delete(id)
  }

  async attachments(): Promise<StoredAttachment[]> {
    return [...this.#disk.attachments.values()]
  }

  async putAttachments(attachments: readonly StoredAttachment[]): Promise<void> {
    for (const attachment of attachments) this.#disk.attachments.set(attachment.path, { ...attachment })
  }

  async deleteAttachments(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.#disk.attachments.delete(path)
  }

  async jobs(): Promise<Job[]> {
    return structuredClone([...this.#disk.jobs.values()])
  }

  async putJob(job: Job): Promise<void> {
    this.#disk.jobs.set(job.key, structuredClone(job))
  }

  async deleteJob(key: string): Promise<void> {
    this.#disk.jobs.delete(key)
  }

  async close(): Promise<void> {
    const open = [...this.#open.values(), ...(this.#vault ? [this.#vault] : [])]
    this.#open.clear()
    this.#vault = null
    await Promise.all(open.map((database) => database.close()))
  }
}

class MemoryDatabase {
  readonly #updates: Uint8Array[]
  readonly #failing: () => Promise<void> | undefined
  #waiting: Uint8Array[] = []
  #writing: Promise<void> = Promise.resolve()

  constructor(
    readonly doc: Y.Doc,
    updates: Uint8Array[],
    failing: () => Promise<void> | undefined,
  ) {
    this.#updates = updates
    this.#failing = failing
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update, STORE)
    }, STORE)
    doc.on('update', this.#onUpdate)
  }

  readonly #onUpdate = (update: Uint8Array) => {
    this.#waiting.push(update.slice())
    this.#writing = this.#writing.then(async () => {
      await this.#failing()
      this.#updates.push(...this.#waiting)
      this.#waiting = []
    })
  }

  whenStored(): Promise<void> {
    return this.#writing
  }

  async close(): Promise<void> {
    this.doc.off('update', this.#onUpdate)
    await this.#writing
  }
}

function isReadable(update: Uint8Array): boolean {
  try {
    Y.encodeStateVectorFromUpdate(update)
    return true
  } catch {
    return false
  }
}

function merged(updates: Uint8Array[]): Uint8Array {
  try {
    return Y.mergeUpdates(updates)
  } catch {
    throw new DamagedNote('a row is no update')
  }
}

function append(map: Map<NoteId, Uint8Array[]>, id: NoteId, update: Uint8Array): void {
  const list = map.get(id)
  if (list) list.push(update)
  else map.set(id, [update])
}
