import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

let disk = new MemoryDisk()
let keeper = new MemoryKeeper()
let harness: VaultHarness
const start = (store = new MemoryStore(disk)) => vaultHarness(store, { keeper, every: () => () => {} })
beforeEach(async () => {
  disk = new MemoryDisk()
  keeper = new MemoryKeeper()
  harness = await start()
})
afterEach(() => harness.close())

const encoder = new TextEncoder()
const id = async (name: string): Promise<NoteId> => (await harness.vault.call('find', { name })).id
/** Every living note by its path, as it would be exported. */
const all = async () => {
  const notes = await harness.vault.call('notes', {})
  const shown = await Promise.all(notes.map((note) => harness.vault.call('showMarkdown', { id: note.id })))
  return Object.fromEntries(shown.map(({ path, markdown }) => [path, markdown]))
}
const take = async (files: Record<string, string>, origin = 'folder') => {
  const input = Object.entries(files).map(([path, text]) => ({ path, bytes: encoder.encode(text), updated: 1 }))
  const replies = await harness.vault.call('importFiles', { files: input, origin })
  await harness.vault.call('importEnd', {})
  return replies.map(({ status }) => status)
}
const write = async (name: string, markdown: string) => {
  const open = await harness.openNote(await id(name))
  open.doc.transact(() => appendTree(rootOf(open.doc), parseMarkdown(markdown).blocks))
  await open.stored()
  open.close()
  await harness.vault.call('flush', {})
}
const newest = async () => {
  const [change] = await harness.vault.call('bigChanges', {})
  if (!change) throw new Error('no big change')
  return change
}
const undo = async () => harness.vault.call('undoBigChange', { id: (await newest()).id })

const texts = {
  'Old.md': 'Itself [[Old]].\n',
  'A.md': 'See [[old]], [[Old|shown]] and [[Other]].\n',
  'deep/B.md': '---\nrests_on:\n  - "[[Old]]"\n---\n[[Old]] here.\n',
  'C.md': '[[Other]]\n',
}

describe('K9: import', () => {
  it('created notes go to the trash, and come back', async () => {
    expect(await take(texts)).toEqual(['created', 'created', 'created', 'created'])
    expect(await newest()).toMatchObject({ kind: 'import', title: 'Import of 4 notes', created: 4, changed: 0 })
    const before = await all()
    expect(await undo()).toEqual({ restored: 0, merged: 0, trashed: 4, kept: 0 })
    expect(await all()).toEqual({})
    expect((await harness.vault.call('info', {})).trashed).toBe(4)
    expect(await undo()).toEqual({ restored: 4, merged: 0, trashed: 0, kept: 0 })
    expect(await all()).toEqual(before)
    expect(await undo()).toMatchObject({ trashed: 4 })
  })

  it('one that was written in since stays', async () => {
    await take(texts)
    await write('A', 'My own words.\n')
    expect(await undo()).toEqual({ restored: 0, merged: 0, trashed: 3, kept: 1 })
    expect(Object.keys(await all())).toEqual(['A.md'])
  })

  it('changed notes are what they were; the same files once more are an import again', async () => {
    await take(texts)
    const before = await all()
    expect(await take({ ...texts, 'A.md': 'Other words.\n' })).toEqual(
      ['unchanged', 'unchanged', 'unchanged', 'updated'].sort(),
    )
    expect(await newest()).toMatchObject({ title: 'Import of 1 note', changed: 1, created: 0 })
    expect((await all())['A.md']).toBe('Other words.\n')
    expect(await undo()).toEqual({ restored: 1, merged: 0, trashed: 0, kept: 0 })
    expect(await all()).toEqual(before)
    await take({ 'A.md': 'Other words.\n' })
    expect((await all())['A.md']).toBe('Other words.\n')
    const versions = await harness.vault.call('versions', { id: await id('A') })
    expect(versions.some(({ reason }) => reason === 'before-import')).toBe(true)
  })

  it('a changed note that was written in since is merged', async () => {
    await take({ 'A.md': 'One.\n\nTwo.\n\nThree.\n' })
    await take({ 'A.md': 'One.\n\nTwo, imported.\n\nThree.\n' })
    await write('A', 'Mine.\n')
    expect(await undo()).toEqual({ restored: 0, merged: 1, trashed: 0, kept: 0 })
    expect((await all())['A.md']).toBe('One.\n\nTwo.\n\nThree.\n\nMine.\n')
    expect(await undo()).toMatchObject({ restored: 1 })
    expect((await all())['A.md']).toBe('One.\n\nTwo, imported.\n\nThree.\n\nMine.\n')
  })

  it('after an undone import the folder can be imported again', async () => {
    await take(texts)
    const before = await all()
    await undo()
    expect(await take(texts)).toEqual(['created', 'created', 'created', 'created'])
    expect(await all()).toEqual(before)
  })

  it('in batches is one, and cut off it holds what was taken in', async () => {
    const [first, ...rest] = Object.entries(texts).map(([path, text]) => ({
      path,
      bytes: encoder.encode(text),
      updated: 1,
    }))
    await harness.vault.call('importFiles', { files: [first as NonNullable<typeof first>] })
    await harness.vault.call('importFiles', { files: rest })
    await harness.vault.call('flush', {})
    await harness.close()
    harness = await start()
    expect(await harness.vault.call('bigChanges', {})).toMatchObject([{ kind: 'import', created: 4, changed: 0 }])
    expect(await undo()).toMatchObject({ trashed: 4, kept: 0 })
    expect(await all()).toEqual({})
  })

  it('of what is there already is none', async () => {
    await take(texts)
    await take(texts)
    expect((await harness.vault.call('bigChanges', {})).length).toBe(1)
  })
})

