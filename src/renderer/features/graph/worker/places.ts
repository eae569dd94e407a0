const DATABASE = 'throughline-graph'
const STORE = 'places'

export type Places = ReadonlyMap<string, readonly [number, number]>
type Kept = { ids: readonly string[]; positions: Float32Array }

/**
 * Where the nodes of a vault's graph stood the last time. Only a convenience: whatever goes wrong here means
 * that a layout begins anew.
 */
export async function loadPlaces(name: string): Promise<Places> {
  const kept = await withStore<Kept | undefined>('readonly', (store) => store.get(name)).catch(() => undefined)
  const places = new Map<string, readonly [number, number]>()
  for (const [at, id] of kept?.ids.entries() ?? []) {
    places.set(id, [kept?.positions[at * 2] ?? 0, kept?.positions[at * 2 + 1] ?? 0])
  }
  return places
}

export async function savePlaces(name: string, kept: Kept): Promise<void> {
  await withStore('readwrite', (store) => store.put(kept, name)).catch(() => undefined)
}

function withStore<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const db = opening.result
      const transaction = db.transaction(STORE, mode)
      const request = use(transaction.objectStore(STORE))
      transaction.oncomplete = () => {
        db.close()
        resolve(request.result as T)
      }
      transaction.onabort = () => {
        db.close()
        reject(transaction.error)
      }
    }
  })
}
