import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { noteId } from '../../core/base/ids.ts'
import type { StoreFault } from '../../crdt/store.ts'
import { noteStoreSuite } from '../../testing/note-store-suite.ts'
import { canWrite } from './can-write.ts'
import { IndexedDbStore } from './indexed-db-store.ts'
import { PATIENCE } from './lost.ts'

const TIMES = { ...PATIENCE, load: 200, retry: 5 }

noteStoreSuite('IndexedDB', async () => {
  globalThis.indexedDB = new IDBFactory()
  return {
    store: new IndexedDbStore(TIMES),
    reopen: async () => new IndexedDbStore(TIMES),
    dispose: async () => {},
  }
})

describe('S6: a failing disk', () => {
  const id = noteId('note-under-test')
  let transaction: typeof IDBDatabase.prototype.transaction
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory()
    transaction = IDBDatabase.prototype.transaction
  })
  afterEach(() => {
    IDBDatabase.prototype.transaction = transaction
    vi.restoreAllMocks()
  })

  async function openWithFaults() {
    const store = new IndexedDbStore(TIMES)
    const faults: (StoreFault | null)[] = []
    store.onFault((fault) => faults.push(fault))
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    doc.getText('t').insert(0, 'one ')
    await open.whenStored()
    return { store, doc, open, faults }
  }
  const stored = async () => {
    const doc = new Y.Doc()
    const state = await new IndexedDbStore(TIMES).load(id)
    if (state) Y.applyUpdate(doc, state)
    return doc.getText('t').toString()
  }

  it('that aborts a write is told, keeps the edit, and acknowledges it when saving has resumed', async () => {
    const { doc, open, faults } = await openWithFaults()
    let failures = 3
    IDBDatabase.prototype.transaction = function (...args) {
      const made = transaction.apply(this, args)
      if (args[1] === 'readwrite' && failures > 0) {
        failures--
        queueMicrotask(() => made.abort())
      }
      return made
    }
    // y-indexeddb leaves the aborted request's rejection to nobody; the worker has a handler for these.
    const rejections: unknown[] = []
    const heard = (reason: unknown) => rejections.push(reason)
    const others = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', heard)
    doc.getText('t').insert(4, 'two ')
    expect(() => doc.getText('t').insert(8, 'three')).not.toThrow()
    await open.whenStored()
    expect(failures).toBe(0)
    expect(faults).toEqual([{ code: 'broken', where: 'note' }, null])
    expect(await stored()).toBe('one two three')
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', heard)
    for (const listener of others) process.on('unhandledRejection', listener)
    await open.close()
  })

  it('whose connection is gone never throws into an edit', async () => {
    const { doc, open, faults } = await openWithFaults()
    let isGone = true
    IDBDatabase.prototype.transaction = function (...args) {
      if (isGone) throw new DOMException('The database connection is closing.', 'InvalidStateError')
      return transaction.apply(this, args)
    }
    expect(() => doc.getText('t').insert(4, 'two')).not.toThrow()
    expect(faults).toEqual([{ code: 'broken', where: 'note' }])
    isGone = false
    await open.whenStored()
    expect(faults.at(-1)).toBeNull()
    expect(await stored()).toBe('one two')
    await open.close()
  })

  it('that does not answer is told as slow or broken, and opening goes on when it does', async () => {
    const store = new IndexedDbStore(TIMES)
    await store.heads()
    const faults: (StoreFault | null)[] = []
    store.onFault((fault) => faults.push(fault))
    const real = indexedDB.open.bind(indexedDB)
    let calls = 0
    vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
      // A request that never settles.
      if (name.startsWith('note:') && calls++ === 0) return {} as IDBOpenDBRequest
      return real(name, version)
    })
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    expect(faults.map((fault) => fault?.code ?? null)).toEqual(['slow', null])
    doc.getText('t').insert(0, 'late')
    await open.whenStored()
    expect(await stored()).toBe('late')
    await open.close()
  })

  it('rejects an import whose transaction was aborted, whole (S4)', async () => {
    const store = new IndexedDbStore(TIMES)
    await store.heads()
    const faults: (StoreFault | null)[] = []
    store.onFault((fault) => faults.push(fault))
    let failures = 1
    IDBDatabase.prototype.transaction = function (...args) {
      const made = transaction.apply(this, args)
      if (args[1] === 'readwrite' && failures > 0) {
        failures--
        queueMicrotask(() => made.abort())
      }
      return made
    }
    const update = Y.encodeStateAsUpdate(new Y.Doc())
    await expect(store.appendInbox([{ id, update }])).rejects.toThrow()
    expect(await store.load(id)).toBeNull()
    await store.appendInbox([{ id, update }])
    expect(await store.load(id)).toEqual(update)
    expect(faults).toEqual([{ code: 'broken', where: 'inbox' }, null])
  })
})

