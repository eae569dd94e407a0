import { committed, openDatabase, result, write } from './idb.ts'
import { INBOX_NAME } from './inbox-database.ts'

const NAME = 'tidy'
const ROUNDS = 2
/** Chromium tidies up behind a deletion, when its transaction is over, ms. */
const PAUSE = 400
/** LevelDB merges a file that so many reads went through in vain: 100, more for files above 1.6 MB. */
const READS = 200

/**
 * Makes Chromium write its store anew without what was deleted from it. LevelDB only marks keys as deleted; the
 * bytes go when the files that hold them are merged, which may be never. Two things make it merge: a database that
 * is deleted (what is in memory is written down, and joined with what was written shortly before), and reads that
 * pass through newer files to an older one. Measured in e2e/trash.spec.ts with a store of some hundred notes;
 * nothing that the standard promises: on a busy machine, or in a large store, some of it is merged later.
 */
export async function tidyStore(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await comeAndGo()
    await comeAndGo()
    const inbox = await result(indexedDB.open(INBOX_NAME))
    try {
      for (const name of inbox.objectStoreNames) await readOften(inbox, name)
    } finally {
      inbox.close()
    }
    await pause()
  }
  // Files that were merged are removed by the next merge, or the next start.
  await comeAndGo()
}

async function comeAndGo(): Promise<void> {
  const database = await openDatabase(NAME, 1, (made) => made.createObjectStore('rows'))
  const transaction = write(database, ['rows'], 'strict')
  const done = committed(transaction)
  transaction.objectStore('rows').put('', 0)
  await done
  database.close()
  await result(indexedDB.deleteDatabase(NAME))
  await pause()
}

/** Of one object store: its first key and its last, or one that it does not have. */
async function readOften(database: IDBDatabase, name: string): Promise<void> {
  const store = database.transaction([name], 'readonly').objectStore(name)
  const last = await result(store.openKeyCursor(null, 'prev'))
  const first = await result(store.openKeyCursor())
  const keys = [first?.primaryKey ?? 'none', last?.primaryKey ?? 'none']
  const reads: Promise<unknown>[] = []
  for (let read = 0; read < READS; read++) for (const key of keys) reads.push(result(store.get(key)))
  await Promise.all(reads)
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, PAUSE))
