import { afterEach, describe, expect, it, vi } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const DAY = 86_400_000

function copyOf(disk: MemoryDisk): MemoryDisk {
  const copy = new MemoryDisk()
  for (const [key, head] of disk.heads) copy.heads.set(key, head)
  for (const [key, rows] of disk.inbox) copy.inbox.set(key, [...rows])
  for (const [key, rows] of disk.notes) copy.notes.set(key, [...rows])
  for (const [key, job] of disk.jobs) copy.jobs.set(key, job)
  copy.vault.push(...disk.vault)
  return copy
}

describe('trash', () => {
  let disk = new MemoryDisk()
  let keeper = new MemoryKeeper()
  let now = 0
  const open: VaultHarness[] = []
  const start = async (store = new MemoryStore(disk)) => {
    const harness = await vaultHarness(store, { keeper, now: () => now })
    open.push(harness)
    return harness
  }
  const fresh = () => {
    disk = new MemoryDisk()
    keeper = new MemoryKeeper()
    now = 1_700_000_000_000
    return start()
  }
  afterEach(async () => {
    for (const harness of open.splice(0)) await harness.close().catch(() => {})
  })
  const create = (harness: VaultHarness, title: string, markdown = '', folderId: null | undefined = null) =>
    harness.vault.call('createNote', { title, kind: 'note', folderId, markdown })
  const trashOf = (harness: VaultHarness) => harness.vault.call('trash', {})

  it('S17: tells when, how many words and how it begins, the last one thrown away first', async () => {
    const harness = await fresh()
    const first = await create(harness, 'First', 'It began with [[Somewhere|a place]]. Then two more.')
    const second = await create(harness, 'Second', `${'word '.repeat(100)}`)
    await create(harness, 'Alive')
    await harness.vault.call('trashNote', { id: first.id })
    now += DAY
    await harness.vault.call('trashNote', { id: second.id })
    now += DAY
    await harness.vault.call('trashNote', { id: first.id })
    const rows = await trashOf(harness)
    expect(rows).toMatchObject([
      { id: second.id, trashedAt: 1_700_000_000_000 + DAY, words: 100, folderGone: false, names: ['Second'] },
      { id: first.id, trashedAt: 1_700_000_000_000, excerpt: 'It began with a place. Then two more.' },
    ])
    expect(rows[0]?.excerpt.length).toBeLessThanOrEqual(120)
    // The time is stored with the edit, and goes with the restore.
    await harness.close()
    const again = await start()
    expect((await trashOf(again)).map(({ trashedAt }) => trashedAt)).toEqual([
      1_700_000_000_000 + DAY,
      1_700_000_000_000,
    ])
    await again.vault.call('restoreNote', { id: first.id })
    expect(disk.heads.get(first.id)?.trashedAt).toBeUndefined()
  })

  it('S17: an open note has its time too', async () => {
    const harness = await fresh()
    const { id } = await create(harness, 'Open')
    const replica = await harness.openNote(id)
    await harness.vault.call('trashNote', { id })
    expect(await trashOf(harness)).toMatchObject([{ id, trashedAt: now }])
    replica.close()
  })

  it('S18: links wait by title, alias and path, and lead there again', async () => {
    const harness = await fresh()
    await harness.importText({
      'Deep/Told.md': '---\naliases: [The telling]\n---\nText',
      'A.md': 'See [[Told]] and [[the telling]].',
      'B.md': 'See [[Deep/Told]].',
    })
    const told = await harness.vault.call('find', { name: 'Told' })
    const before = await harness.index.call('backlinks', { id: told.id })
    expect(before.total).toBe(2)
    await harness.vault.call('trashNote', { id: told.id })
    await harness.vault.call('whenIndexed', {})
    const [row] = await trashOf(harness)
    const [waiting] = await harness.index.call('waiting', { names: [row?.names ?? []], limit: 10 })
    expect(waiting).toMatchObject({ links: 3, notes: 2 })
    expect(waiting?.items.map(({ title, context }) => [title, context])).toEqual(
      expect.arrayContaining([
        ['A', 'See Told and the telling.'],
        ['B', 'See Deep/Told.'],
      ]),
    )
    await harness.vault.call('restoreNote', { id: told.id })
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('backlinks', { id: told.id })).items).toEqual(before.items)
    expect(await harness.index.call('waiting', { names: [row?.names ?? []], limit: 10 })).toMatchObject([{ links: 0 }])
  })

  it('S10, S18: from a folder that is gone it comes back at the top, and into the folder when that is made again', async () => {
    const harness = await fresh()
    const folder = await harness.vault.call('createFolder', { parentId: null, name: 'Gone' })
    const { id } = await harness.vault.call('createNote', { title: 'Kept', kind: 'note', folderId: folder.id })
    await harness.vault.call('trashNote', { id })
    await harness.vault.call('removeFolder', { id: folder.id })
    expect(await trashOf(harness)).toMatchObject([{ id, folderGone: true }])
    await harness.vault.call('restoreNote', { id })
    expect(await harness.vault.call('note', { id })).toMatchObject({ path: 'Kept.md', folderId: null })
    await harness.vault.call('createFolder', { parentId: null, name: 'Gone' })
    expect(await harness.vault.call('note', { id })).toMatchObject({ path: 'Gone/Kept.md' })
  })

  it('S19: what is purged has left store, index and keeper; a living note is refused with all the others', async () => {
    const harness = await fresh()
    const gone = await create(harness, 'Zanzibar secret', 'words of marmalade')
    const alive = await create(harness, 'Alive')
    await harness.vault.call('trashNote', { id: gone.id })
    await expect(harness.vault.call('purgeNotes', { ids: [gone.id, alive.id] })).rejects.toMatchObject({
      code: 'not-trashed',
    })
    await expect(harness.vault.call('purgeNotes', { ids: ['none-of-the-notes' as NoteId] })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await trashOf(harness)).toHaveLength(1)
    expect(await harness.vault.call('purgeNotes', { ids: [gone.id, gone.id] })).toEqual({
      notes: 1,
      archives: 0,
      left: [],
    })
    expect(await trashOf(harness)).toEqual([])
    await expect(harness.vault.call('note', { id: gone.id })).rejects.toMatchObject({ code: 'not-found' })
    expect(disk.notes.has(gone.id) || disk.inbox.has(gone.id)).toBe(false)
    expect(JSON.stringify(disk.heads.get(gone.id))).not.toMatch(/Zanzibar|marmalade/)
    expect(keeper.journal.some(({ kind, key }) => kind === 'purge' && key === gone.id)).toBe(true)
    expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true, notes: 1 })
  })

  it('S19: a purged note that is open closes', async () => {
    const harness = await fresh()
    const { id } = await create(harness, 'Open')
    const replica = await harness.openNote(id)
    await harness.vault.call('trashNote', { id })
    await harness.vault.call('purgeNotes', { ids: [id] })
    expect(disk.notes.has(id)).toBe(false)
    await expect(harness.openNote(id)).rejects.toMatchObject({ code: 'not-found' })
    replica.close()
    await harness.vault.call('flush', {})
    expect(disk.heads.get(id)?.state).toBe('purged')
  })

  it('S19: no import brings the id back, nor does a store that was restored from before', async () => {
    const harness = await fresh()
    const bytes = new TextEncoder().encode('---\nid: my-own-note-id-21\n---\nOnce')
    const files = [{ path: 'Once.md', bytes, updated: 1 }]
    const [first] = await harness.vault.call('importFiles', { files })
    const id = first?.id as NoteId
    const heads = new Map(disk.heads)
    const rows = new Map(disk.inbox)
    await harness.vault.call('trashNote', { id })
    await harness.vault.call('purgeNotes', { ids: [id] })
    const [second] = await harness.vault.call('importFiles', { files })
    expect(second?.id).not.toBe(id)
    await harness.close()
    // The purge is in the vault doc; the note itself comes from an older copy.
    for (const [key, head] of heads) disk.heads.set(key, head)
    for (const [key, row] of rows) disk.inbox.set(key, row)
    const again = await start()
    await expect(again.vault.call('note', { id })).rejects.toMatchObject({ code: 'not-found' })
    await again.vault.call('check', { repair: false })
    expect(disk.inbox.has(id)).toBe(false)
    expect(disk.heads.get(id)?.state).toBe('purged')
  })

  it('S19: cut off at any step it is finished at the next start', async () => {
    class Dying extends MemoryStore {
      left = Number.POSITIVE_INFINITY
      steps = 0
      #step(): void {
        this.steps++
        if (this.left-- <= 0) throw new Error('killed')
      }
      override async putJob(job: Parameters<MemoryStore['putJob']>[0]) {
        this.#step()
        await super.putJob(job)
        this.#step()
      }
      override async delete(id: NoteId) {
        this.#step()
        await super.delete(id)
        this.#step()
      }
      override async putHeads(heads: Parameters<MemoryStore['putHeads']>[0]) {
        if (heads.some(({ state }) => state === 'purged')) this.#step()
        await super.putHeads(heads)
      }
      override async deleteJob(key: string) {
        this.#step()
        await super.deleteJob(key)
      }
    }
    let isKilled = true
    let kill = 0
    for (; isKilled; kill++) {
      await fresh()
      const store = new Dying(disk)
      const harness = await start(store)
      const ids: NoteId[] = []
      for (const title of ['One', 'Two']) {
        const { id } = await create(harness, title)
        await harness.vault.call('trashNote', { id })
        ids.push(id)
      }
      const keep = await create(harness, 'Keep')
      store.steps = 0
      store.left = kill
      await harness.vault.call('purgeNotes', { ids }).then(
        () => {},
        () => {},
      )
      isKilled = store.steps > kill
      const wasAsked = disk.jobs.size > 0 || [...disk.heads.values()].some(({ state }) => state === 'purged')
      // What the killed life writes from here on is written to nothing.
      disk = copyOf(disk)
      store.left = Number.POSITIVE_INFINITY
      const again = await start()
      await again.vault.call('check', { repair: false })
      const rows = await trashOf(again)
      expect(
        rows.map(({ title }) => title),
        `kill ${kill}`,
      ).toEqual(wasAsked ? [] : expect.arrayContaining(['One']))
      expect(disk.jobs.size).toBe(0)
      if (wasAsked) {
        for (const id of ids) expect(disk.heads.get(id)?.state, `kill ${kill}`).toBe('purged')
        expect(ids.some((id) => disk.inbox.has(id) || disk.notes.has(id))).toBe(false)
        for (const id of ids) expect(keeper.journal.some(({ key }) => key === id)).toBe(true)
      }
      expect(await again.vault.call('note', { id: keep.id })).toMatchObject({ title: 'Keep' })
    }
    expect(kill).toBeGreaterThan(6)
  })

  it('S19: where the keeper fails it says so, and the rest is done later', async () => {
    const harness = await fresh()
    const { id } = await create(harness, 'Gone')
    const other = await create(harness, 'Other')
    await harness.vault.call('trashNote', { id })
    await harness.vault.call('trashNote', { id: other.id })
    const purge = vi.spyOn(keeper.handlers, 'purge').mockImplementation(() => {
      throw new Error('disk')
    })
    await expect(harness.vault.call('purgeNotes', { ids: [id] })).rejects.toThrow()
    expect(await trashOf(harness)).toHaveLength(1)
    purge.mockRestore()
    await harness.vault.call('purgeNotes', { ids: [other.id] })
    expect(keeper.journal.map(({ key }) => key)).toEqual(expect.arrayContaining([id, other.id]))
    expect(disk.jobs.size).toBe(0)
  })
})
