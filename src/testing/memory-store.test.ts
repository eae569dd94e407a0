import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { noteId } from '../core/base/ids.ts'
import type { StoreFault } from '../crdt/store.ts'
import { MemoryDisk, MemoryStore } from './memory-store.ts'
import { noteStoreSuite } from './note-store-suite.ts'

noteStoreSuite('memory', async () => {
  const disk = new MemoryDisk()
  return {
    store: new MemoryStore(disk),
    reopen: async () => new MemoryStore(disk),
    dispose: async () => {},
  }
})

it('a failing disk acknowledges nothing until it is well again', async () => {
  const store = new MemoryStore()
  const faults: (StoreFault | null)[] = []
  store.onFault((fault) => faults.push(fault))
  const doc = new Y.Doc()
  const open = await store.open(noteId('note-under-test'), doc)
  store.fail({ code: 'full', where: 'note' })
  doc.getText('t').insert(0, 'kept')
  let stored = false
  const waiting = open.whenStored().then(() => {
    stored = true
  })
  await new Promise((resolve) => setImmediate(resolve))
  expect(stored).toBe(false)
  store.resume()
  await waiting
  expect(faults).toEqual([{ code: 'full', where: 'note' }, null])
})