describe('K9: rename and move', () => {
  it('name and links as they were, to the letter; and again', async () => {
    await take(texts)
    const before = await all()
    await harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })
    const after = await all()
    expect(after['A.md']).toContain('[[New]]')
    expect(await newest()).toMatchObject({ kind: 'rename', title: '“Old” renamed to “New”', changed: 3 })
    expect(await undo()).toMatchObject({ merged: 0, trashed: 0, kept: 0, restored: 3 })
    expect(await all()).toEqual(before)
    expect(await undo()).toMatchObject({ restored: 3 })
    expect(await all()).toEqual(after)
    await undo()
    expect(await all()).toEqual(before)
  })

  it('words that were written since stay, and their links follow', async () => {
    await take(texts)
    await harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })
    await write('C', 'Also [[New]].\n')
    await write('A', 'And more of [[New]].\n')
    await undo()
    expect(await all()).toMatchObject({
      'A.md': 'See [[Old]], [[Old|shown]] and [[Other]].\n\nAnd more of [[Old]].\n',
      'C.md': '[[Other]]\n\nAlso [[Old]].\n',
      'Old.md': 'Itself [[Old]].\n',
    })
  })

  it('a name that nobody links to is no big change', async () => {
    await take({ 'Alone.md': 'Words.\n' })
    await harness.vault.call('renameNote', { id: await id('Alone'), title: 'Still alone' })
    expect((await newest()).kind).toBe('import')
  })

  it('a move with the links that name the folder', async () => {
    await take({ 'deep/B.md': 'B.\n', 'A.md': 'See [[deep/B]].\n', 'other/X.md': 'X.\n' })
    const before = await all()
    const folder = (await harness.vault.call('folders', {})).find(({ name }) => name === 'other')
    await harness.vault.call('moveNote', { id: await id('B'), folderId: folder?.id ?? null })
    expect((await all())['A.md']).toBe('See [[other/B]].\n')
    expect((await newest()).kind).toBe('move')
    await undo()
    expect(await all()).toEqual(before)
  })
})

