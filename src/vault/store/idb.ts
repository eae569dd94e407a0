/**
 * The little of IndexedDB that the inbox needs, as promises. `lib0/indexeddb` settles on a request's success;
 * here what counts is the commit: a request may succeed and its transaction still abort on a full disk.
 */

/** Rejects with the request's error. The transaction it belongs to may still abort afterwards: see `committed`. */
export const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB request failed'))
  })

/** Settles at the commit; rejects where the transaction was aborted. */
export const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB transaction aborted'))
  })

/**
 * `strict`: the commit is on the disk and not only with the system, which outlives a cut of the power, not only
 * the end of the process; it waits for the disk (1 to 20 ms), and carries every earlier write of the profile.
 */
export type Durability = 'strict' | 'relaxed'

export const write = (database: IDBDatabase, stores: string[], durability: Durability): IDBTransaction =>
  database.transaction(stores, 'readwrite', { durability })

/** Runs requests in a write transaction and waits for the commit. An error thrown by `run` aborts it. */
export async function writing(
  database: IDBDatabase,
  stores: string[],
  durability: Durability,
  run: (transaction: IDBTransaction) => void,
): Promise<void> {
  const transaction = write(database, stores, durability)
  const done = committed(transaction)
  try {
    run(transaction)
  } catch (error) {
    transaction.abort()
    await done.catch(() => {})
    throw error
  }
  await done
}

export const openDatabase = (
  name: string,
  version: number,
  upgrade: (database: IDBDatabase) => void,
): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, version)
  request.onupgradeneeded = () => upgrade(request.result)
  return result(request)
}

export const isQuota = (error: unknown): boolean =>
  error instanceof DOMException ? error.name === 'QuotaExceededError' : String(error).includes('QuotaExceeded')
