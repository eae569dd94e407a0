import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import { journaled } from '../../testing/journaled.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { headFromState } from './head-from-state.ts'

/** Its reads take as long as a test says. */
class SlowStore extends MemoryStore {
  gate: Promise<void> = Promise.resolve()
  onRead: () => void = () => {}
  override async load(id: NoteId): Promise<Uint8Array | null> {
    const read = await super.load(id)
    this.onRead()
    await this.gate
    return read
  }
}

/** Lets ports carry what they were given. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

it('R6: a note that is purged while store and journal are compared comes back in neither', async () => {
  const id = noteId('note-of-an-older-vault')
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'secret')
  const update = Y.encodeStateAsUpdate(doc)
  const slow = new SlowStore(new MemoryDisk())
  await slow.appendInbox([{ id, update, head: { ...headFromState(id, update), dirty: false } }])
  const keeper = new MemoryKeeper()
  const { store, cut } = journaled(slow, keeper)
  await store.heads()
  const vault = await store.openVaultDoc(new Y.Doc())
  let release = () => {}
  slow.gate = new Promise((resolve) => {
    release = resolve
  })
  const reads = new Promise<void>((resolve) => {
    slow.onRead = resolve
  })
  const compared = store.reconcile()
  await reads
  const deleted = store.delete(id)
  // As long as a purge takes where nobody holds it up.
  await turns()
  release()
  await Promise.all([compared, deleted])
  await turns()
  expect(await keeper.handlers.journalRead({ keys: [id] }, [])).toEqual([])
  expect(await slow.load(id)).toBeNull()
  expect(await store.heads()).toEqual([])
  await vault.close()
  await store.close()
  cut()
})