describe('K10: replace', () => {
  const find = (query: string, rest: { regex?: boolean; matchCase?: boolean } = {}) =>
    harness.vault.call('findText', { query, regex: false, matchCase: false, ...rest })
  const ids = async () => (await harness.vault.call('notes', {})).map((note) => note.id)
  const replace = async (query: string, replacement: string, rest: { regex?: boolean; matchCase?: boolean } = {}) =>
    harness.vault.call('replaceText', { query, regex: false, matchCase: false, ...rest, replacement, ids: await ids() })

  it('finds what it replaces, in sentences', async () => {
    await take({
      'A.md': 'A cat sat. The Cat ran away.\n',
      'B.md': '- one cat\n  - two\n\n```\ncat\n```\n',
      'C.md': 'Dog.\n',
    })
    const found = await find('cat')
    expect(found.total).toBe(4)
    expect(found.notes.map(({ title, places }) => [title, places.length])).toEqual([
      ['A', 2],
      ['B', 2],
    ])
    expect(found.notes[0]?.places[1]).toEqual({ before: 'The ', match: 'Cat', after: ' ran away.' })
    expect((await find('cat', { matchCase: true })).total).toBe(3)
    expect(await replace('cat', 'fox')).toMatchObject({ notes: 2, places: 4 })
    expect(await all()).toEqual({
      'A.md': 'A fox sat. The fox ran away.\n',
      'B.md': '- one fox\n  - two\n\n```\nfox\n```\n',
      'C.md': 'Dog.\n',
    })
    expect(await newest()).toMatchObject({ kind: 'replace', title: '“cat” replaced by “fox” in 2 notes', changed: 2 })
    expect(await undo()).toMatchObject({ restored: 2 })
    expect((await all())['A.md']).toBe('A cat sat. The Cat ran away.\n')
    expect(await undo()).toMatchObject({ restored: 2 })
    expect((await all())['A.md']).toBe('A fox sat. The fox ran away.\n')
  })

  it('never the targets of links, but looks, tables and labels stay and follow', async () => {
    await take({
      'cat.md': 'Me.\n',
      'A.md':
        '[[cat]] is a **fat cat**, [cat](https://cat.example/cat) and `cat`.\n\n| cat | [[cat]] |\n|---|---|\n| a | ![](cat.png) |\n',
    })
    await replace('cat', 'fox')
    expect((await all())['A.md']).toBe(
      '[[cat]] is a **fat fox**, [fox](https://cat.example/cat) and `fox`.\n\n| fox | [[cat]] |\n|---|---|\n| a | ![](cat.png) |\n',
    )
  })

  it('groups of a regular expression; signs of a plain word are no expression', async () => {
    await take({ 'A.md': 'From 2024 to 2025, at 1.5 (or $1).\n' })
    await replace('(\\d{4}) to (\\d{4})', '$2 back to $1, $$5, $&', { regex: true })
    expect((await all())['A.md']).toBe('From 2025 back to 2024, $5, 2024 to 2025, at 1.5 (or $1).\n')
    await replace('1.5 (or $1)', '$& it')
    expect((await all())['A.md']).toBe('From 2025 back to 2024, $5, 2024 to 2025, at $& it.\n')
    await expect(find('(', { regex: true })).rejects.toMatchObject({ code: 'bad-query' })
    expect((await find('x*', { regex: true })).total).toBe(0)
  })

  it('with what was written since it is merged back', async () => {
    await take({ 'A.md': 'A cat.\n\nWords.\n' })
    const open = await harness.openNote(await id('A'))
    await replace('cat', 'fox')
    open.doc.transact(() => appendTree(rootOf(open.doc), parseMarkdown('Mine.\n').blocks))
    await open.stored()
    expect(await undo()).toEqual({ restored: 0, merged: 1, trashed: 0, kept: 0 })
    open.close()
    expect((await all())['A.md']).toBe('A cat.\n\nWords.\n\nMine.\n')
  })

  it('a kind or tag that was set since is merged too, though nobody opened the note', async () => {
    await take({ 'A.md': 'A cat.\n' })
    await replace('cat', 'fox')
    await harness.vault.call('setKind', { id: await id('A'), kind: 'essay' })
    expect(await undo()).toMatchObject({ merged: 1 })
    expect((await harness.vault.call('note', { id: await id('A') })).kind).toBe('essay')
    expect((await all())['A.md']).toContain('A cat.')
  })
})

