import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { noteId } from '../../core/base/ids.ts'
import type { NoteStore, StoreFault } from '../../crdt/store.ts'
import { type Journaled, journaled } from '../../testing/journaled.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { noteStoreSuite } from '../../testing/note-store-suite.ts'
import { purgedHead } from './head-from-state.ts'
import { IndexedDbStore } from './indexed-db-store.ts'
import { PATIENCE } from './lost.ts'

function suite(name: string, makeStore: () => () => NoteStore): void {
  noteStoreSuite(name, async () => {
    const make = makeStore()
    const keeper = new MemoryKeeper()
    const all: Journaled[] = []
    const next = () => {
      const made = journaled(make(), keeper)
      all.push(made)
      return made.store
    }
    return {
      store: next(),
      reopen: async () => next(),
      dispose: async () => {
        for (const { cut } of all) cut()
      },
    }
  })
}
suite('journaled, on memory', () => {
  const disk = new MemoryDisk()
  return () => new MemoryStore(disk)
})
suite('journaled, on IndexedDB', () => {
  globalThis.indexedDB = new IDBFactory()
  return () => new IndexedDbStore({ ...PATIENCE, load: 200, retry: 5 })
})

const id = noteId('note-under-test')
const other = noteId('another-note-here')

function setUp() {
  const disk = new MemoryDisk()
  const keeper = new MemoryKeeper()
  const inner = new MemoryStore(disk)
  return { ...journaled(inner, keeper), disk, keeper, inner }
}
const kinds = (keeper: MemoryKeeper) => keeper.journal.map(({ kind, key }) => `${kind} ${key}`)
const turn = () => new Promise((resolve) => setImmediate(resolve))
async function settled(keeper: MemoryKeeper, records: number): Promise<void> {
  while (keeper.journal.length < records) await turn()
}
const updateOf = (word: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getArray('w').push([word])
  return Y.encodeStateAsUpdate(doc)
}
const head = { ...purgedHead(id), state: 'live' as const, title: 'One', docHash: 'h' }

describe('R1: what the store takes, the journal takes', () => {
  it('updates of open notes and of the vault doc, inbox rows, clean heads, attachments, deletes', async () => {
    const { keeper, store } = setUp()
    await store.heads()
    await store.reconcile()
    const vault = new Y.Doc()
    await store.openVaultDoc(vault)
    vault.getMap('vault').set('name', 'Mine')
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    doc.getArray('w').push(['typed'])
    await open.whenStored()
    await open.close()
    doc.getArray('w').push(['after'])
    await store.putHeads([{ ...head, dirty: true }])
    await store.putHeads([head])
    await store.appendInbox([{ id: other, update: updateOf('sent'), head: { ...head, id: other } }])
    const attachment = { path: 'a.png', sha256: 'ab'.repeat(32), size: 3 }
    await store.putAttachments([attachment])
    await store.deleteAttachments(['a.png'])
    await store.delete(other)
    await settled(keeper, 8)
    expect(kinds(keeper)).toEqual([
      'update vault',
      `update ${id}`,
      `head ${id}`,
      `update ${other}`,
      `head ${other}`,
      'attachment a.png',
      'attachment a.png',
      `purge ${other}`,
    ])
  })

  it('a head that only the index was told of is not written down again', async () => {
    const { keeper, store } = setUp()
    await store.heads()
    await store.reconcile()
    await store.appendInbox([{ id, update: updateOf('sent'), head }])
    await store.putHeads([{ ...head, indexedHash: 'h' }])
    await store.putHeads([{ ...head, indexedHash: 'h', exportHash: 'h' }])
    await settled(keeper, 3)
    expect(kinds(keeper)).toEqual([`update ${id}`, `head ${id}`, `head ${id}`])
  })

  it('nothing that the store refused', async () => {
    const { keeper, store, inner } = setUp()
    await store.heads()
    inner.hooks = {
      at: () => {
        throw new Error('no')
      },
    }
    await expect(store.appendInbox([{ id, update: updateOf('x') }])).rejects.toThrow('no')
    await turn()
    expect(keeper.journal).toEqual([])
  })

  it('R6: no head before store and journal have been compared', async () => {
    const { keeper, store } = setUp()
    await store.appendInbox([{ id, update: updateOf('sent'), head }])
    await settled(keeper, 1)
    expect(kinds(keeper)).toEqual([`update ${id}`])
    await store.reconcile()
    await settled(keeper, 2)
    expect(kinds(keeper)).toEqual([`update ${id}`, `head ${id}`])
  })
})

describe('R2: the mark', () => {
  it('follows what is in the store, and never overtakes it', async () => {
    const { disk, keeper, store, inner } = setUp()
    await store.openVaultDoc(new Y.Doc())
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    doc.getArray('w').push(['one'])
    await settled(keeper, 1)
    await open.whenStored()
    while (disk.journalMark === 0) {
      await turn()
      await store.mark()
    }
    expect(disk.journalMark).toBe(1)
    inner.fail({ code: 'full', where: 'note' })
    doc.getArray('w').push(['two'])
    await settled(keeper, 2)
    for (let i = 0; i < 5; i++) await turn()
    const marking = store.mark()
    for (let i = 0; i < 5; i++) await turn()
    expect(disk.journalMark).toBe(1)
    inner.resume()
    await marking
    expect(disk.journalMark).toBe(2)
  })
})

describe('S5: while the store fails', () => {
  it('what the journal has on the disk is acknowledged, and the store gets it when it can', async () => {
    const { disk, store, inner } = setUp()
    const faults: (StoreFault | null)[] = []
    store.onFault((fault) => faults.push(fault))
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    inner.fail({ code: 'full', where: 'note' })
    doc.getArray('w').push(['kept'])
    await open.whenStored()
    expect(disk.notes.get(id)).toEqual([])
    inner.resume()
    await open.close()
    expect(disk.notes.get(id)).toHaveLength(1)
    expect(faults.map((fault) => fault?.code ?? null)).toEqual(['full', null])
  })

  it('nothing is acknowledged while the journal fails too', async () => {
    const { store, inner, journal } = setUp()
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    journal.fail('full')
    inner.fail({ code: 'full', where: 'note' })
    doc.getArray('w').push(['kept'])
    let isStored = false
    const waiting = open.whenStored().then(() => {
      isStored = true
    })
    for (let i = 0; i < 5; i++) await turn()
    expect(isStored).toBe(false)
    journal.resume()
    await waiting
    inner.resume()
    await open.close()
  })

  it('a journal that fails keeps nobody from saving', async () => {
    const { keeper, store, journal } = setUp()
    const doc = new Y.Doc()
    const open = await store.open(id, doc)
    journal.fail('read-only')
    doc.getArray('w').push(['saved'])
    await open.whenStored()
    await store.delete(other)
    expect(store.health.journalFault).toBe('read-only')
    journal.resume()
    await settled(keeper, 2)
    expect(store.health.journalFault).toBeNull()
    await open.close()
  })
})
