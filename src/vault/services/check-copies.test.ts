import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

describe('S16: check compares the store with its journal', () => {
  let disk: MemoryDisk
  let keeper: MemoryKeeper
  let harness: VaultHarness
  let id: NoteId
  beforeEach(async () => {
    disk = new MemoryDisk()
    keeper = new MemoryKeeper()
    harness = await vaultHarness(new MemoryStore(disk), { keeper })
    id = (await harness.vault.call('createNote', { title: 'Alpha', kind: 'note', markdown: 'first' })).id
    await harness.vault.call('createNote', { title: 'Beta', kind: 'note', markdown: 'second' })
    await harness.vault.call('appendMarkdown', { id, markdown: 'third' })
    await harness.vault.call('whenIndexed', {})
    await harness.service.whenReconciled()
  })
  afterEach(() => harness.close())

  const check = async (repair: boolean) => (await harness.vault.call('check', { repair })).problems
  const codes = async (repair: boolean) => (await check(repair)).map((problem) => `${problem.code} ${problem.id}`)
  const show = async () => (await harness.vault.call('showMarkdown', { id })).markdown

  it('and finds nothing where they are the same', async () => {
    expect(await check(false)).toEqual([])
  })

  it('writes what the journal lacks', async () => {
    const lost = keeper.journal.findLastIndex(({ kind, key }) => kind === 'update' && key === id)
    keeper.journal[lost] = { kind: 'head', key: 'nobody', bytes: new Uint8Array() }
    expect(await codes(false)).toEqual([`journal-short ${id}`])
    expect(await codes(true)).toEqual([`journal-short ${id}`])
    expect(await codes(false)).toEqual([])
  })

  it('puts back what the store lacks, into its text, its head and the index', async () => {
    disk.inbox.get(id)?.pop()
    expect(await codes(false)).toContain(`store-short ${id}`)
    await check(true)
    expect(await check(false)).toEqual([])
    expect(await show()).toContain('third')
    expect((await harness.index.call('search', { query: 'third', limit: 5 })).total).toBe(1)
  })

  it('puts back a note that cannot be read', async () => {
    disk.inbox.set(id, [new Uint8Array([9, 200, 255, 255, 7])])
    expect(await codes(false)).toContain(`doc-unreadable ${id}`)
    await check(true)
    expect(await check(false)).toEqual([])
    expect(await show()).toContain('first\n\nthird')
  })
})
