import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { StoreUnreadable } from '../../crdt/store.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { CallError } from '../../ipc/rpc.ts'
import { journaled } from '../../testing/journaled.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const words = (text: string) => [{ type: 'paragraph' as const, children: [{ type: 'text' as const, text, marks: 0 }] }]
const running: VaultHarness[] = []

async function openVault(disk: MemoryDisk, keeper: MemoryKeeper, store = new MemoryStore(disk)): Promise<VaultHarness> {
  const harness = await vaultHarness(store, { keeper })
  running.push(harness)
  return harness
}
async function close(harness: VaultHarness): Promise<void> {
  running.splice(running.indexOf(harness), 1)
  await harness.close()
}
afterEach(async () => {
  for (const harness of running.splice(0)) await harness.close()
})

async function type(harness: VaultHarness, id: NoteId, text: string): Promise<void> {
  const open = await harness.openNote(id)
  open.doc.transact(() => appendTree(rootOf(open.doc), words(text)))
  await open.stored()
  open.close()
}

/** Everything that a person would see: paths and texts of notes, folders, the trash, attachments. */
async function seen(harness: VaultHarness) {
  await harness.vault.call('whenIndexed', {})
  const { notes } = await harness.vault.call('exportPlan', {})
  const shown = await Promise.all(notes.map(({ id }) => harness.vault.call('showMarkdown', { id })))
  const trashed = await harness.vault.call('notes', { trashed: true })
  return {
    notes: shown.map(({ path, markdown }) => `${path}: ${markdown}`).sort(),
    hashes: notes.map(({ id, docHash }) => `${id} ${docHash}`).sort(),
    trashed: trashed.map(({ id, title }) => `${id} ${title}`).sort(),
    folders: (await harness.vault.call('folders', {})).map(({ id, name, notes: count }) => `${id} ${name} ${count}`),
    attachments: await harness.vault.call('attachments', {}),
    name: (await harness.vault.call('info', {})).name,
  }
}
const restored = async (harness: VaultHarness) => (await harness.vault.call('info', {})).restored

/** A vault with something of everything, closed; the note `open` was typed in. */
async function written() {
  const disk = new MemoryDisk()
  const keeper = new MemoryKeeper()
  const harness = await openVault(disk, keeper)
  await harness.service.whenReconciled()
  await harness.vault.call('setName', { name: 'Mine' })
  await harness.importText({ 'Essays/Alpha.md': 'Of alpha [[Beta]]\n', 'Beta.md': 'Of beta\n' })
  const { id: gamma } = await harness.vault.call('createNote', { title: 'Gamma', kind: 'note', markdown: 'Of gamma' })
  const { id: trashed } = await harness.vault.call('createNote', { title: 'Waste', kind: 'note', markdown: 'waste' })
  await harness.vault.call('trashNote', { id: trashed })
  const { id: purged } = await harness.vault.call('createNote', { title: 'Secret', kind: 'note', markdown: 'secret' })
  await harness.vault.call('trashNote', { id: purged })
  await harness.vault.call('purgeNotes', { ids: [purged] })
  await type(harness, gamma, 'and typed')
  await harness.vault.call('addAttachments', { attachments: [{ path: 'a.png', sha256: 'ab'.repeat(32), size: 3 }] })
  return { disk, keeper, harness, gamma, purged }
}

/** Nothing that is stored twice, and nothing to be done, after another start. */
async function isIdempotent(disk: MemoryDisk, keeper: MemoryKeeper): Promise<void> {
  const first = await openVault(disk, keeper)
  const before = await seen(first)
  await first.service.whenReconciled()
  await close(first)
  const records = keeper.journal.length
  const rows = [...disk.inbox.values()].flat().length
  const second = await openVault(disk, keeper)
  await second.service.whenReconciled()
  expect(await seen(second)).toEqual(before)
  expect(await restored(second)).toBeNull()
  await close(second)
  expect(keeper.journal.length).toBe(records)
  expect([...disk.inbox.values()].flat().length).toBe(rows)
}

