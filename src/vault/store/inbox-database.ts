import type { NoteId } from '../../core/base/ids.ts'
import type { InboxEntry, Job, NoteHead, StoredAttachment, StoreFault } from '../../crdt/store.ts'
import { StoreUnreadable } from '../../crdt/store.ts'
import { committed, type Durability, isQuota, openDatabase, result, write, writing } from './idb.ts'
import { LostTransaction, type Patience, unlessLost } from './lost.ts'

export const INBOX_NAME = 'inbox'
const VERSION = 1
/** Sequence numbers of one run of the program: 2^31 of them, then the next run's. */
const RUN = 2 ** 31

/** All rows of one note: an array sorts after every number and string. */
const rowsOf = (id: NoteId) => IDBKeyRange.bound([id], [id, []])

/** `retry`: between attempts to write again while a fault lasts, ms. */
export type InboxTimes = Patience & { readonly retry: number }

type LoadRequest = { id: NoteId; resolve: (updates: Uint8Array[]) => void; reject: (error: unknown) => void }

/**
 * The one database beside the notes' own (SPEC.md, S3): `inbox` holds updates of notes that are not open,
 * keyed [noteId, seq]; `heads`, `attachments` and `jobs` are plain records; `databases` names the notes that
 * have a database of their own, because asking IndexedDB would create one (and listing all takes seconds).
 */
export class InboxDatabase {
  #opening: Promise<IDBDatabase> | null = null
  #sequence = 0
  #loads: LoadRequest[] = []
  #wasOpened = false
  #isAnew = false
  readonly #tellFault: (fault: StoreFault['code'] | null) => void
  readonly #times: InboxTimes
  #isFaulty = false
  #trying: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  /** `onFault` is called with null when a write has succeeded again. */
  constructor(onFault: (fault: StoreFault['code'] | null) => void, times: InboxTimes) {
    this.#tellFault = onFault
    this.#times = times
  }

  #onFault(fault: StoreFault['code'] | null): void {
    this.#isFaulty = fault !== null
    this.#tellFault(fault)
    if (this.#isFaulty) this.#trySoon()
  }

  /** Whoever wrote in vain may not come again (a mark, a closed connection): that the disk is well is found out here. */
  #trySoon(): void {
    if (this.#trying !== undefined || this.#isClosed) return
    this.#trying = setTimeout(() => {
      this.#trying = undefined
      if (!this.#isFaulty || this.#isClosed) return
      const touch = (transaction: IDBTransaction) => transaction.objectStore('counters').put(0, 'tried')
      this.#write(['counters'], touch, 'relaxed').catch(() => this.#trySoon())
    }, this.#times.retry)
  }

