import { openDatabase, result, writing } from './idb.ts'

const NAME = 'alive'
/** ms until a disk counts as one that does not answer. */
const LIMIT = 3_000

/** Whether a database of its own takes a row, down to the disk. Leaves nothing behind. */
export async function canWrite(limit = LIMIT): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limit)
  })
  const done = tryIt().then(
    () => true,
    () => false,
  )
  return Promise.race([done, late]).finally(() => clearTimeout(timer))
}

async function tryIt(): Promise<void> {
  const database = await openDatabase(NAME, 1, (made) => made.createObjectStore('rows'))
  try {
    await writing(database, ['rows'], 'strict', (transaction) => transaction.objectStore('rows').put(0, 0))
  } finally {
    database.close()
    await result(indexedDB.deleteDatabase(NAME))
  }
}
