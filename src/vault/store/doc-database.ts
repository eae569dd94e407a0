import { IndexeddbPersistence, storeState } from 'y-indexeddb'
import type { Doc } from 'yjs'
import { invariant } from '../../core/base/invariant.ts'
import type { StoreFault } from '../../crdt/store.ts'
import { committed, isQuota } from './idb.ts'

/** Rows above which closing rewrites a database as one row; y-indexeddb itself only does so from 500. */
const TRIM_ROWS = 60
export type DocDatabaseTimes = {
  /** How long reading may take before it counts as a fault, ms. */
  readonly load: number
  /** Between attempts to save again, ms. */
  readonly retry: number
}
export const DOC_DATABASE_TIMES: DocDatabaseTimes = { load: 10_000, retry: 1_000 }

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

  /** Applies what is stored and stores every update from now on. Waits through faults. */
  open(): Promise<void> {
    this.#opening ??= this.#connect().then(async (failure) => {
      if (failure) await this.#recover(failure)
    })
    return this.#opening
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
    if (connection && connection.persistence._dbsize >= TRIM_ROWS) {
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
    try {
      const { db } = connection.persistence
      invariant(db, 'a connection is used once it has loaded')
      const transaction = db.transaction(['updates'], 'readonly')
      const done = committed(transaction)
      transaction.objectStore('updates').getKey(0)
      await done
      return !connection.broken
    } catch {
      this.#fail(connection, 'broken')
      return false
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
    for (;;) {
      const former = this.#connection
      this.#connection = null
      former?.detach()
      // The handle of a database that never opened cannot be awaited.
      former?.persistence.destroy().catch(() => {})
      await new Promise((resolve) => setTimeout(resolve, this.#times.retry))
      if (this.#closed || !(await this.#connect())) return
    }
  }

  /** The fault for which it could not be opened, or for which what opening wrote did not last; null if it did. */
  async #connect(): Promise<StoreFault['code'] | null> {
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
    const isUsable = failure === null && (await this.#fence(connection))
    if (isUsable) return null
    connection.detach()
    return failure ?? 'broken'
  }

  async #load(connection: Connection): Promise<'broken' | null> {
    try {
      await this.#watch(connection)
      await connection.persistence.whenSynced
      return null
    } catch {
      return 'broken'
    }
  }

  async #watch(connection: Connection): Promise<void> {
    const database = await connection.persistence._db
    const isFull = (event: Event) => isQuota((event.target as Partial<IDBTransaction> | null)?.error)
    database.addEventListener('abort', (event) => this.#fail(connection, isFull(event) ? 'full' : 'broken'))
    database.addEventListener('close', () => this.#fail(connection, 'broken'))
    database.addEventListener('versionchange', () => this.#fail(connection, 'broken'))
  }
}