describe('opening a store that is short', () => {
  it('R3, R8: an empty one is restored from the journal, and the person is told', async () => {
    const { keeper, harness, purged } = await written()
    const before = await seen(harness)
    await close(harness)
    const disk = new MemoryDisk()
    const again = await openVault(disk, keeper)
    expect(await seen(again)).toEqual(before)
    expect(await restored(again)).toBe(
      'The vault’s store was empty: 4 notes were put back from the journal on this computer.',
    )
    expect((await again.vault.call('check', { repair: false })).problems).toEqual([])
    await expect(again.vault.call('note', { id: purged })).rejects.toMatchObject({ code: 'not-found' })
    expect(disk.heads.get(purged)?.state).toBe('purged')
    await close(again)
    await isIdempotent(disk, keeper)
  })

  it('R4: one that lost its end gets it back, by the tail and by comparing everything', async () => {
    const { disk, keeper, harness, gamma } = await written()
    await harness.vault.call('flush', {})
    const early = disk.copy()
    expect(early.journalMark).toBeGreaterThan(0)
    await type(harness, gamma, 'later')
    await harness.importText({ 'New.md': 'Of new\n' })
    const beta = await harness.vault.call('find', { name: 'Beta' })
    await harness.vault.call('renameNote', { id: beta.id, title: 'Better' })
    await harness.vault.call('createFolder', { parentId: null, name: 'Later' })
    await harness.vault.call('addAttachments', { attachments: [{ path: 'b.png', sha256: 'cd'.repeat(32), size: 3 }] })
    const before = await seen(harness)
    await close(harness)
    for (const compacted of [0, keeper.journal.length]) {
      const own = keeper.copy()
      own.compacted = compacted
      const short = early.copy()
      const again = await openVault(short, own)
      expect(await seen(again)).toEqual(before)
      expect(await restored(again)).toContain('The vault’s store had lost part of what you wrote')
      await close(again)
      await isIdempotent(short, own)
    }
  })

  it('R4, R8: what the last moments before a kill wrote is put back in silence', async () => {
    const { disk, keeper, harness, gamma } = await written()
    await harness.vault.call('flush', {})
    const early = disk.copy()
    await type(harness, gamma, 'last words')
    const before = await seen(harness)
    await close(harness)
    const again = await openVault(early, keeper)
    expect(await seen(again)).toEqual(before)
    expect(await restored(again)).toBeNull()
  })

  it('R4: a purge that the store did not get to is done, and nothing purged comes back', async () => {
    const { disk, keeper, harness, gamma } = await written()
    await harness.vault.call('flush', {})
    const early = disk.copy()
    await harness.vault.call('trashNote', { id: gamma })
    await harness.vault.call('purgeNotes', { ids: [gamma] })
    const before = await seen(harness)
    await close(harness)
    for (const store of [early, new MemoryDisk()]) {
      const own = keeper.copy()
      const again = await openVault(store, own)
      await again.service.whenReconciled()
      expect(await seen(again)).toEqual(before)
      expect(store.notes.has(gamma) || store.inbox.has(gamma)).toBe(false)
      expect(store.heads.get(gamma)?.state).toBe('purged')
      expect(own.journal.filter(({ kind, key }) => kind === 'update' && key === gamma)).toEqual([])
      await close(again)
    }
  })

  it('R4, R6: one that lost its older files and kept the newest is compared note by note, whatever its heads say', async () => {
    const { disk, keeper, harness } = await written()
    await harness.service.whenReconciled()
    const beta = await harness.vault.call('find', { name: 'Beta' })
    await harness.vault.call('appendMarkdown', { id: beta.id, markdown: 'Later words' })
    await harness.vault.call('flush', {})
    const before = await seen(harness)
    await close(harness)
    const rows = disk.inbox.get(beta.id) ?? []
    expect(rows.length).toBeGreaterThan(1)
    for (const mark of [0, keeper.journal.length]) {
      const left = disk.copy()
      for (const id of [...left.heads.keys()]) if (id !== beta.id) left.heads.delete(id)
      left.inbox.clear()
      left.notes.clear()
      left.inbox.set(beta.id, rows.slice(-1))
      left.journalMark = mark
      const own = keeper.copy()
      const again = await openVault(left, own)
      await again.service.whenReconciled()
      expect(await seen(again)).toEqual(before)
      expect(await restored(again)).toContain('The vault’s store had lost part of what you wrote')
      await close(again)
      await isIdempotent(left, own)
    }
  })

  it('R7: a note of which only the end is left is read from the journal, closed or opened, and told', async () => {
    const { disk, keeper, harness } = await written()
    await harness.service.whenReconciled()
    const beta = await harness.vault.call('find', { name: 'Beta' })
    await harness.vault.call('appendMarkdown', { id: beta.id, markdown: 'Later words' })
    await harness.vault.call('flush', {})
    const before = await harness.vault.call('showMarkdown', { id: beta.id })
    await close(harness)
    const rows = disk.inbox.get(beta.id) ?? []
    expect(rows.length).toBeGreaterThan(1)
    for (const isOpened of [false, true]) {
      const left = disk.copy()
      left.inbox.set(beta.id, rows.slice(-1))
      left.journalMark = keeper.journal.length
      const { store, cut } = journaled(new MemoryStore(left), keeper.copy())
      const told: string[] = []
      store.restored.on((text) => told.push(text))
      const doc = new Y.Doc()
      if (isOpened) await store.open(beta.id, doc)
      else Y.applyUpdate(doc, (await store.load(beta.id)) ?? new Uint8Array())
      expect(doc.store.pendingStructs).toBeNull()
      expect(JSON.stringify(rootOf(doc).toJSON())).toContain('Later words')
      expect(told).toHaveLength(1)
      await store.close()
      cut()
    }
    expect(before.markdown).toContain('Later words')
  })

  it('R5: a crash at any write of it leaves what the next start completes', async () => {
    const { disk, keeper, harness, gamma } = await written()
    await harness.vault.call('flush', {})
    const early = disk.copy()
    await type(harness, gamma, 'later')
    await harness.importText({ 'New.md': 'Of new\n', 'Newer.md': 'Of newer\n' })
    const before = await seen(harness)
    await close(harness)
    for (const start of [early, new MemoryDisk()]) {
      for (let writes = 0; ; writes++) {
        const store = start.copy()
        const own = keeper.copy()
        const dying = journaled(new DyingStore(store, writes), own)
        const crash = await dying.store.heads().then(
          () => null,
          (error: Error) => error.message,
        )
        dying.cut()
        if (crash === null) break
        expect(crash).toBe('crash')
        const again = await openVault(store, own)
        expect(await seen(again)).toEqual(before)
        await close(again)
      }
    }
  })
})