describe('K10: merge of notes', () => {
  it('text, links, names; and back', async () => {
    await take({ ...texts, 'Other.md': 'Other text.\n' })
    const before = await all()
    const [from, into] = [await id('Old'), await id('Other')]
    const { links } = await harness.vault.call('mergeNotes', { from, into })
    expect(links).toBe(4)
    expect((await harness.vault.call('versions', { id: into })).at(-1)).toMatchObject({ reason: 'before-merge' })
    const after = await all()
    expect(Object.keys(after).sort()).toEqual(['A.md', 'C.md', 'Other.md', 'deep/B.md'])
    expect(after['A.md']).toBe('See [[Other]], [[Other|shown]] and [[Other]].\n')
    expect(after['Other.md']).toContain('Other text.\n\n## Old\n\nItself [[Old]].\n')
    expect((await harness.vault.call('note', { id: into })).aliases).toEqual(['Old'])
    expect(await undo()).toMatchObject({ restored: 4, merged: 0 })
    expect(await all()).toEqual(before)
    expect(await undo()).toMatchObject({ restored: 3, trashed: 1 })
    expect(await all()).toEqual(after)
  })

  it('refuses itself and the trash', async () => {
    await take(texts)
    const [a, b] = [await id('A'), await id('B')]
    await expect(harness.vault.call('mergeNotes', { from: a, into: a })).rejects.toMatchObject({ code: 'invalid' })
    await harness.vault.call('trashNote', { id: b })
    await expect(harness.vault.call('mergeNotes', { from: a, into: b })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('K9: what cannot be', () => {
  it('twice', async () => {
    await take(texts)
    const { id: change } = await newest()
    await harness.vault.call('undoBigChange', { id: change })
    await expect(harness.vault.call('undoBigChange', { id: change })).rejects.toMatchObject({ code: 'undone' })
    await expect(harness.vault.call('undoBigChange', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('notes that were purged since are left out', async () => {
    await take(texts)
    await harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })
    const gone = await id('A')
    await harness.vault.call('trashNote', { id: gone })
    await harness.vault.call('purgeNotes', { ids: [gone] })
    await undo()
    expect((await all())['Old.md']).toBe('Itself [[Old]].\n')
  })
})

/** A store whose process ends at a given write: everything after it fails. */
class DyingStore extends MemoryStore {
  left = Number.POSITIVE_INFINITY
  #write() {
    if (this.left-- <= 0) throw new Error('the process has ended')
  }
  override async putJob(...args: Parameters<MemoryStore['putJob']>) {
    this.#write()
    await super.putJob(...args)
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

describe('K7: cut off in the middle it can be taken back, or is finished', () => {
  const acts: Record<string, () => Promise<unknown>> = {
    import: () => take({ ...texts, 'A.md': 'Imported.\n', 'C.md': 'Imported too.\n', 'New.md': 'New.\n' }),
    rename: async () => harness.vault.call('renameNote', { id: await id('Old'), title: 'New' }),
    replace: async () => {
      const ids = (await harness.vault.call('notes', {})).map((note) => note.id)
      return harness.vault.call('replaceText', { query: 'e', regex: false, matchCase: false, replacement: 'o', ids })
    },
    merge: async () => harness.vault.call('mergeNotes', { from: await id('Old'), into: await id('C') }),
    restore: async () => {
      const ids = (await harness.vault.call('notes', {})).map((note) => note.id)
      return harness.vault.call('restoreNotesAt', { ids, at: 1_700_000_000_000 })
    },
  }
  for (const [name, act] of Object.entries(acts)) {
    it(name, async () => {
      for (let writes = 0; writes < 7; writes++) {
        await harness.close()
        disk = new MemoryDisk()
        keeper = new MemoryKeeper()
        const dying = new DyingStore(disk)
        harness = await start(dying)
        await take(texts)
        if (name === 'restore') {
          for (const note of await harness.vault.call('notes', {})) {
            await harness.vault.call('keepVersion', { id: note.id, name: 'then' })
            await harness.vault.call('appendMarkdown', { id: note.id, markdown: 'Later.\n' })
          }
        }
        const before = await all()
        const known = (await harness.vault.call('bigChanges', {})).length
        dying.left = writes
        await act().catch(() => {})
        dying.left = 0
        await harness.close().catch(() => {})
        harness = await start()
        await harness.vault.call('check', { repair: false })
        const changes = await harness.vault.call('bigChanges', {})
        for (const change of changes.slice(0, changes.length - known)) {
          await harness.vault.call('undoBigChange', { id: change.id })
        }
        expect(await all()).toEqual(before)
      }
    })
  }

  it('the undoing itself: once more makes it whole', async () => {
    for (let writes = 0; writes < 6; writes++) {
      await harness.close()
      disk = new MemoryDisk()
      keeper = new MemoryKeeper()
      const dying = new DyingStore(disk)
      harness = await start(dying)
      await take(texts)
      const before = await all()
      await take({ 'A.md': 'Imported.\n', 'C.md': 'Imported too.\n', 'New.md': 'New.\n' })
      const { id: change } = await newest()
      dying.left = writes
      await undo().catch(() => {})
      dying.left = 0
      await harness.close().catch(() => {})
      harness = await start()
      await harness.vault.call('undoBigChange', { id: change }).catch(() => {})
      expect(await all()).toEqual(before)
    }
  })
})
