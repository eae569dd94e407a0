import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { calendarDay } from '../../core/base/calendar-day.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import { withDoc } from '../convert/version-tasks.ts'

let disk = new MemoryDisk()
let keeper = new MemoryKeeper()
let now = 1_700_000_000_000
let harness: VaultHarness
const start = () => vaultHarness(new MemoryStore(disk), { keeper, now: () => now, every: () => () => {} })
beforeEach(async () => {
  disk = new MemoryDisk()
  keeper = new MemoryKeeper()
  now = 1_700_000_000_000
  harness = await start()
})
afterEach(() => harness.close())

const note = async (markdown: string, title = 'A note'): Promise<NoteId> =>
  (await harness.vault.call('createNote', { title, kind: 'note', markdown })).id
const show = async (id: NoteId) => (await harness.vault.call('showMarkdown', { id })).markdown
/** Waits until what is kept behind is kept, and keeps what is open and edited. */
const settle = () => harness.vault.call('flush', {})
const versions = (id: NoteId) => harness.vault.call('versions', { id })
const body = (markdown: string) => markdown.replace(/^---\n[\s\S]*?\n---\n\n?/, '')

describe('K1: versions of a note that is written in', () => {
  it('first, session, nothing when nothing changed; words against the version before', async () => {
    const id = await note('One two three.\n')
    const open = await harness.openNote(id)
    open.doc.transact(() =>
      replaceTree(rootOf(open.doc), [
        { type: 'paragraph', children: [{ type: 'text', text: 'One two four five.', marks: 0 }] },
      ]),
    )
    await open.stored()
    now += 1000
    open.close()
    await settle()
    const list = await versions(id)
    expect(
      list.map(({ reason, words, wordsAdded, wordsRemoved }) => [reason, words, wordsAdded, wordsRemoved]),
    ).toEqual([
      ['first', 3, 0, 0],
      ['session', 4, 2, 1],
    ])
    const again = await harness.openNote(id)
    await again.stored()
    again.close()
    await settle()
    expect((await versions(id)).length).toBe(2)
    expect(body((await harness.vault.call('readVersion', { id, version: list[0]?.id ?? '' })).markdown)).toBe(
      'One two three.\n',
    )
  })

  it('before a script appends to a note that nobody has open', async () => {
    const id = await note('One.\n')
    await harness.vault.call('appendMarkdown', { id, markdown: 'Two.\n' })
    expect((await versions(id)).map(({ reason }) => reason)).toEqual(['first'])
    await harness.vault.call('appendMarkdown', { id, markdown: 'Three.\n' })
    expect((await versions(id)).map(({ reason }) => reason)).toEqual(['first', 'session'])
  })

  it('tells who shows them', async () => {
    const id = await note('One.\n')
    const told: NoteId[][] = []
    harness.vault.on('history', ({ ids }) => told.push(ids))
    await harness.vault.call('keepVersion', { id, name: 'Mine' })
    await settle()
    expect(told).toEqual([[id]])
  })

  it('named ones keep their name, and a name can be taken away', async () => {
    const id = await note('One.\n')
    const kept = await harness.vault.call('keepVersion', { id, name: 'Before the offsite' })
    expect(kept).toMatchObject({ name: 'Before the offsite', reason: 'named', title: 'A note' })
    await harness.vault.call('nameVersion', { id, version: kept.id, name: null })
    expect((await versions(id))[0]?.name).toBe(null)
  })

  it('K3: name the attachments of the text', async () => {
    const sha256 = 'ab'.repeat(32)
    await harness.vault.call('addAttachments', { attachments: [{ path: 'files/My picture.png', sha256, size: 3 }] })
    const id = await note('See ![[My picture.png]].\n')
    expect((await harness.vault.call('keepVersion', { id, name: 'x' })).attachments).toEqual([sha256])
  })

  it('K4: a keeper that fails is no failure of an edit', async () => {
    const id = await note('One.\n')
    const put = vi.spyOn(keeper.handlers, 'putVersion').mockImplementation(() => {
      throw new Error('full')
    })
    await harness.vault.call('appendMarkdown', { id, markdown: 'Two.\n' })
    expect(body(await show(id))).toBe('One.\n\nTwo.\n')
    expect(put).toHaveBeenCalled()
    put.mockRestore()
  })
})