describe('R9: a store that cannot be opened at all', () => {
  it('is set aside, and restored from the journal', async () => {
    const { keeper, harness } = await written()
    const before = await seen(harness)
    await close(harness)
    const store = new UnreadableStore(new MemoryDisk())
    keeper.onSetAside = () => {
      store.isBroken = false
    }
    const again = await openVault(new MemoryDisk(), keeper, store)
    expect(await seen(again)).toEqual(before)
    expect(await restored(again)).toBe(
      'The vault’s store could not be opened any more: 4 notes were put back from the journal on this computer.',
    )
  })

  it('stays as it is where there is no journal, and is never taken for an empty one', async () => {
    const { store, cut } = journaled(new UnreadableStore(new MemoryDisk()), new MemoryKeeper())
    await expect(store.heads()).rejects.toMatchObject({ code: 'no-journal' })
    cut()
  })
})

describe('a note that cannot be read', () => {
  const garbage = () => new Uint8Array([9, 200, 255, 255, 7])

  it('R7: is put back from the journal when it is read or opened, with what is left of it', async () => {
    for (const how of ['read', 'open'] as const) {
      const { disk, keeper, harness, gamma } = await written()
      const before = await seen(harness)
      await close(harness)
      const rows = disk.notes.get(gamma) ?? disk.inbox.get(gamma)
      rows?.splice(0, 1, garbage())
      rows?.push(garbage())
      const again = await openVault(disk, keeper)
      if (how === 'open') (await again.openNote(gamma)).close()
      expect(await seen(again)).toEqual(before)
      expect(await restored(again)).toContain('Part of a note was missing')
      await close(again)
      await isIdempotent(disk, keeper)
    }
  })

  it('R7: one whose rows are gone is read from the journal, also while we run', async () => {
    const { disk, harness, gamma } = await written()
    const before = await seen(harness)
    disk.notes.delete(gamma)
    disk.inbox.clear()
    expect(await seen(harness)).toEqual(before)
    await type(harness, gamma, 'more')
    expect((await harness.vault.call('showMarkdown', { id: gamma })).markdown).toContain('and typed\n\nmore')
  })

  it('R7: where nothing is left of it, it is a problem and no empty note', async () => {
    const { disk, keeper, harness, gamma } = await written()
    await harness.vault.call('flush', {})
    await close(harness)
    disk.inbox.delete(gamma)
    disk.notes.set(gamma, [garbage()])
    keeper.forget(gamma)
    const again = await openVault(disk, keeper)
    await expect(again.openNote(gamma)).rejects.toThrow()
    const { problems } = await again.vault.call('check', { repair: true })
    expect(problems).toContainEqual(expect.objectContaining({ code: 'doc-unreadable', id: gamma }))
    expect(disk.notes.get(gamma)).toHaveLength(1)
  })
})

