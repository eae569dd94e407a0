/**
 * Chromium may lose a transaction without a word: where the disk of a store was full it neither completes nor aborts,
 * and whoever waits for it waits for ever, while a newer connection to the same database is answered at once.
 */

/** How patient the store is with IndexedDB, ms. */
export type Patience = {
  /** A transaction that takes longer is told as a fault: a person hears of it within two seconds. */
  readonly slow: number
  /** How long a newer connection may take to be answered, before another one is tried. */
  readonly probe: number
  /**
   * Called when newer connections are not answered either, several in a row: the disk is gone, or Chromium has stopped
   * to listen to this process' worker. Then only another page can tell which, and help.
   */
  readonly onDeaf?: () => void
}
export const PATIENCE: Patience = { slow: 1_700, probe: 1_000 }
/** Connections in a row. */
const DEAF = 4

/** It may have been committed, or not. */
export class LostTransaction extends Error {
  constructor() {
    super('the database answers others, but not this transaction')
  }
}

/** Where a transaction is: the stores of a database. */
export type Where = {
  readonly name: string
  readonly stores: readonly string[]
  /** What waits its turn behind it: of a write or a look that takes no time a read, of a long read only a write. */
  readonly behind: 'readonly' | 'readwrite'
}

/**
 * Settles with `work`, a transaction. Calls `onSlow` once where it takes long, and
 * then rejects with LostTransaction as soon as a newer connection, whose turn comes after it, was answered before it.
 */
export function unlessLost<T>(work: Promise<T>, where: Where, patience: Patience, onSlow: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false
    const look = async () => {
      for (let tries = 1; !isOver; tries++) {
        const isAnswered = await answersAnew(where, patience.probe)
        if (!isAnswered && tries % DEAF === 0) patience.onDeaf?.()
        // What ended right before that has a moment to say so.
        await pause(patience.probe / 4)
        if (isAnswered && !isOver) reject(new LostTransaction())
        if (isAnswered) return
      }
    }
    const timer = setTimeout(() => {
      onSlow()
      void look()
    }, patience.slow)
    const end = () => {
      isOver = true
      clearTimeout(timer)
    }
    work.then(
      (value) => {
        end()
        resolve(value)
      },
      (error: unknown) => {
        end()
        reject(error)
      },
    )
  })
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Whether a connection of its own is answered in time. A database that is gone answers as well: by not being there. */
function answersAnew({ name, stores, behind }: Where, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    let database: IDBDatabase | null = null
    const end = (isAnswered: boolean) => {
      clearTimeout(timer)
      database?.close()
      resolve(isAnswered)
    }
    const timer = setTimeout(() => end(false), limit)
    const request = indexedDB.open(name)
    // Made anew by our asking: taken back, since whoever needs it makes it with what belongs into it.
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = () => end(request.error?.name === 'AbortError')
    request.onsuccess = () => {
      database = request.result
      try {
        const transaction = database.transaction([...stores], behind)
        transaction.objectStore(stores[0] ?? '').getKey(0)
        transaction.oncomplete = () => end(true)
        transaction.onabort = () => end(true)
      } catch {
        end(true)
      }
    }
  })
}