it('S6: a fault of the inbox ends by itself, though nobody writes again', async () => {
  globalThis.indexedDB = new IDBFactory()
  const { transaction } = IDBDatabase.prototype
  const store = new IndexedDbStore(TIMES)
  await store.heads()
  const faults: (StoreFault | null)[] = []
  const isOver = new Promise<void>((resolve) => {
    store.onFault((fault) => {
      faults.push(fault)
      if (!fault) resolve()
    })
  })
  let failures = 3
  IDBDatabase.prototype.transaction = function (...args) {
    const made = transaction.apply(this, args)
    if (args[1] === 'readwrite' && failures > 0) {
      failures--
      queueMicrotask(() => made.abort())
    }
    return made
  }
  await expect(store.setJournalMark(3)).rejects.toThrow()
  await isOver
  IDBDatabase.prototype.transaction = transaction
  expect(faults).toEqual([{ code: 'broken', where: 'inbox' }, null])
  expect(failures).toBe(0)
  await store.close()
})

it('S6: a database that gives new rows a key which is taken is brought past it', async () => {
  globalThis.indexedDB = new IDBFactory()
  const id = noteId('note-under-test')
  const store = new IndexedDbStore(TIMES)
  const faults: (StoreFault | null)[] = []
  store.onFault((fault) => faults.push(fault))
  const doc = new Y.Doc()
  const open = await store.open(id, doc)
  doc.getText('t').insert(0, 'one ')
  await open.whenStored()
  // As after a full disk: the first row is there, and its key is the next to be given.
  const { add } = IDBObjectStore.prototype
  let refused = 0
  IDBObjectStore.prototype.add = function (value, key) {
    if (this.name === 'updates' && key === undefined && refused < 50) {
      refused++
      return add.call(this, value, 1)
    }
    if (this.name === 'updates') refused = 50
    return add.call(this, value, key)
  }
  const heard = (): void => {}
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', heard)
  doc.getText('t').insert(4, 'two')
  await open.whenStored()
  await open.close()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', heard)
  for (const listener of others) process.on('unhandledRejection', listener)
  IDBObjectStore.prototype.add = add
  expect(faults).toEqual([{ code: 'broken', where: 'note' }, null])
  const read = new Y.Doc()
  Y.applyUpdate(read, (await new IndexedDbStore(TIMES).load(id)) ?? new Uint8Array())
  expect(read.getText('t').toString()).toBe('one two')
})