describe('R6: a journal that is short', () => {
  it('gets what it lacks behind the start, wherever it was cut off', async () => {
    const { disk, keeper, harness } = await written()
    const before = await seen(harness)
    await close(harness)
    const all = keeper.journal.length
    for (const records of [0, 1, 3, Math.floor(all / 2), all - 1]) {
      const own = keeper.copy(records)
      const store = disk.copy()
      const again = await openVault(store, own)
      await again.service.whenReconciled()
      expect(await seen(again)).toEqual(before)
      expect(await restored(again)).toBeNull()
      await close(again)
      expect(store.journalMark).toBeLessThanOrEqual(own.journal.length)
      const fromJournal = await openVault(new MemoryDisk(), own)
      expect(await seen(fromJournal)).toEqual(before)
      await close(fromJournal)
      await isIdempotent(store, own)
    }
  })

  it('and a store that is short as well are joined', async () => {
    const { disk, keeper, harness, gamma } = await written()
    await harness.vault.call('flush', {})
    const early = disk.copy()
    const long = keeper.copy()
    await type(harness, gamma, 'in the journal only')
    await close(harness)
    // The store goes on without the journal that has the last words.
    const alone = await openVault(early, long)
    await alone.service.whenReconciled()
    const beta = (await alone.vault.call('find', { name: 'Beta' })).id
    await type(alone, beta, 'in the store only')
    await close(alone)
    const joined = await openVault(early, keeper)
    await joined.service.whenReconciled()
    const { notes } = await seen(joined)
    expect(notes.join()).toContain('in the journal only')
    expect(notes.join()).toContain('in the store only')
    await close(joined)
    const fromJournal = await openVault(new MemoryDisk(), keeper)
    expect((await seen(fromJournal)).notes).toEqual(notes)
  })

  it('that is damaged is compared note by note', async () => {
    const { disk, keeper, harness, gamma } = await written()
    const before = await seen(harness)
    await harness.service.whenReconciled()
    await close(harness)
    const index = keeper.journal.findIndex(({ kind, key }) => kind === 'update' && key === gamma)
    keeper.journal[index] = { kind: 'update', key: gamma, bytes: Y.encodeStateAsUpdate(new Y.Doc()) }
    keeper.damage = 'One record was lost.'
    const again = await openVault(disk, keeper)
    await again.service.whenReconciled()
    await close(again)
    const fromJournal = await openVault(new MemoryDisk(), keeper)
    expect(await seen(fromJournal)).toEqual(before)
  })
})

it('R10: a journal that cannot be asked keeps nobody from the notes, and no mark is set', async () => {
  const { disk, keeper, harness } = await written()
  const before = await seen(harness)
  await close(harness)
  const store = disk.copy()
  store.journalMark = 1
  const refuse = () => {
    throw new CallError('internal', 'The journal cannot be read.')
  }
  Object.assign(keeper.handlers, { journalIndex: refuse, journalSince: refuse })
  const again = await openVault(store, keeper)
  expect(await seen(again)).toEqual(before)
  await again.vault.call('flush', {})
  await close(again)
  expect(store.journalMark).toBe(1)
})

class UnreadableStore extends MemoryStore {
  isBroken = true

  override async journalMark(): Promise<number> {
    if (this.isBroken) throw new StoreUnreadable('UnknownError')
    return super.journalMark()
  }
}

/** Ends after a number of writes, as a process that is killed. */
class DyingStore extends MemoryStore {
  #left: number

  constructor(disk: MemoryDisk, writes: number) {
    super(disk)
    this.#left = writes
  }

  #count(): void {
    if (this.#left-- <= 0) throw new Error('crash')
  }

  override async appendInbox(entries: Parameters<MemoryStore['appendInbox']>[0]): Promise<void> {
    this.#count()
    return super.appendInbox(entries)
  }

  override async putHeads(heads: Parameters<MemoryStore['putHeads']>[0]): Promise<void> {
    this.#count()
    return super.putHeads(heads)
  }

  override async putAttachments(attachments: Parameters<MemoryStore['putAttachments']>[0]): Promise<void> {
    this.#count()
    return super.putAttachments(attachments)
  }
}
