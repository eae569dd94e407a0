import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import { metaOf, rootOf } from '../../crdt/note-doc.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { inlineWorker, type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import { sha256Hex } from '../convert/hash.ts'
import type { PoolWorker } from '../convert/pool.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const words = (text: string) => [{ type: 'paragraph' as const, children: [{ type: 'text' as const, text, marks: 0 }] }]

/** Ways in which a person's words could go missing between a vault and its files. */
describe('nothing is lost between vault and files', () => {
  let disk: MemoryDisk
  let harness: VaultHarness
  beforeEach(async () => {
    disk = new MemoryDisk()
    harness = await vaultHarness(new MemoryStore(disk))
  })
  afterEach(() => harness.close())

  const create = (title: string, markdown: string) =>
    harness.vault.call('createNote', { title, kind: 'note', folderId: null, markdown })
  const show = async (id: NoteId) => (await harness.vault.call('showMarkdown', { id })).markdown
  const body = async (id: NoteId) => (await show(id)).replace(/^---\n.*?\n---\n\s*/s, '')
  const exportOf = async (id: NoteId) => {
    const [note] = await harness.vault.call('exportNotes', { ids: [id] })
    if (!note) throw new Error('not exported')
    return { ...note, text: new TextDecoder().decode(note.bytes) }
  }
  const importBack = async (file: { id: NoteId; path: string }, text: string, exported?: string) => {
    const known = exported === undefined ? {} : { exported: sha256Hex(bytesOf(exported)) }
    const files = [{ path: file.path, bytes: bytesOf(text), updated: 5, id: file.id, ...known }]
    return (await harness.vault.call('importFiles', { files }))[0]
  }

  it('M7: two attachments whose names differ in case only are both kept, and each is found', async () => {
    const { id } = await create('Own', '![[Pic.png]] ![[pic.png]]')
    const file = (path: string, digit: string) => ({ path, sha256: digit.repeat(64), size: 1 })
    await harness.vault.call('addAttachments', { attachments: [file('Pic.png', 'a'), file('pic.png', 'b')] })
    expect((await harness.vault.call('exportPlan', {})).attachments.map(({ path }) => path)).toEqual([
      'Pic.png',
      'pic.png',
    ])
    const resolve = (target: string) => harness.vault.call('resolveAttachment', { noteId: id, target })
    expect([await resolve('Pic.png'), await resolve('pic.png')]).toMatchObject([
      { path: 'Pic.png' },
      { path: 'pic.png' },
    ])
    expect(await resolve('PIC.PNG')).not.toBeNull()
  })

  it('M4: a head that cannot be read is text of a new note, and is the same when it is read again', async () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const head = ['---', 'up: 1e3', 'A: - x', '"quoted": @x', '---', '', 'Text.', ''].join(end)
      const { id } = await create(`Head ${end.length}${end.charCodeAt(0)}`, head)
      expect(await exportOf(id)).toMatchObject({ problem: null })
      expect(await body(id)).toContain('"quoted": @x')
    }
    const { id } = await create('Good', '---\ntags: [t]\n---\nText.\n')
    expect((await harness.vault.call('note', { id })).tags).toEqual(['t'])
  })

  it('M8: a second folder with the same names brings notes of its own; a folder that moved does not', async () => {
    const bring = async (origin: string, files: Readonly<Record<string, string>>) => {
      const input = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text), updated: 1 }))
      const replies = await harness.vault.call('importFiles', { origin, files: input })
      return Object.fromEntries(replies.map((reply) => [reply.path, reply]))
    }
    const first = await bring('one', { 'README.md': 'Of one.\n', 'a.md': 'a\n', 'b.md': 'b\n' })
    const second = await bring('two', { 'README.md': 'Of two.\n', 'c.md': 'c\n' })
    expect(second['README.md']).toMatchObject({ status: 'created' })
    expect(await body(first['README.md']?.id as NoteId)).toBe('Of one.\n')
    expect(await body(second['README.md']?.id as NoteId)).toBe('Of two.\n')

    // Each folder finds its own again, changed or not.
    expect(await bring('one', { 'README.md': 'Of one, more.\n' })).toMatchObject({
      'README.md': { id: first['README.md']?.id, status: 'updated' },
    })
    expect(await bring('two', { 'README.md': 'Of two.\n' })).toMatchObject({
      'README.md': { id: second['README.md']?.id, status: 'unchanged' },
    })
    const moved = await bring('three', { 'README.md': 'Of one, moved.\n', 'a.md': 'a\n', 'b.md': 'b\n', 'c.md': 'c\n' })
    expect(Object.values(moved).map(({ status }) => status)).toEqual(['unchanged', 'unchanged', 'unchanged', 'updated'])
  })

  it('M8: a file as the last export left it changes nothing, whatever was written here since', async () => {
    const { id } = await create('Own', 'First.')
    const file = await exportOf(id)
    await harness.vault.call('appendMarkdown', { id, markdown: 'Written later.' })
    expect(await importBack(file, file.text, file.text)).toMatchObject({ id, status: 'unchanged' })
    expect(await body(id)).toBe('First.\n\nWritten later.\n')
  })

  it('M8: a note written here and not changed since its export takes what was changed in the file', async () => {
    const { id } = await create('Own', 'First.\n\nSecond.')
    const file = await exportOf(id)
    const changed = file.text.replace('Second.', 'Other words.')
    expect(await importBack(file, changed, file.text)).toMatchObject({ id, status: 'updated' })
    expect(await body(id)).toBe('First.\n\nOther words.\n')
  })

  it('M8: what was written here stays where nobody knows what the file looked like before', async () => {
    const { id } = await create('Own', 'First.\n\nSecond.')
    const file = await exportOf(id)
    await harness.vault.call('appendMarkdown', { id, markdown: 'Written later.' })
    await importBack(file, file.text.replace('First.', 'First, changed outside.'))
    const text = await body(id)
    for (const passage of ['First.', 'First, changed outside.', 'Second.', 'Written later.'])
      expect(text).toContain(passage)
    expect(text.match(/Second\./g)).toHaveLength(1)
  })

  it('M8: what is typed while a changed file is read stays', async () => {
    const held: (() => void)[] = []
    let arrived = () => {}
    const reading = new Promise<void>((resolve) => {
      arrived = resolve
    })
    let isHeld = true
    const worker = (): PoolWorker => {
      const inline = inlineWorker()
      const post: PoolWorker['post'] = (request) => {
        if (!isHeld || !request.tasks.some(({ kind }) => kind === 'reimport')) return inline.post(request)
        held.push(() => inline.post(request))
        arrived()
      }
      return { ...inline, post }
    }
    const own = await vaultHarness(new MemoryStore(), { worker })
    await own.importText({ 'a.md': 'A paragraph.\n' })
    const { id } = await own.vault.call('find', { name: 'a' })
    const open = await own.openNote(id)
    const coming = own.importText({ 'a.md': 'A paragraph, changed outside.\n' })
    await reading
    const [block] = rootOf(open.doc).toArray() as Y.XmlElement[]
    const text = block?.toArray().find((child) => child instanceof Y.XmlText)
    text?.insert(text.length, ' Typed meanwhile.')
    await open.stored()
    isHeld = false
    for (const release of held) release()
    await coming
    const { markdown } = await own.vault.call('showMarkdown', { id })
    expect(markdown).toContain('Typed meanwhile.')
    expect(markdown).toContain('changed outside')
    open.close()
    await own.close()
  })

  it('D8: a file never changes a note of a newer version', async () => {
    await harness.importText({ 'a.md': 'First.\n' })
    const { id } = await harness.vault.call('find', { name: 'a' })
    const open = await harness.openNote(id)
    metaOf(open.doc).set('schema', 99)
    await open.stored()
    const before = await show(id)
    const files = [{ path: 'a.md', bytes: bytesOf('Changed outside.\n'), updated: 5 }]
    await expect(harness.vault.call('importFiles', { files })).rejects.toMatchObject({ code: 'unreadable' })
    expect(await show(id)).toBe(before)
    open.close()
  })

  it('S14: a folder that is removed while files for it come in is there again', async () => {
    let hold: Promise<void> = Promise.resolve()
    const worker = (): PoolWorker => {
      const inline = inlineWorker()
      return { ...inline, post: (request) => void hold.then(() => inline.post(request)) }
    }
    const own = await vaultHarness(new MemoryStore(), { worker })
    let go = () => {}
    hold = new Promise((resolve) => {
      go = resolve
    })
    const coming = own.vault.call('importFiles', { files: [{ path: 'Sub/a.md', bytes: bytesOf('a\n'), updated: 1 }] })
    const folders = await own.vault.call('folders', {})
    await own.vault.call('removeFolder', { id: folders[0]?.id as never })
    go()
    await coming
    expect(await own.vault.call('notes', {})).toMatchObject([{ path: 'Sub/a.md' }])
    await own.close()
  })

  it('M4: a note that cannot be converted is named, and keeps no other from being exported', async () => {
    const good = await create('Good', 'Good words.')
    const bad = await create('Bad', 'Bad words.')
    disk.inbox.delete(bad.id)
    harness.keeper.forget(bad.id)
    const out = await harness.vault.call('exportNotes', { ids: [bad.id, good.id] })
    expect(out.map(({ id, problem }) => [id, problem === null])).toEqual([
      [bad.id, false],
      [good.id, true],
    ])
    await expect(harness.vault.call('showMarkdown', { id: bad.id })).rejects.toMatchObject({ code: 'unreadable' })
  })

  it('S9: the plan of an export never gives a dirty head for the state of its note', async () => {
    const { id } = await create('Alpha', 'first')
    const open = await harness.openNote(id)
    const before = (await harness.vault.call('exportPlan', {})).notes[0]?.docHash
    open.doc.transact(() => appendTree(rootOf(open.doc), words('typed before the crash')))
    await open.stored()
    // The process ends before the head has followed: it is on disk as it was, and dirty.
    const crashed = structuredClone(disk) as MemoryDisk
    const head = disk.heads.get(id)
    if (!head) throw new Error('no head')
    const copy = new MemoryDisk()
    for (const [key, value] of crashed.notes) copy.notes.set(key, value)
    copy.heads.set(id, { ...head, docHash: before ?? '', dirty: true })
    // The pool is still starting when the plan is asked for.
    const worker = (): PoolWorker => ({ post: () => {}, onMessage: () => {}, onError: () => {}, terminate: () => {} })
    const next = await vaultHarness(new MemoryStore(copy), { worker })
    const [planned] = (await next.vault.call('exportPlan', {})).notes
    expect(planned?.docHash).not.toBe(before)
    open.close()
  })
})
