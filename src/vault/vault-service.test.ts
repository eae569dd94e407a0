import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../core/base/ids.ts'
import { noteId } from '../core/base/ids.ts'
import { rootOf } from '../crdt/note-doc.ts'
import { appendTree } from '../editor/convert/append-tree.ts'
import { MemoryDisk, MemoryStore } from '../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../testing/vault-harness.ts'
import { IndexedDbStore } from './store/indexed-db-store.ts'

const words = (text: string) => [{ type: 'paragraph' as const, children: [{ type: 'text' as const, text, marks: 0 }] }]

describe('a vault', () => {
  let disk: MemoryDisk
  let harness: VaultHarness
  beforeEach(async () => {
    disk = new MemoryDisk()
    harness = await vaultHarness(new MemoryStore(disk))
  })
  afterEach(() => harness.close())

  const reopen = async () => {
    await harness.close()
    harness = await vaultHarness(new MemoryStore(disk))
  }
  const create = (title: string, markdown?: string) =>
    harness.vault.call('createNote', {
      title,
      kind: 'note',
      folderId: null,
      ...(markdown === undefined ? {} : { markdown }),
    })
  const show = async (id: NoteId) => (await harness.vault.call('showMarkdown', { id })).markdown
  const type = async (id: NoteId, text: string) => {
    const open = await harness.openNote(id)
    open.doc.transact(() => appendTree(rootOf(open.doc), words(text)))
    await open.stored()
    return open
  }

  it('creates notes in the folder of their kind, and keeps them', async () => {
    const row = await harness.vault.call('createNote', {
      title: 'What? “Why”',
      kind: 'essay',
      markdown: 'One [[Two]].',
    })
    expect(row).toMatchObject({ title: 'What? “Why”', kind: 'essay', path: 'Essays/What- “Why”.md', trashed: false })
    await reopen()
    expect(await harness.vault.call('find', { name: 'Essays/What- “Why”' })).toEqual(row)
    expect(await show(row.id)).toContain('One [[Two]].')
    expect((await harness.vault.call('info', {})).counts).toEqual({ essay: 1, example: 0, commitment: 0, note: 0 })
    expect(await harness.vault.call('folders', {})).toMatchObject([{ name: 'Essays', parentId: null, notes: 1 }])
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('search', { query: 'one', limit: 5 })).total).toBe(1)
  })

  it('S1, S8: what a window types is stored, listed and searchable', async () => {
    const { id } = await create('Alpha', 'first')
    const open = await type(id, 'penguin')
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('search', { query: 'penguin', limit: 5 })).total).toBe(1)
    open.close()
    await harness.vault.call('flush', {})
    await reopen()
    expect(await show(id)).toMatch(/first\n\npenguin\n$/)
    expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true, notes: 1, problems: [] })
  })

  it('S7: a note that was open when the power went is computed again at the next start', async () => {
    const { id } = await create('Alpha', 'first')
    const open = await harness.openNote(id)
    expect(disk.heads.get(id)).toMatchObject({ dirty: true })
    open.doc.transact(() => appendTree(rootOf(open.doc), words('penguin')))
    await open.stored()
    // A disk of its own: the first service does not really end, and goes on writing to the one it has.
    const left = Object.assign(new MemoryDisk(), structuredClone({ ...disk }))
    const after = await vaultHarness(new MemoryStore(left))
    await after.vault.call('whenIndexed', {})
    expect((await after.index.call('search', { query: 'penguin', limit: 5 })).total).toBe(1)
    expect(await after.vault.call('check', { repair: false })).toMatchObject({ ok: true })
    await after.vault.call('flush', {})
    expect(left.heads.get(id)).toMatchObject({ dirty: false })
    await after.close()
    open.close()
  })

  it('S7: a note that is read for the index while it opens stays marked dirty on disk', async () => {
    const { id: folderId } = await harness.vault.call('createFolder', { parentId: null, name: 'One' })
    const { id } = await harness.vault.call('createNote', { title: 'Alpha', kind: 'note', folderId, markdown: 'x' })
    await harness.close()
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    class SlowStore extends MemoryStore {
      override async open(...args: Parameters<MemoryStore['open']>) {
        await gate
        return super.open(...args)
      }
    }
    harness = await vaultHarness(new SlowStore(disk))
    await harness.vault.call('whenIndexed', {})
    const opening = harness.openNote(id)
    await harness.vault.call('renameFolder', { id: folderId, name: 'Two' })
    await harness.vault.call('whenIndexed', {})
    go()
    const open = await opening
    await harness.vault.call('flush', {})
    expect(disk.heads.get(id)).toMatchObject({ dirty: true })
    open.close()
  })

  it('S7: a note that is asked about while it opens is read once', async () => {
    const { id } = await create('Alpha', 'first')
    await harness.close()
    let [go, opens] = [() => {}, () => {}]
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    const begun = new Promise<void>((resolve) => {
      opens = resolve
    })
    const loaded: string[] = []
    class SlowStore extends MemoryStore {
      override async open(...args: Parameters<MemoryStore['open']>) {
        opens()
        await gate
        return super.open(...args)
      }
      override load(id: NoteId) {
        loaded.push(id)
        return super.load(id)
      }
    }
    harness = await vaultHarness(new SlowStore(disk))
    await harness.vault.call('whenIndexed', {})
    const opening = harness.openNote(id)
    await begun
    loaded.length = 0
    const asked = harness.vault.call('note', { id })
    await harness.vault.call('info', {})
    go()
    expect(await asked).toMatchObject({ title: 'Alpha' })
    expect(loaded).toEqual([])
    ;(await opening).close()
  })

  it('S7: two windows on one note share one doc', async () => {
    const { id } = await create('Alpha', 'first')
    const one = await harness.openNote(id)
    const two = await harness.openNote(id)
    const arrived = new Promise((resolve) => two.doc.once('update', resolve))
    one.doc.transact(() => appendTree(rootOf(one.doc), words('penguin')))
    await arrived
    expect(rootOf(two.doc).toString()).toBe(rootOf(one.doc).toString())
    one.close()
    two.close()
  })

  it('fails with not-found, and closes the port, for a note that is not there', async () => {
    await expect(harness.openNote(noteId('no-such-note'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(harness.vault.call('find', { name: 'nothing' })).rejects.toMatchObject({ code: 'not-found' })
    const { id: folderId } = await harness.vault.call('createFolder', { parentId: null, name: 'One' })
    await harness.vault.call('createNote', { title: 'Same', kind: 'note', folderId })
    await harness.vault.call('createNote', { title: 'Same', kind: 'note', folderId })
    await expect(harness.vault.call('find', { name: 'same' })).rejects.toMatchObject({ code: 'ambiguous' })
    expect((await harness.vault.call('find', { name: 'One/Same 2.md' })).title).toBe('Same')
  })

  it('trashes and restores; the trash is in no search', async () => {
    const { id } = await create('Alpha', 'penguin')
    await harness.vault.call('trashNote', { id })
    await harness.vault.call('whenIndexed', {})
    expect(await harness.vault.call('notes', {})).toEqual([])
    expect(await harness.vault.call('notes', { trashed: true })).toMatchObject([{ id, trashed: true }])
    expect((await harness.index.call('search', { query: 'penguin', limit: 5 })).total).toBe(0)
    await reopen()
    await harness.vault.call('restoreNote', { id })
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('search', { query: 'penguin', limit: 5 })).total).toBe(1)
    expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true })
  })

  it('appends, in open and closed notes', async () => {
    const { id } = await create('Alpha', 'first')
    await harness.vault.call('appendMarkdown', { id, markdown: '- second' })
    const open = await harness.openNote(id)
    await harness.vault.call('appendMarkdown', { id, markdown: '## Third' })
    expect(await show(id)).toMatch(/first\n\n- second\n\n## Third\n$/)
    expect(rootOf(open.doc).toString()).toContain('Third')
    open.close()
  })

  it('keeps folders: made once, moved, refused', async () => {
    const one = await harness.vault.call('createFolder', { parentId: null, name: 'One' })
    const two = await harness.vault.call('createFolder', { parentId: one.id, name: 'Two' })
    const note = await harness.vault.call('createNote', { title: 'Alpha', kind: 'note', folderId: two.id })
    expect(note.path).toBe('One/Two/Alpha.md')
    const refused = (parentId: typeof one.id | null, name: string) =>
      harness.vault.call('createFolder', { parentId, name }).catch(({ code }) => code)
    expect(await refused(null, 'one')).toBe('name-taken')
    expect(await refused(null, 'a/b')).toBe('bad-name')
    await expect(harness.vault.call('moveFolder', { id: one.id, parentId: two.id })).rejects.toMatchObject({
      code: 'in-itself',
    })
    await expect(harness.vault.call('removeFolder', { id: two.id })).rejects.toMatchObject({ code: 'not-empty' })
    await harness.vault.call('renameFolder', { id: one.id, name: 'Uno' })
    expect((await harness.vault.call('note', { id: note.id })).path).toBe('Uno/Two/Alpha.md')
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('titles', { query: 'alpha', limit: 1 }))[0]?.path).toBe('Uno/Two/Alpha.md')
    await harness.vault.call('moveNote', { id: note.id, folderId: null })
    await harness.vault.call('removeFolder', { id: two.id })
    await reopen()
    expect(await harness.vault.call('folders', {})).toMatchObject([{ id: one.id, name: 'Uno', notes: 0 }])
  })

  it('S9: an index that was lost is filled again from the docs', async () => {
    await create('Alpha', 'penguin')
    await create('Beta', 'penguin')
    await harness.vault.call('whenIndexed', {})
    await harness.indexWrite.call('clear', {})
    const before = await harness.vault.call('check', { repair: true })
    expect(before.problems.map(({ code }) => code)).toEqual(['index-missing', 'index-missing'])
    expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true })
    await reopen()
    await harness.vault.call('whenIndexed', {})
    expect((await harness.index.call('search', { query: 'penguin', limit: 5 })).total).toBe(2)
  })

  it('S16: check names a head that says something else, and a doc that is gone', async () => {
    const { id } = await create('Alpha', 'first')
    const { id: gone } = await create('Beta', 'second')
    await harness.close()
    const head = disk.heads.get(id)
    if (head) disk.heads.set(id, { ...head, docHash: 'other' })
    disk.inbox.delete(gone)
    harness = await vaultHarness(new MemoryStore(disk))
    await harness.vault.call('whenIndexed', {})
    const { problems } = await harness.vault.call('check', { repair: false })
    expect(problems).toContainEqual(expect.objectContaining({ code: 'doc-missing', id: gone }))
  })

  it('S5: a failing disk is told; what is typed stays pending and is stored when the disk is well', async () => {
    const store = new MemoryStore(disk)
    const own = await vaultHarness(store)
    const { id } = await own.vault.call('createNote', { title: 'Alpha', kind: 'note', folderId: null })
    const open = await own.openNote(id)
    const faults: (string | null)[] = []
    own.vault.on('fault', ({ text }) => faults.push(text))
    store.fail({ code: 'full', where: 'note' })
    open.doc.transact(() => appendTree(rootOf(open.doc), words('kept')))
    expect((await own.vault.call('info', {})).fault).toMatch(/disk is full/)
    let isStored = false
    const stored = open.stored().then(() => {
      isStored = true
    })
    await own.vault.call('notes', {})
    expect(isStored).toBe(false)
    store.resume()
    await stored
    expect((await own.vault.call('info', {})).fault).toBeNull()
    expect(faults).toEqual([expect.stringContaining('disk is full'), null])
    open.close()
    await own.close()
  })

  it('tells rows that changed, together', async () => {
    const changed = new Promise<{ ids: NoteId[]; all: boolean }>((resolve) => harness.vault.on('changed', resolve))
    const { id } = await create('Alpha')
    expect(await changed).toMatchObject({ ids: [id], all: false })
  })

  it('finds attachments from the top, from the folder and by name', async () => {
    const { id } = await harness.vault.call('createNote', {
      title: 'Alpha',
      kind: 'note',
      folderId: (await harness.vault.call('createFolder', { parentId: null, name: 'Deep' })).id,
    })
    const attachment = (path: string) => ({ path, sha256: 'ab'.repeat(32), size: 1 })
    await harness.vault.call('addAttachments', {
      attachments: ['Attachments/a b.png', 'Deep/img/c.png', 'Other/c.png', 'c.png'].map(attachment),
    })
    await reopen()
    const resolve = async (target: string) =>
      (await harness.vault.call('resolveAttachment', { noteId: id, target }))?.path ?? null
    expect(await resolve('a b.png|640x480')).toBe('Attachments/a b.png')
    expect(await resolve('a%20b.png')).toBe('Attachments/a b.png')
    expect(await resolve('img/C.png')).toBe('Deep/img/c.png')
    expect(await resolve('../Other/c.png')).toBe('Other/c.png')
    expect(await resolve('c.png')).toBe('c.png')
    expect(await resolve('../../c.png')).toBeNull()
    expect(await resolve('none.png')).toBeNull()
  })
})

it('runs the same on IndexedDB', async () => {
  globalThis.indexedDB = new IDBFactory()
  const first = await vaultHarness(new IndexedDbStore())
  await first.importText({ 'a/One.md': 'penguin [[Two]]\r\n', 'Two.md': '# Two\n' })
  const { id } = await first.vault.call('find', { name: 'One' })
  const open = await first.openNote(id)
  open.doc.transact(() => appendTree(rootOf(open.doc), words('typed')))
  await open.stored()
  open.close()
  await first.close()
  const second = await vaultHarness(new IndexedDbStore())
  await second.vault.call('whenIndexed', {})
  expect((await second.vault.call('showMarkdown', { id })).markdown).toBe('penguin [[Two]]\r\n\r\ntyped\r\n')
  expect(await second.vault.call('check', { repair: false })).toMatchObject({ ok: true, notes: 2 })
  await second.close()
})