  #database(): Promise<IDBDatabase> {
    this.#opening ??= this.#openAgain().catch((error: unknown) => {
      this.#opening = null
      this.#onFault(isQuota(error) ? 'full' : 'broken')
      throw isQuota(error) ? error : new StoreUnreadable(error instanceof Error ? error.name : 'unknown')
    })
    return this.#opening
  }

  /** Opening may be lost as any other transaction. */
  async #openAgain(): Promise<IDBDatabase> {
    try {
      return await this.#unlessLost(this.#open(), ['counters'], 'readonly')
    } catch (error) {
      if (error instanceof LostTransaction) return this.#openAgain()
      throw error
    }
  }

  async #open(): Promise<IDBDatabase> {
    const database = await openDatabase(INBOX_NAME, VERSION, (made) => {
      // Wiped while we ran: what it held is gone, and the next start must see that (P10).
      if (this.#wasOpened) this.#isAnew = true
      made.createObjectStore('inbox')
      made.createObjectStore('heads', { keyPath: 'id' })
      made.createObjectStore('attachments', { keyPath: 'path' })
      made.createObjectStore('jobs', { keyPath: 'key' })
      made.createObjectStore('databases')
      made.createObjectStore('counters')
    })
    const forget = () => {
      this.#opening = null
    }
    // Closed by itself (disk gone, profile wiped) or for somebody else: the next call opens it again.
    database.onclose = () => {
      forget()
      this.#onFault('broken')
    }
    database.onversionchange = () => {
      forget()
      database.close()
    }
    const transaction = write(database, ['counters'], 'relaxed')
    const done = committed(transaction)
    // Awaited below; a request that fails first is what is thrown.
    done.catch(() => {})
    const counters = transaction.objectStore('counters')
    const run = ((await result(counters.get('run'))) as number | undefined) ?? 0
    counters.put(run + 1, 'run')
    await done
    this.#sequence = run * RUN
    this.#wasOpened = true
    return database
  }

  async #write(
    stores: string[],
    run: (transaction: IDBTransaction) => void,
    durability: Durability = 'strict',
  ): Promise<void> {
    const database = await this.#database()
    try {
      await this.#unlessLost(writing(database, stores, durability, run), stores, 'readonly')
    } catch (error) {
      // What is written twice is there once: records by their keys, updates by what they say.
      if (this.#isLost(database, error)) return this.#write(stores, run, durability)
      // InvalidStateError: the connection closed under us; what it was is not worth telling apart.
      this.#opening = null
      database.close()
      this.#onFault(isQuota(error) ? 'full' : 'broken')
      throw error
    }
    this.#onFault(null)
  }

  async #read<T>(stores: string[], run: (transaction: IDBTransaction) => Promise<T>): Promise<T> {
    const database = await this.#database()
    try {
      return await this.#unlessLost(run(database.transaction(stores)), stores, 'readwrite')
    } catch (error) {
      if (this.#isLost(database, error)) return this.#read(stores, run)
      throw error
    }
  }

  async #unlessLost<T>(work: Promise<T>, stores: readonly string[], behind: 'readonly' | 'readwrite'): Promise<T> {
    let isSlow = false
    const done = await unlessLost(work, { name: INBOX_NAME, stores, behind }, this.#times, () => {
      isSlow = true
      this.#onFault('slow')
    })
    if (isSlow) this.#onFault(null)
    return done
  }

  /** Lets go of a connection that was lost; the next call opens another. */
  #isLost(database: IDBDatabase, error: unknown): boolean {
    if (!(error instanceof LostTransaction)) return false
    this.#opening = null
    database.close()
    return true
  }

  #all<T>(store: string): Promise<T[]> {
    return this.#read([store], (transaction) => result(transaction.objectStore(store).getAll()) as Promise<T[]>)
  }

  /** Updates and heads together, all or none (S4). */
  append(entries: readonly InboxEntry[]): Promise<void> {
    return this.#write(['inbox', 'heads'], (transaction) => {
      const inbox = transaction.objectStore('inbox')
      const heads = transaction.objectStore('heads')
      for (const { id, update, head } of entries) {
        inbox.add(update, [id, ++this.#sequence])
        if (head) heads.put(head)
      }
    })
  }

  /** Of one note, in the order in which they came. Calls of one turn share a transaction. */
  updates(id: NoteId): Promise<Uint8Array[]> {
    return new Promise((resolve, reject) => {
      if (this.#loads.push({ id, resolve, reject }) === 1) queueMicrotask(() => void this.#loadAll())
    })
  }

  async #loadAll(): Promise<void> {
    const loads: LoadRequest[] = []
    try {
      await this.#read(['inbox'], (transaction) => {
        // Taken when the database is open: until then more of them come.
        loads.push(...this.#loads.splice(0))
        const inbox = transaction.objectStore('inbox')
        const all = loads.map(({ id, resolve, reject }) => result(inbox.getAll(rowsOf(id))).then(resolve, reject))
        return Promise.all(all)
      })
    } catch (error) {
      for (const { reject } of [...loads, ...this.#loads.splice(0)]) reject(error)
    }
  }

  /** The note is open when its rows have moved, so that none came since they were read. */
  deleteUpdates(id: NoteId): Promise<void> {
    return this.#write(['inbox'], (transaction) => transaction.objectStore('inbox').delete(rowsOf(id)), 'relaxed')
  }

  heads(): Promise<NoteHead[]> {
    return this.#all('heads')
  }

  putHeads(heads: readonly NoteHead[], durability: Durability): Promise<void> {
    const run = (transaction: IDBTransaction) => {
      for (const head of heads) transaction.objectStore('heads').put(head)
    }
    return this.#write(['heads'], run, durability)
  }

  attachments(): Promise<StoredAttachment[]> {
    return this.#all('attachments')
  }

  putAttachments(attachments: readonly StoredAttachment[]): Promise<void> {
    return this.#write(['attachments'], (transaction) => {
      for (const attachment of attachments) transaction.objectStore('attachments').put(attachment)
    })
  }

  deleteAttachments(paths: readonly string[]): Promise<void> {
    return this.#write(['attachments'], (transaction) => {
      for (const path of paths) transaction.objectStore('attachments').delete(path)
    })
  }

  jobs(): Promise<Job[]> {
    return this.#all('jobs')
  }

  putJob(job: Job): Promise<void> {
    return this.#write(['jobs'], (transaction) => transaction.objectStore('jobs').put(job))
  }

  deleteJob(key: string): Promise<void> {
    return this.#write(['jobs'], (transaction) => transaction.objectStore('jobs').delete(key))
  }

  async journalMark(): Promise<number> {
    const mark = await this.#counter('journal')
    return typeof mark === 'number' ? mark : 0
  }

  /** Relaxed: whatever it speaks of was written before it, and LevelDB keeps the order. */
  async setJournalMark(mark: number): Promise<void> {
    await this.#database()
    if (this.#isAnew) return
    await this.#write(
      ['counters'],
      (transaction) => transaction.objectStore('counters').put(mark, 'journal'),
      'relaxed',
    )
  }

  /** How often the vault doc's database was left aside for a new one. */
  async vaultGeneration(): Promise<number> {
    const stored = await this.#counter('vault')
    return typeof stored === 'number' ? stored : 0
  }

  setVaultGeneration(generation: number): Promise<void> {
    return this.#write(['counters'], (transaction) => transaction.objectStore('counters').put(generation, 'vault'))
  }

  /** Notes with a database of their own, and how often that was set aside for a new one. */
  async databases(): Promise<Map<NoteId, number>> {
    const [keys, values] = await this.#read(['databases'], (transaction) => {
      const store = transaction.objectStore('databases')
      return Promise.all([result(store.getAllKeys()), result(store.getAll())])
    })
    return new Map(keys.map((id, i) => [id as NoteId, typeof values[i] === 'number' ? values[i] : 0]))
  }

  addDatabase(id: NoteId): Promise<void> {
    return this.#write(['databases'], (transaction) => transaction.objectStore('databases').put(true, id), 'relaxed')
  }

  /** The note's rows become this one, and its database another, which is empty: all or nothing. */
  replace(id: NoteId, update: Uint8Array, generation: number): Promise<void> {
    return this.#write(['inbox', 'databases'], (transaction) => {
      const inbox = transaction.objectStore('inbox')
      inbox.delete(rowsOf(id))
      inbox.add(update, [id, ++this.#sequence])
      transaction.objectStore('databases').put(generation, id)
    })
  }

  #counter(key: string): Promise<unknown> {
    return this.#read(['counters'], (transaction) => result(transaction.objectStore('counters').get(key)))
  }

  /** Everything that the inbox knows of a note. */
  forget(id: NoteId): Promise<void> {
    return this.#write(['inbox', 'heads', 'databases'], (transaction) => {
      transaction.objectStore('inbox').delete(rowsOf(id))
      transaction.objectStore('heads').delete(id)
      transaction.objectStore('databases').delete(id)
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#trying)
    const opening = this.#opening
    this.#opening = null
    const database = await opening?.catch(() => null)
    // close() waits for transactions that are under way.
    database?.close()
  }
}