describe('K5: reading and comparing', () => {
  it('a version with now, and with another', async () => {
    const id = await note('One two three.\n\nSame.\n')
    const first = await harness.vault.call('keepVersion', { id, name: 'a' })
    await harness.vault.call('appendMarkdown', { id, markdown: 'More words.\n' })
    const { difference } = await harness.vault.call('compareVersion', { id, version: first.id })
    expect(difference).toMatchObject({ wordsAdded: 2, wordsRemoved: 0, moved: 0, title: null })
    expect(difference.changes.map(({ change }) => change)).toEqual(['same', 'added'])
    const second = await harness.vault.call('keepVersion', { id, name: 'b' })
    const between = await harness.vault.call('compareVersion', { id, version: second.id, with: first.id })
    expect(between.difference.changes.map(({ change }) => change)).toEqual(['same', 'removed'])
  })

  it('as it stood at a time', async () => {
    const id = await note('One.\n')
    const first = await harness.vault.call('keepVersion', { id, name: 'a' })
    now += 1000
    await harness.vault.call('appendMarkdown', { id, markdown: 'Two.\n' })
    await harness.vault.call('keepVersion', { id, name: 'b' })
    expect((await harness.vault.call('versionAt', { id, at: now - 1 }))?.id).toBe(first.id)
    expect(await harness.vault.call('versionAt', { id, at: now - 2000 })).toBe(null)
  })

  it('H11: about when each passage was written', async () => {
    const id = await note('One two.\n')
    await harness.vault.call('keepVersion', { id, name: 'a' })
    now += 1000
    await harness.vault.call('appendMarkdown', { id, markdown: 'Three four five.\n' })
    await harness.vault.call('keepVersion', { id, name: 'b' })
    await harness.vault.call('appendMarkdown', { id, markdown: 'Six.\n' })
    expect(await harness.vault.call('authorship', { id })).toEqual([
      { from: null, to: now - 1000, words: 2 },
      { from: now - 1000, to: now, words: 3 },
      { from: now, to: null, words: 1 },
    ])
  })
})

