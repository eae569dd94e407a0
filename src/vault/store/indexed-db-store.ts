import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { invariant } from '../../core/base/invariant.ts'
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
import type { DocDatabaseTimes } from './doc-database.ts'
import { DOC_DATABASE_TIMES, DocDatabase } from './doc-database.ts'
import { applyReadable } from './doc-difference.ts'
import { openDatabase, result } from './idb.ts'
import { InboxDatabase } from './inbox-database.ts'

const VAULT_DATABASE = 'vault'
/** One that cannot be read is set aside for the next generation, which has another name. */
const databaseName = (id: NoteId, generation: number) => (generation === 0 ? `note:${id}` : `note:${id}~${generation}`)
/** Attempts to read a database, and ms between them. */
const READS = 3
const REREAD = 100

/** `loaded` settles, never rejects, when the doc holds all that is stored. */
type Opened = { readonly doc: Y.Doc; readonly database: DocDatabase; readonly loaded: Promise<void> }

/**
 * `NoteStore` on IndexedDB (ARCHITECTURE, "The note store"; SPEC.md): y-indexeddb for the vault doc and every
 * note that was ever opened, the inbox for the rest. The partition of the page separates vaults, so names
 * carry none.
 */
export class IndexedDbStore implements NoteStore {
  hooks?: StoreHooks | undefined
  readonly #inbox: InboxDatabase
  readonly #times: DocDatabaseTimes
  readonly #open = new Map<NoteId, Opened>()
  #vault: DocDatabase | null = null
  /** Notes with a database of their own, and its generation; read once. */
  #known: Promise<Map<NoteId, number>> | null = null
  readonly #faults = new Map<string, StoreFault>()
  readonly #faultChanged = new Emitter<StoreFault | null>()

  constructor(times: DocDatabaseTimes = DOC_DATABASE_TIMES) {
    this.#times = times
    this.#inbox = new InboxDatabase((code) => this.#setFault('inbox', code && { code, where: 'inbox' }), times)
  }

