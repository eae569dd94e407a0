import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { folderId } from '../../core/base/ids.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { DamagedNote } from '../../crdt/store.ts'
import { putFolder, readFolders } from '../../crdt/vault-doc.ts'
import { journaled } from '../../testing/journaled.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { IndexedDbStore } from './indexed-db-store.ts'
import { PATIENCE } from './lost.ts'

const TIMES = { ...PATIENCE, load: 200, retry: 5 }
const folder = (name: string) => ({ id: folderId(name.padEnd(21, '-')), parentId: null, name })

// y-indexeddb leaves the error of a row that is no update to nobody.
let listeners: NodeJS.UnhandledRejectionListener[] = []
const ignore = () => {}
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
  listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', ignore)
})
afterEach(() => {
  process.off('unhandledRejection', ignore)
  for (const listener of listeners) process.on('unhandledRejection', listener)
})

async function garble(): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('vault')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  const transaction = database.transaction(['updates'], 'readwrite')
  transaction.objectStore('updates').add(new Uint8Array([1, 1, 7, 0, 255, 255]))
  await new Promise((resolve) => {
    transaction.oncomplete = resolve
  })
  database.close()
}

/** Opens the vault doc, does something with it, and closes everything. */
async function using<T>(keeper: MemoryKeeper, use: (doc: Y.Doc, told: readonly string[]) => T): Promise<T> {
  const { store, cut } = journaled(new IndexedDbStore(TIMES), keeper)
  const told: string[] = []
  store.restored.on((text) => told.push(text))
  const doc = new Y.Doc()
  try {
    const open = await store.openVaultDoc(doc)
    const result = use(doc, told)
    await open.whenStored()
    await open.close()
    return result
  } finally {
    await store.close()
    cut()
  }
}
const names = (doc: Y.Doc) => readFolders(doc).map(({ name }) => name)

it('R7: a vault doc that cannot be read is left aside for one from the journal', async () => {
  const keeper = new MemoryKeeper()
  await using(keeper, (doc) => putFolder(doc, folder('Essays'), LOCAL))
  await garble()
  await using(keeper, (doc, told) => {
    expect(names(doc)).toEqual(['Essays'])
    expect(told).toHaveLength(1)
    putFolder(doc, folder('Letters'), LOCAL)
  })
  await using(keeper, (doc, told) => {
    expect(names(doc).sort()).toEqual(['Essays', 'Letters'])
    expect(told).toEqual([])
  })
  const databases = (await indexedDB.databases()).map(({ name }) => name).sort()
  expect(databases).toEqual(['inbox', 'vault', 'vault~1'])
})

it('R7: without a journal that has it, it stays as it is', async () => {
  const keeper = new MemoryKeeper()
  await using(keeper, (doc) => putFolder(doc, folder('Essays'), LOCAL))
  await garble()
  await expect(using(new MemoryKeeper(), names)).rejects.toThrow(DamagedNote)
  expect((await indexedDB.databases()).map(({ name }) => name).sort()).toEqual(['inbox', 'vault'])
})