describe('K6: restoring', () => {
  it('is what was kept, whatever was written since; and can be taken back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryTree, { minLength: 2, maxLength: 4 }),
        fc.nat(),
        fc.boolean(),
        async (trees, pick, isOpen) => {
          const id = await note('Start.\n')
          // Independent of versions: what the trees were when each was kept.
          const model = new Map<string, Tree>()
          for (const tree of trees) {
            const open = await harness.openNote(id)
            open.doc.transact(() => replaceTree(rootOf(open.doc), tree))
            await open.stored()
            const kept = await harness.vault.call('keepVersion', { id, name: 'x' })
            model.set(kept.id, JSON.parse(JSON.stringify(readTree(rootOf(open.doc)))))
            open.close()
          }
          const [version, tree] = [...model][pick % model.size] as [string, Tree]
          const open = isOpen ? await harness.openNote(id) : null
          await harness.vault.call('restoreVersion', { id, version })
          open?.close()
          const again = await harness.openNote(id)
          expect(readTree(rootOf(again.doc))).toEqual(tree)
          again.close()
          const last = (await versions(id)).at(-1)
          // The newest was kept by name just before, so nothing more had to be.
          expect(model.has(last?.id ?? '')).toBe(true)
          for (const [kept, was] of model) {
            const state = keeper.versions.get(id)?.find((each) => each.version.id === kept)?.state as Uint8Array
            expect(withDoc(state, (doc) => readTree(rootOf(doc)))).toEqual(was)
          }
        },
      ),
      { numRuns: 12 },
    )
  })

  it('leaves title, folder and kind; brings tags and properties; keeps what was there', async () => {
    const id = await note('---\ntags: [old]\nsize: 3\n---\nOld words.\n', 'Former')
    const kept = await harness.vault.call('keepVersion', { id, name: 'a' })
    await harness.vault.call('renameNote', { id, title: 'Later' })
    await harness.vault.call('setKind', { id, kind: 'essay' })
    const open = await harness.openNote(id)
    await harness.vault.call('appendMarkdown', { id, markdown: 'Newer words.\n' })
    await harness.vault.call('restoreVersion', { id, version: kept.id })
    await open.stored()
    const meta = readMeta(open.doc)
    open.close()
    expect(meta).toMatchObject({
      title: 'Later',
      kind: 'essay',
      tags: ['old'],
      properties: [{ key: 'size', value: 3 }],
    })
    expect(body(await show(id))).toBe('Old words.\n')
    const list = await versions(id)
    const before = list.find(({ reason }) => reason === 'before-restore')
    expect(before).toBeDefined()
    await harness.vault.call('restoreVersion', { id, version: before?.id ?? '' })
    expect(body(await show(id))).toBe('Old words.\n\nNewer words.\n')
  })

  it('one passage, and only in the state that was compared', async () => {
    const id = await note('One two three four.\n\nStays as it is.\n\nGone soon.\n')
    const kept = await harness.vault.call('keepVersion', { id, name: 'a' })
    const open = await harness.openNote(id)
    const tree = parseMarkdown('One two three five.\n\nStays as it is, by me.\n').blocks
    open.doc.transact(() => replaceTree(rootOf(open.doc), tree))
    await open.stored()
    const compared = await harness.vault.call('compareVersion', { id, version: kept.id })
    const change = compared.difference.changes.findIndex((each) => each.change === 'removed')
    await harness.vault.call('restorePassage', { id, version: kept.id, docHash: compared.docHash, change })
    expect(body(await show(id))).toBe('One two three five.\n\nStays as it is, by me.\n\nGone soon.\n')
    await expect(
      harness.vault.call('restorePassage', { id, version: kept.id, docHash: compared.docHash, change }),
    ).rejects.toMatchObject({ code: 'changed' })
    open.close()
  })

  it('a set of notes as of a time, as one step that can be undone', async () => {
    const a = await note('A.\n', 'A')
    const b = await note('B.\n', 'B')
    const c = await note('C.\n', 'C')
    for (const id of [a, b]) await harness.vault.call('keepVersion', { id, name: 'then' })
    const then = now
    now += 5000
    for (const id of [a, b, c]) await harness.vault.call('appendMarkdown', { id, markdown: 'Later.\n' })
    // c was not kept before it was appended to: its first version is of now.
    expect(await harness.vault.call('restoreNotesAt', { ids: [a, b, c], at: then })).toEqual({
      restored: 2,
      without: 1,
    })
    expect([body(await show(a)), body(await show(b)), body(await show(c))]).toEqual(['A.\n', 'B.\n', 'C.\n\nLater.\n'])
    const [change] = await harness.vault.call('bigChanges', {})
    const title = `2 notes as of ${calendarDay(new Date(then))}`
    expect(change).toMatchObject({ kind: 'restore', title, changed: 2, created: 0, undone: false })
    expect(await harness.vault.call('undoBigChange', { id: change?.id ?? '' })).toEqual({
      restored: 2,
      merged: 0,
      trashed: 0,
      kept: 0,
    })
    expect([body(await show(a)), body(await show(b))]).toEqual(['A.\n\nLater.\n', 'B.\n\nLater.\n'])
  })

  it('a purged note has no versions', async () => {
    const id = await note('A.\n')
    await harness.vault.call('keepVersion', { id, name: 'x' })
    await harness.vault.call('trashNote', { id })
    expect((await versions(id)).length).toBe(1)
    await harness.vault.call('purgeNotes', { ids: [id] })
    await expect(versions(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('nor gets one by being open and written in while it is purged', async () => {
    const id = await note('A.\n')
    await harness.vault.call('trashNote', { id })
    const open = await harness.openNote(id)
    open.doc.transact(() => replaceTree(rootOf(open.doc), parseMarkdown('Secret.\n').blocks))
    await open.stored()
    await harness.vault.call('purgeNotes', { ids: [id] })
    await settle()
    open.close()
    await settle()
    expect(keeper.versions.get(id) ?? []).toEqual([])
  })
})