describe('S6: a transaction that is lost without a word', () => {
  const id = noteId('note-under-test')
  const QUICK = { ...TIMES, slow: 20, probe: 40 }
  const { transaction } = IDBDatabase.prototype
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory()
  })
  afterEach(() => {
    IDBDatabase.prototype.transaction = transaction
  })

  /** Of these connections nothing is answered any more, as where Chromium has closed their store. */
  function lose(databases: ReadonlySet<IDBDatabase>) {
    IDBDatabase.prototype.transaction = function (...args) {
      if (!databases.has(this)) return transaction.apply(this, args)
      const mute = () => ({}) as IDBRequest
      const store = { add: mute, put: mute, get: mute, getAll: mute, getAllKeys: mute, getKey: mute, count: mute }
      return { objectStore: () => store, abort: () => {} } as unknown as IDBTransaction
    }
  }
  /** Every connection that is used from now on, until it is taken. */
  function connections(): ReadonlySet<IDBDatabase> {
    const used = new Set<IDBDatabase>()
    IDBDatabase.prototype.transaction = function (...args) {
      used.add(this)
      return transaction.apply(this, args)
    }
    return used
  }

  it('is told, and what was written is written again: a note that is open', async () => {
    const used = connections()
    const store = new IndexedDbStore(QUICK)
    const faults: (StoreFault | null)[] = []
    store.onFault((fault) => faults.push(fault))
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    await open.whenStored()
    lose(new Set(used))
    doc.getText('t').insert(0, 'not lost')
    await open.whenStored()
    expect(faults.map((fault) => fault?.code ?? null)).toEqual(['slow', 'broken', null])
    await open.close()
    const read = new Y.Doc()
    Y.applyUpdate(read, (await new IndexedDbStore(TIMES).load(id)) ?? new Uint8Array())
    expect(read.getText('t').toString()).toBe('not lost')
  })

  it('is told, and what was written is written again: the inbox', async () => {
    const used = connections()
    const store = new IndexedDbStore(QUICK)
    await store.heads()
    lose(new Set(used))
    const faults: (StoreFault | null)[] = []
    store.onFault((fault) => faults.push(fault))
    const update = Y.encodeStateAsUpdate(new Y.Doc())
    await store.appendInbox([{ id, update }])
    expect(faults.map((fault) => fault?.code ?? null)).toEqual(['slow', null])
    expect(await new IndexedDbStore(TIMES).load(id)).toEqual(update)
  })

  it('is told as deaf where newer connections are not answered either', async () => {
    const used = connections()
    let isDeaf = () => {}
    const told = new Promise<void>((resolve) => {
      isDeaf = resolve
    })
    const store = new IndexedDbStore({ ...QUICK, probe: 5, onDeaf: () => isDeaf() })
    await store.heads()
    lose(new Set(used))
    const open = vi.spyOn(indexedDB, 'open').mockImplementation(() => ({}) as IDBOpenDBRequest)
    const update = Y.encodeStateAsUpdate(new Y.Doc())
    const appended = store.appendInbox([{ id, update }])
    await told
    expect(await canWrite(5)).toBe(false)
    open.mockRestore()
    expect(await canWrite()).toBe(true)
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(['inbox'])
    await appended
    expect(await new IndexedDbStore(TIMES).load(id)).toEqual(update)
  })

  it('is opened again', async () => {
    const real = indexedDB.open.bind(indexedDB)
    let calls = 0
    vi.spyOn(indexedDB, 'open').mockImplementation((name, version) =>
      calls++ === 0 ? ({} as IDBOpenDBRequest) : real(name, version),
    )
    await new IndexedDbStore(TIMES).close()
    const store = new IndexedDbStore(QUICK)
    const faults: (StoreFault | null)[] = []
    const isOver = new Promise<void>((resolve) => {
      store.onFault((fault) => {
        faults.push(fault)
        if (!fault) resolve()
      })
    })
    expect(await store.heads()).toEqual([])
    await isOver
    expect(faults.map((fault) => fault?.code ?? null)).toEqual(['slow', null])
    vi.restoreAllMocks()
  })

  it('is read again', async () => {
    const used = connections()
    const store = new IndexedDbStore(QUICK)
    const update = Y.encodeStateAsUpdate(new Y.Doc())
    await store.appendInbox([{ id, update }])
    lose(new Set(used))
    expect(await store.load(id)).toEqual(update)
    expect(await store.heads()).toEqual([])
  })
})

it('a database with many rows is rewritten as one when it closes', async () => {
  globalThis.indexedDB = new IDBFactory()
  const store = new IndexedDbStore(TIMES)
  const id = noteId('note-under-test')
  const doc = new Y.Doc()
  const open = await store.open(id, doc)
  for (let i = 0; i < 80; i++) doc.getText('t').insert(i, 'x')
  await open.close()
  const rows = await new Promise<unknown[]>((resolve, reject) => {
    const request = indexedDB.open(`note:${id}`)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const all = request.result.transaction(['updates']).objectStore('updates').getAll()
      all.onsuccess = () => resolve(all.result)
    }
  })
  expect(rows).toHaveLength(1)
})
