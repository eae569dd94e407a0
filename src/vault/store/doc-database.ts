import { IndexeddbPersistence, storeState } from 'y-indexeddb'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { invariant } from '../../core/base/invariant.ts'
import { DamagedNote, type StoreFault } from '../../crdt/store.ts'
import { applyReadable } from './doc-difference.ts'
import { committed, isQuota, openDatabase, result, writing } from './idb.ts'
import { PATIENCE, type Patience, unlessLost } from './lost.ts'

/** Rows above which closing rewrites a database as one row; y-indexeddb itself only does so from 500. */
const TRIM_ROWS = 60
export type DocDatabaseTimes = Patience & {
  /** How long reading may take before it counts as a fault, ms. */
  readonly load: number
  /** Between attempts to save again, ms. */
  readonly retry: number
}
export const DOC_DATABASE_TIMES: DocDatabaseTimes = { ...PATIENCE, load: 10_000, retry: 1_000 }

/** `damaged`: it answers, and holds what cannot be applied. */
type Failure = StoreFault['code'] | 'damaged'
/** Before a database that has never opened is given up. */
const MOST_FAILURES = 3

/** `broken`: its fault was told, and nothing more is written to it. */
type Connection = { readonly persistence: IndexeddbPersistence; broken: boolean; detach(): void }

/**
 * A doc on y-indexeddb with what that lacks (facts/storage.md, "Disk full"; SPEC.md, S5 and S6): it aborts
 * without a word, throws into the doc's `update` event once its connection is gone, and may never report
 * that it has loaded. Here each of these is a fault: edits stay in the doc, the database is opened again
 * until that works, and opening writes the doc's full state as a row.
 */
export class DocDatabase {
  readonly #name: string
  readonly #doc: Doc
  readonly #times: DocDatabaseTimes
  readonly #onFault: (code: StoreFault['code'] | null) => void
  #connection: Connection | null = null
  #opening: Promise<void> | null = null
  /** While a fault lasts: settles when saving has resumed, or at `close`. */
  #recovery: Promise<void> | null = null
  #closed = false
  /** It has loaded once: from then on the doc is the truth, and faults are waited for. */
  #isOpen = false
  #isDamaged = false
  /** The database gives new rows a key that an older one has. */
  #isKeyTaken = false

  constructor(
    name: string,
    doc: Doc,
    onFault: (code: StoreFault['code'] | null) => void,
    times: DocDatabaseTimes = DOC_DATABASE_TIMES,
  ) {
    this.#name = name
    this.#doc = doc
    this.#onFault = onFault
    this.#times = times
  }

  /**
   * Applies what is stored and stores every update from now on. Settles when it is applied: that the row which
   * opening writes is committed is `whenStored`'s to say. Waits through faults; rejects with DamagedNote where
   * what is stored cannot be read.
   */
  open(): Promise<void> {
    this.#opening ??= this.#open()
    return this.#opening
  }

  async #open(): Promise<void> {
    const failure = await this.#connect()
    if (failure === 'damaged') throw new DamagedNote('the database of the doc cannot be read')
    if (failure) await this.#recover(failure)
    if (this.#isDamaged) throw new DamagedNote('the database of the doc cannot be opened')
    this.#isOpen = true
  }

  /** Lets go of a database that was not opened, without waiting for it. */
  abandon(): void {
    this.#closed = true
    const connection = this.#connection
    this.#connection = null
    connection?.detach()
    connection?.persistence.destroy().catch(() => {})
  }

