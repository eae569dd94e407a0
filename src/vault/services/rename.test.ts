import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import type { Job } from '../../crdt/store.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

/** A store whose process ends at a given write: everything after it fails. */
class DyingStore extends MemoryStore {
  #left: number
  constructor(disk: MemoryDisk, writes: number) {
    super(disk)
    this.#left = writes
  }
  #write() {
    if (this.#left-- <= 0) throw new Error('the process has ended')
  }
  override async putJob(job: Job) {
    this.#write()
    await super.putJob(job)
  }
  override async deleteJob(key: string) {
    this.#write()
    await super.deleteJob(key)
  }
  override async appendInbox(...args: Parameters<MemoryStore['appendInbox']>) {
    this.#write()
    await super.appendInbox(...args)
  }
}

describe('S13: renaming', () => {
  let disk: MemoryDisk
  let harness: VaultHarness
  beforeEach(async () => {
    disk = new MemoryDisk()
    harness = await vaultHarness(new MemoryStore(disk))
  })
  afterEach(() => harness.close())

  const id = async (name: string): Promise<NoteId> => (await harness.vault.call('find', { name })).id
  const show = async (name: string) => (await harness.vault.call('showMarkdown', { id: await id(name) })).markdown
  const texts = {
    'Old.md': '---\naliases: [Nick]\n---\nItself [[Old]].\n',
    'A.md': 'See [[Old]], [[old#Part|shown]], ![[Old]] and [[Older]].\n\n| a |\n|---|\n| [[Old\\|x]] |\n\n`[[Old]]`\n',
    'deep/B.md': '---\nrests_on:\n  - "[[Old]]"\n---\n[[Nick]] and [[Old]]\r\n',
    'C.md': '[[Other]]\n',
  }
  const after = {
    New: '---\naliases: [Nick]\n---\nItself [[New]].\n',
    A: 'See [[New]], [[New#Part|shown]], ![[New]] and [[Older]].\n\n| a |\n|---|\n| [[New\\|x]] |\n\n`[[Old]]`\n',
    'deep/B': '---\nrests_on:\n  - "[[New]]"\n---\n[[Nick]] and [[New]]\r\n',
    C: '[[Other]]\n',
  }

  it('rewrites every link in open and closed notes, and only the lines they are in', async () => {
    await harness.importText(texts)
    const open = await harness.openNote(await id('A'))
    const result = await harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })
    expect(result).toEqual({ notes: 3, links: 7 })
    for (const [name, text] of Object.entries(after)) expect(await show(name)).toBe(text)
    expect(rootOf(open.doc).toString()).toContain('[[New]]')
    expect((await harness.vault.call('find', { name: 'New' })).path).toBe('New.md')
    // The former name still leads there: links written elsewhere meanwhile land.
    expect((await harness.vault.call('find', { name: 'Old' })).title).toBe('New')
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('backlinks', { id: await id('New') })).total).toBeGreaterThanOrEqual(2)
    expect(disk.jobs.size).toBe(0)
    expect(await harness.vault.call('renameNote', { id: await id('New'), title: ' New ' })).toEqual({
      notes: 0,
      links: 0,
    })
    open.close()
  })

  it('links a title that a link cannot carry by its file, and a second one of a name too', async () => {
    await harness.importText({ 'X/Old.md': 'o\n', 'A.md': '[[Old]]\n', 'X/Taken.md': 't\n' })
    await harness.vault.call('renameNote', { id: await id('X/Old'), title: 'C# | [notes]' })
    expect(await show('A')).toBe('[[C- - -notes-]]\n')
    await harness.vault.call('renameNote', { id: await id('C# | [notes]'), title: 'Taken' })
    expect(await show('A')).toBe('[[Taken 2]]\n')
    expect((await harness.vault.call('find', { name: 'X/Taken 2' })).title).toBe('Taken')
  })

  it('moving a note rewrites the links that name its folder', async () => {
    await harness.importText({
      'Here/Note.md': 'x\n',
      'Same/Note.md': 'y\n',
      'A.md': '[[Here/Note|n]], [[Same/Note]], [[Note]]\n',
    })
    const folder = await harness.vault.call('createFolder', { parentId: null, name: 'There' })
    await harness.vault.call('moveNote', { id: await id('Here/Note'), folderId: folder.id })
    expect(await show('A')).toBe('[[There/Note|n]], [[Same/Note]], [[Note]]\n')
  })

  it('a note whose text cannot be read keeps no other link from following', async () => {
    await harness.importText({ 'Old.md': 'o\n', 'A.md': '[[Old]]\n', 'B.md': '[[Old]]\n', 'C.md': '[[Old]]\n' })
    for (const lost of [await id('A'), await id('B')]) {
      disk.inbox.delete(lost)
      harness.keeper.forget(lost)
    }
    expect(await harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })).toEqual({
      notes: 1,
      links: 1,
    })
    expect(await show('C')).toBe('[[New]]\n')
    expect(disk.jobs.size).toBe(0)
  })

  it('work that is taken up at the start never undoes what a person did since', async () => {
    await harness.importText({ 'Old.md': 'o\n' })
    const old = await id('Old')
    await harness.close()
    disk.jobs.set(`relink:${old}`, {
      key: `relink:${old}`,
      state: { id: old, change: { title: 'Cut off' }, keys: [], sources: [] },
    })
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    class SlowStore extends MemoryStore {
      override async jobs() {
        const jobs = await super.jobs()
        await gate
        return jobs
      }
    }
    harness = await vaultHarness(new SlowStore(disk))
    const renaming = harness.vault.call('renameNote', { id: old, title: 'By hand' })
    for (let turns = 0; turns < 50; turns++) await harness.vault.call('info', {})
    go()
    await renaming
    await harness.vault.call('whenIndexed', {})
    expect((await harness.vault.call('note', { id: old })).title).toBe('By hand')
  })

  it('is written down by a flush, so that a title given on leaving outlives the process', async () => {
    await harness.importText(texts)
    await harness.close()
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    class SlowStore extends MemoryStore {
      override async putJob(job: Job) {
        await gate
        await super.putJob(job)
      }
    }
    harness = await vaultHarness(new SlowStore(disk))
    await harness.vault.call('whenIndexed', {})
    const renaming = harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })
    let isFlushed = false
    const flushing = harness.vault.call('flush', {}).then(() => {
      isFlushed = true
    })
    for (let turns = 0; turns < 50; turns++) await harness.vault.call('info', {})
    expect(isFlushed).toBe(false)
    go()
    await Promise.all([renaming, flushing])
  })

  for (let writes = 0; writes <= 6; writes++) {
    it(`is finished at the next start when the process ends after ${writes} writes`, async () => {
      await harness.importText(texts)
      await harness.close()
      const dying = await vaultHarness(new DyingStore(disk, writes))
      await dying.vault.call('whenIndexed', {})
      const old = await dying.vault.call('find', { name: 'Old' })
      const done = await dying.vault.call('renameNote', { id: old.id, title: 'New' }).then(
        () => true,
        () => false,
      )
      harness = await vaultHarness(new MemoryStore(disk))
      await harness.vault.call('whenIndexed', {})
      if (writes > 0) for (const [name, text] of Object.entries(after)) expect(await show(name)).toBe(text)
      else expect(await show('Old')).toBe(texts['Old.md'])
      if (done) expect(writes).toBeGreaterThanOrEqual(6)
      expect(disk.jobs.size).toBe(0)
      expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true })
      await dying.close().catch(() => {})
    })
  }
})