  #setFault(key: string, fault: StoreFault | null): void {
    const before = this.#faults.get(key)
    if (before?.code === fault?.code) return
    if (fault) this.#faults.set(key, fault)
    else this.#faults.delete(key)
    const [first] = this.#faults.values()
    this.#faultChanged.emit(first ?? null)
  }

  onFault(listener: (fault: StoreFault | null) => void): Disposer {
    return this.#faultChanged.on(listener)
  }

  #databases(): Promise<Map<NoteId, number>> {
    this.#known ??= this.#inbox.databases().catch((error: unknown) => {
      this.#known = null
      throw error
    })
    return this.#known
  }

  heads(): Promise<NoteHead[]> {
    return this.#inbox.heads()
  }

  putHeads(heads: readonly NoteHead[], durability?: 'relaxed'): Promise<void> {
    return this.#inbox.putHeads(heads, durability ?? 'strict')
  }

  async appendInbox(entries: readonly InboxEntry[]): Promise<void> {
    for (const { id } of entries) invariant(!this.#open.has(id), 'an open note takes its updates through its doc')
    this.hooks?.at('inbox-write')
    await this.#inbox.append(entries)
    this.hooks?.at('inbox-written')
  }

  async load(id: NoteId): Promise<Uint8Array | null> {
    const opened = this.#open.get(id)
    if (opened) {
      await opened.loaded
      return Y.encodeStateAsUpdate(opened.doc)
    }
    const generation = (await this.#databases()).get(id)
    const updates = await readPatiently(() => this.#inbox.updates(id))
    if (generation !== undefined)
      updates.unshift(...(await readPatiently(() => readUpdates(databaseName(id, generation)))))
    const [first, second] = updates
    if (!first) return null
    if (!second) return first
    try {
      return Y.mergeUpdates(updates)
    } catch {
      throw new DamagedNote('a row of the note is no update')
    }
  }

  async salvage(id: NoteId): Promise<Uint8Array[]> {
    const generation = (await this.#databases()).get(id)
    const own = generation === undefined ? [] : await readUpdates(databaseName(id, generation)).catch(() => [])
    const updates = [...own, ...(await this.#inbox.updates(id))]
    return updates.filter((update) => {
      const doc = new Y.Doc()
      const garbled = applyReadable(doc, [update])
      doc.destroy()
      return garbled === 0
    })
  }

  async replace(id: NoteId, update: Uint8Array): Promise<void> {
    invariant(!this.#open.has(id), 'a note that is open is not replaced')
    const known = await this.#databases()
    const generation = (known.get(id) ?? 0) + 1
    await this.#inbox.replace(id, update, generation)
    known.set(id, generation)
  }

  /** The move of S2: each step is durable before the next begins, and updates are idempotent. */
  async open(id: NoteId, doc: Y.Doc): Promise<OpenNote> {
    invariant(!this.#open.has(id), 'a note is open once')
    const known = await this.#databases()
    invariant(!this.#open.has(id), 'a note is open once')
    const database = new DocDatabase(
      databaseName(id, known.get(id) ?? 0),
      doc,
      (code) => this.#setFault(id, code && { code, where: 'note' }),
      this.#times,
    )
    let moved: Promise<void> = Promise.resolve()
    let setLoaded = () => {}
    const loaded = new Promise<void>((resolve) => {
      setLoaded = resolve
    })
    this.#open.set(id, { doc, database, loaded })
    try {
      this.hooks?.at('move-read')
      // Named before anything is written to it: `load` must never miss one.
      const named = known.has(id) ? null : this.#inbox.addDatabase(id)
      const [updates] = await Promise.all([this.#inbox.updates(id), database.open(), named])
      if (!known.has(id)) known.set(id, 0)
      if (updates.length > 0) {
        this.hooks?.at('move-write')
        // Not `STORE`, which says that it is on disk already: y-indexeddb stores it from the doc's event.
        doc.transact(() => {
          for (const update of updates) applyOrDamaged(doc, update)
        }, LOCAL)
        // Whoever opened the note need not wait for the rest of the move.
        moved = this.#finishMove(id, database)
        moved.catch(() => {})
      }
    } catch (error) {
      this.#open.delete(id)
      this.#setFault(id, null)
      void database.abandon()
      throw error
    } finally {
      setLoaded()
    }
    return {
      whenStored: async () => {
        await moved
        await database.whenStored()
      },
      close: async () => {
        await moved
        await database.close()
        this.#setFault(id, null)
        if (this.#open.get(id)?.database === database) this.#open.delete(id)
      },
    }
  }

  async #finishMove(id: NoteId, database: DocDatabase): Promise<void> {
    await database.whenStored()
    this.hooks?.at('move-written')
    this.hooks?.at('move-delete')
    // Rows that stay are read again by the next opening, and say nothing new then.
    await this.#inbox.deleteUpdates(id).catch(() => {})
    this.hooks?.at('move-deleted')
  }

  async openVaultDoc(doc: Y.Doc, isAnew = false): Promise<OpenNote> {
    const generation = (await this.#inbox.vaultGeneration()) + (isAnew ? 1 : 0)
    if (isAnew) await this.#inbox.setVaultGeneration(generation)
    invariant(!this.#vault, 'the vault doc is open once')
    const database = new DocDatabase(
      generation === 0 ? VAULT_DATABASE : `${VAULT_DATABASE}~${generation}`,
      doc,
      (code) => this.#setFault(VAULT_DATABASE, code && { code, where: 'vault' }),
      this.#times,
    )
    this.#vault = database
    try {
      await database.open()
    } catch (error) {
      this.#vault = null
      this.#setFault(VAULT_DATABASE, null)
      database.abandon()
      throw error
    }
    return {
      whenStored: () => database.whenStored(),
      close: async () => {
        await database.close()
        if (this.#vault === database) this.#vault = null
      },
    }
  }

  async delete(id: NoteId): Promise<void> {
    invariant(!this.#open.has(id), 'a note is closed before it is deleted')
    const known = await this.#databases()
    for (let generation = known.get(id) ?? -1; generation >= 0; generation--) {
      await result(indexedDB.deleteDatabase(databaseName(id, generation)))
    }
    await this.#inbox.forget(id)
    known.delete(id)
  }

  attachments(): Promise<StoredAttachment[]> {
    return this.#inbox.attachments()
  }

  putAttachments(attachments: readonly StoredAttachment[]): Promise<void> {
    return this.#inbox.putAttachments(attachments)
  }

  deleteAttachments(paths: readonly string[]): Promise<void> {
    return this.#inbox.deleteAttachments(paths)
  }

  jobs(): Promise<Job[]> {
    return this.#inbox.jobs()
  }

  putJob(job: Job): Promise<void> {
    return this.#inbox.putJob(job)
  }

  deleteJob(key: string): Promise<void> {
    return this.#inbox.deleteJob(key)
  }

  journalMark(): Promise<number> {
    return this.#inbox.journalMark()
  }

  setJournalMark(mark: number): Promise<void> {
    return this.#inbox.setJournalMark(mark)
  }

  async close(): Promise<void> {
    const open = [...this.#open.values()]
    this.#open.clear()
    await Promise.all([...open.map(({ database }) => database.close()), this.#vault?.close()])
    this.#vault = null
    await this.#inbox.close()
  }
}

function applyOrDamaged(doc: Y.Doc, update: Uint8Array): void {
  try {
    Y.applyUpdate(doc, update, LOCAL)
  } catch {
    throw new DamagedNote('a row of the note is no update')
  }
}

/** A disk that fails now and then must not make a note look damaged. */
async function readPatiently(read: () => Promise<Uint8Array[]>): Promise<Uint8Array[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read()
    } catch {
      if (attempt >= READS) throw new DamagedNote('what the store has of the note cannot be read')
      await new Promise((resolve) => setTimeout(resolve, REREAD))
    }
  }
}

/** The rows of a y-indexeddb database, without binding a doc to it. */
async function readUpdates(name: string): Promise<Uint8Array[]> {
  const database = await openDatabase(name, 1, (made) => {
    // The database of a note whose first open was cut off: y-indexeddb expects to find what it would make.
    made.createObjectStore('updates', { autoIncrement: true })
    made.createObjectStore('custom')
  })
  try {
    const rows = await result(database.transaction(['updates']).objectStore('updates').getAll())
    return rows.filter((row) => row instanceof Uint8Array)
  } finally {
    database.close()
  }
}