  /** Settles when everything applied so far is committed (facts/path.md, "Flush"). */
  async whenStored(): Promise<void> {
    await this.#opening
    while (!this.#closed) {
      await this.#recovery
      const connection = this.#connection
      if (!connection || (await this.#fence(connection))) return
      invariant(this.#recovery || connection !== this.#connection, 'a connection that fails is replaced')
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    await this.whenStored()
    const connection = this.#connection
    // y-indexeddb counts its rows only after it has loaded, and then forgets those written meanwhile.
    if (connection && (await rowsOf(connection).catch(() => 0)) >= TRIM_ROWS) {
      await storeState(connection.persistence, true).catch(() => {})
      await this.#fence(connection)
    }
    this.#closed = true
    this.#connection = null
    connection?.detach()
    await connection?.persistence.destroy()
  }

  /**
   * A read that starts after all earlier writes of the store have ended. An aborted one among them has
   * been reported by then: its `abort` event precedes the start of the next transaction.
   */
  async #fence(connection: Connection): Promise<boolean> {
    let isSlow = false
    const onSlow = () => {
      isSlow = true
      this.#onFault('slow')
    }
    try {
      const { db } = connection.persistence
      invariant(db, 'a connection is used once it has loaded')
      const transaction = db.transaction(['updates'], 'readonly')
      const done = committed(transaction)
      transaction.objectStore('updates').getKey(0)
      const where = { name: this.#name, stores: ['updates'], behind: 'readonly' } as const
      await unlessLost(done, where, this.#times, onSlow)
      return !connection.broken
    } catch {
      this.#fail(connection, 'broken')
      return false
    } finally {
      if (isSlow && !this.#recovery) this.#onFault(null)
    }
  }

  #fail(connection: Connection, code: StoreFault['code']): void {
    if (connection.broken) return
    connection.broken = true
    if (connection !== this.#connection || this.#closed) return
    void this.#recover(code)
  }

  #recover(code: StoreFault['code']): Promise<void> {
    this.#onFault(code)
    this.#recovery ??= this.#reconnect().finally(() => {
      this.#recovery = null
      this.#onFault(null)
    })
    return this.#recovery
  }

  async #reconnect(): Promise<void> {
    let failures = 1
    for (;;) {
      const former = this.#connection
      this.#connection = null
      former?.detach()
      // The handle of a database that never opened cannot be awaited.
      former?.persistence.destroy().catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, this.#times.retry))
      if (this.#closed) return
      if (this.#isKeyTaken) await this.#passKeys().catch(() => {})
      const failure = await this.#connect()
      if (failure === 'slow') this.#times.onDeaf?.()
      const connection: Connection | null = this.#connection
      if (failure === null && (!connection || (await this.#fence(connection)))) return
      if (this.#isOpen || failure === null) continue
      // Nobody has the doc yet, and somebody else may know what it held.
      if (failure !== 'full') failures++
      this.#isDamaged = failure === 'damaged' || failures >= MOST_FAILURES
      if (this.#isDamaged) return
    }
  }

  /**
   * On a full disk Chromium may keep a row and forget that its key was given: then each new row gets that key and is
   * refused, for ever. A row under a key of our choice moves the count past it; it is the doc as it is.
   */
  async #passKeys(): Promise<void> {
    const database = await openDatabase(this.#name, 1, () => {})
    try {
      const updates = database.transaction(['updates']).objectStore('updates')
      const last = (await result(updates.openKeyCursor(null, 'prev')))?.key
      const next = (typeof last === 'number' ? last : 0) + 1
      const state = encodeStateAsUpdate(this.#doc)
      await writing(database, ['updates'], 'strict', (transaction) => {
        transaction.objectStore('updates').add(state, next)
      })
      this.#isKeyTaken = false
    } finally {
      database.close()
    }
  }

  /** Why it could not be opened; null if it could. */
  async #connect(): Promise<Failure | null> {
    const persistence = new IndexeddbPersistence(this.#name, this.#doc)
    const connection: Connection = { persistence, broken: false, detach: () => {} }
    this.#connection = connection
    // In place of y-indexeddb's own listener, whose exceptions would reach whoever edits the doc.
    this.#doc.off('update', persistence._storeUpdate)
    const store = (update: Uint8Array, origin: unknown) => {
      if (connection.broken) return
      try {
        persistence._storeUpdate(update, origin)
      } catch (error) {
        this.#fail(connection, isQuota(error) ? 'full' : 'broken')
      }
    }
    this.#doc.on('update', store)
    connection.detach = () => {
      connection.broken = true
      this.#doc.off('update', store)
    }

    let timer: ReturnType<typeof setTimeout> | undefined
    const slow = new Promise<'slow'>((resolve) => {
      timer = setTimeout(() => resolve('slow'), this.#times.load)
    })
    const failure = await Promise.race([this.#load(connection), slow])
    clearTimeout(timer)
    if (failure === null) return null
    connection.detach()
    return failure
  }

  async #load(connection: Connection): Promise<'broken' | 'damaged' | null> {
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      const database = await this.#watch(connection)
      // y-indexeddb says nothing of rows that cannot be applied: it just never has loaded.
      const damaged = new Promise<'damaged'>((resolve, reject) => {
        const look = () => isDamaged(database).then((yes) => yes && resolve('damaged'), reject)
        timer = setTimeout(look, this.#times.load / 10)
      })
      return await Promise.race([connection.persistence.whenSynced.then(() => null), damaged])
    } catch {
      return 'broken'
    } finally {
      clearTimeout(timer)
    }
  }

  async #watch(connection: Connection): Promise<IDBDatabase> {
    const database = await connection.persistence._db
    database.addEventListener('abort', (event) => {
      const error = (event.target as Partial<IDBTransaction> | null)?.error
      if (error?.name === 'ConstraintError') this.#isKeyTaken = true
      this.#fail(connection, isQuota(error) ? 'full' : 'broken')
    })
    database.addEventListener('close', () => this.#fail(connection, 'broken'))
    database.addEventListener('versionchange', () => this.#fail(connection, 'broken'))
    return database
  }
}

async function rowsOf({ persistence: { db } }: Connection): Promise<number> {
  return db ? result(db.transaction(['updates'], 'readonly').objectStore('updates').count()) : 0
}

async function isDamaged(database: IDBDatabase): Promise<boolean> {
  const rows: unknown[] = await result(database.transaction(['updates']).objectStore('updates').getAll())
  const doc = new Doc()
  const garbled = applyReadable(doc, rows as Uint8Array[])
  doc.destroy()
  return garbled > 0
}
