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
import type { DocDatabaseTimes } from './doc-database.ts'
import { DOC_DATABASE_TIMES, DocDatabase } from './doc-database.ts'
import { openDatabase, result } from './idb.ts'
import { InboxDatabase } from './inbox-database.ts'

const VAULT_DATABASE = 'vault'
const databaseName = (id: NoteId) => `note:${id}`

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
  /** Notes with a database of their own; read once. */
  #known: Promise<Set<NoteId>> | null = null
  readonly #faults = new Map<string, StoreFault>()
  readonly #faultChanged = new Emitter<StoreFault | null>()

  constructor(times: DocDatabaseTimes = DOC_DATABASE_TIMES) {
    this.#times = times
    this.#inbox = new InboxDatabase((code) => this.#setFault('inbox', code && { code, where: 'inbox' }))
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

  #databases(): Promise<Set<NoteId>> {
    this.#known ??= this.#inbox.databases().then(
      (ids) => new Set(ids),
      (error: unknown) => {
        this.#known = null
        throw error
      },
    )
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
    const hasDatabase = (await this.#databases()).has(id)
    const updates = await this.#inbox.updates(id)
    if (hasDatabase) updates.unshift(...(await readUpdates(databaseName(id))))
    const [first, second] = updates
    if (!first) return null
    return second ? Y.mergeUpdates(updates) : first
  }

  /** The move of S2: each step is durable before the next begins, and updates are idempotent. */
  async open(id: NoteId, doc: Y.Doc): Promise<OpenNote> {
    invariant(!this.#open.has(id), 'a note is open once')
    const database = new DocDatabase(
      databaseName(id),
      doc,
      (code) => this.#setFault(id, code && { code, where: 'note' }),
      this.#times,
    )
    let setLoaded = () => {}
    const loaded = new Promise<void>((resolve) => {
      setLoaded = resolve
    })
    this.#open.set(id, { doc, database, loaded })
    try {
      const known = await this.#databases()
      if (!known.has(id)) {
        // Named before it is made: `load` must never miss one.
        await this.#inbox.addDatabase(id)
        known.add(id)
      }
      this.hooks?.at('move-read')
      const [updates] = await Promise.all([this.#inbox.updates(id), database.open()])
      if (updates.length > 0) {
        this.hooks?.at('move-write')
        // Not `STORE`, which says that it is on disk already: y-indexeddb stores it from the doc's event.
        doc.transact(() => {
          for (const update of updates) Y.applyUpdate(doc, update, LOCAL)
        }, LOCAL)
        await database.whenStored()
        this.hooks?.at('move-written')
        this.hooks?.at('move-delete')
        await this.#inbox.deleteUpdates(id)
        this.hooks?.at('move-deleted')
      }
    } catch (error) {
      this.#open.delete(id)
      void database.close()
      throw error
    } finally {
      setLoaded()
    }
    return {
      whenStored: () => database.whenStored(),
      close: async () => {
        await database.close()
        this.#setFault(id, null)
        if (this.#open.get(id)?.database === database) this.#open.delete(id)
      },
    }
  }

  async openVaultDoc(doc: Y.Doc): Promise<OpenNote> {
    invariant(!this.#vault, 'the vault doc is open once')
    const database = new DocDatabase(
      VAULT_DATABASE,
      doc,
      (code) => this.#setFault(VAULT_DATABASE, code && { code, where: 'vault' }),
      this.#times,
    )
    this.#vault = database
    await database.open()
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
    if (known.has(id)) await result(indexedDB.deleteDatabase(databaseName(id)))
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
