import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

/** Runs something once, at the next call of one of its handlers. */
class InterruptedKeeper extends MemoryKeeper {
  next: { at: 'putBigChange' | 'putVersion'; run: () => Promise<unknown> } | null = null

  constructor() {
    super()
    const { putBigChange, putVersion } = this.handlers
    const before =
      <I>(at: 'putBigChange' | 'putVersion', then: (input: I) => unknown) =>
      async (input: I) => {
        await then(input)
        const { next } = this
        if (next?.at !== at) return
        this.next = null
        await next.run()
      }
    Object.assign(this.handlers, {
      putBigChange: before('putBigChange', putBigChange as (input: unknown) => unknown),
      putVersion: before('putVersion', putVersion as (input: unknown) => unknown),
    })
  }
}

/** Runs something once, at the next call of one of its methods. */
class InterruptedStore extends MemoryStore {
  next: { at: 'deleteJob' | 'appendInbox'; run: () => Promise<unknown> } | null = null

  override async deleteJob(key: string): Promise<void> {
    await super.deleteJob(key)
    await this.#then('deleteJob')
  }

  override async appendInbox(entries: Parameters<MemoryStore['appendInbox']>[0]): Promise<void> {
    await super.appendInbox(entries)
    await this.#then('appendInbox')
  }

  async #then(at: 'deleteJob' | 'appendInbox'): Promise<void> {
    const { next } = this
    if (next?.at !== at) return
    this.next = null
    await next.run()
  }
}

let store: InterruptedStore
let keeper: InterruptedKeeper
let harness: VaultHarness
const encoder = new TextEncoder()
const id = async (name: string): Promise<NoteId> => (await harness.vault.call('find', { name })).id
const text = async (name: string) => (await harness.vault.call('showMarkdown', { id: await id(name) })).markdown
const take = (files: Record<string, string>) =>
  harness.vault.call('importFiles', {
    files: Object.entries(files).map(([path, file]) => ({ path, bytes: encoder.encode(file), updated: 1 })),
    origin: 'folder',
  })
const newest = async () => {
  const [change] = await harness.vault.call('bigChanges', {})
  if (!change) throw new Error('no big change')
  return change.id
}
const undo = async () => harness.vault.call('undoBigChange', { id: await newest() })

beforeEach(async () => {
  keeper = new InterruptedKeeper()
  store = new InterruptedStore(new MemoryDisk())
  harness = await vaultHarness(store, { keeper, every: () => () => {} })
  await take({ 'Old.md': 'Itself.\n', 'A.md': 'See [[Old]].\n' })
  await harness.vault.call('importEnd', {})
})
afterEach(() => harness.close())

/** Words that are written into an open note between two steps of what the program does with it. */
async function writingAt(at: 'putBigChange' | 'putVersion') {
  const open = await harness.openNote(await id('A'))
  keeper.next = {
    at,
    run: async () => {
      open.doc.transact(() => appendTree(rootOf(open.doc), parseMarkdown('Written meanwhile.\n').blocks))
      await open.stored()
    },
  }
  return open
}

describe('K7, K9: what is written between the version before a change and the change', () => {
  const acts: Record<string, () => Promise<unknown>> = {
    import: async () => {
      await take({ 'A.md': 'See [[Old]]. From the file.\n' })
      await harness.vault.call('importEnd', {})
    },
    rename: async () => harness.vault.call('renameNote', { id: await id('Old'), title: 'New' }),
    replace: async () =>
      harness.vault.call('replaceText', {
        query: 'See',
        regex: false,
        matchCase: true,
        replacement: 'Look at',
        ids: [await id('A')],
      }),
    merge: async () => harness.vault.call('mergeNotes', { from: await id('Old'), into: await id('A') }),
  }
  for (const [name, act] of Object.entries(acts)) {
    it(`stays when it is taken back: ${name}`, async () => {
      const open = await writingAt('putBigChange')
      await act()
      expect(keeper.next).toBeNull()
      expect(await text('A')).toContain('Written meanwhile.')
      await undo()
      expect(await text('A')).toBe('See [[Old]].\n\nWritten meanwhile.\n')
      open.close()
    })
  }

  it('stays when a set of notes that was put back is taken back', async () => {
    const at = Date.now()
    await harness.vault.call('keepVersion', { id: await id('A'), name: 'then' })
    await harness.vault.call('appendMarkdown', { id: await id('A'), markdown: 'Later.\n' })
    const open = await writingAt('putBigChange')
    await harness.vault.call('restoreNotesAt', { ids: [await id('A')], at: at + 60_000_000_000_000 })
    await undo()
    expect(await text('A')).toContain('Written meanwhile.')
    open.close()
  })
})

describe('K9: what is written while a rename runs, or is taken back', () => {
  const writing = (name: string) => async () => {
    const open = await harness.openNote(await id(name))
    open.doc.transact(() => appendTree(rootOf(open.doc), parseMarkdown('Written meanwhile.\n').blocks))
    await open.stored()
    open.close()
  }

  it('stays, right after a link had its former name again', async () => {
    await harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })
    store.next = { at: 'deleteJob', run: writing('A') }
    await undo()
    expect(store.next).toBeNull()
    expect(await text('A')).toBe('See [[Old]].\n\nWritten meanwhile.\n')
  })

  it('stays in the renamed note, right after that had its former name again', async () => {
    await harness.vault.call('renameNote', { id: await id('Old'), title: 'New' })
    store.next = { at: 'deleteJob', run: writing('Old') }
    await undo()
    expect(store.next).toBeNull()
    expect(await text('Old')).toBe('Itself.\n\nWritten meanwhile.\n')
  })

  it('stays in a note that links to itself, between its new name and its new links', async () => {
    await take({ 'Self.md': 'This is [[Self]].\n', 'B.md': '[[Self]]\n' })
    await harness.vault.call('importEnd', {})
    const self = await id('Self')
    const open = await harness.openNote(self)
    store.next = {
      at: 'appendInbox',
      run: async () => {
        open.doc.transact(() => appendTree(rootOf(open.doc), parseMarkdown('Written meanwhile.\n').blocks))
        await open.stored()
      },
    }
    await harness.vault.call('renameNote', { id: self, title: 'Other' })
    expect(store.next).toBeNull()
    open.close()
    await undo()
    expect(await text('Self')).toBe('This is [[Self]].\n\nWritten meanwhile.\n')
  })
})

describe('K6: what is written between the version before a restore and the restore', () => {
  it('is in a version', async () => {
    const [first] = await harness.vault.call('versions', { id: await id('A') })
    const version = first ?? (await harness.vault.call('keepVersion', { id: await id('A'), name: 'then' }))
    await harness.vault.call('appendMarkdown', { id: await id('A'), markdown: 'Later.\n' })
    const open = await writingAt('putVersion')
    await harness.vault.call('restoreVersion', { id: await id('A'), version: version.id })
    expect(await text('A')).toBe('See [[Old]].\n')
    const kept: string[] = []
    for (const each of await harness.vault.call('versions', { id: await id('A') })) {
      const { blocks } = await harness.vault.call('readVersion', { id: await id('A'), version: each.id })
      kept.push(JSON.stringify(blocks))
    }
    expect(kept.some((blocks) => blocks.includes('Written meanwhile.'))).toBe(true)
    open.close()
  })
})

describe('K9: words that were written since a change', () => {
  it('stay where nobody knows any more what the change left', async () => {
    await take({ 'A.md': 'See [[Old]]. From the file.\n' })
    await harness.vault.call('importEnd', {})
    const note = await id('A')
    await harness.vault.call('appendMarkdown', { id: note, markdown: 'Mine.\n' })
    const before = await text('A')
    const left = (keeper.versions.get(note) ?? []).filter(({ version }) => version.reason === 'session')
    expect(left.length).toBe(1)
    keeper.versions.set(
      note,
      (keeper.versions.get(note) ?? []).filter((each) => !left.includes(each)),
    )
    expect(await undo()).toEqual({ restored: 0, merged: 0, trashed: 0, kept: 0 })
    expect(await text('A')).toBe(before)
  })
})
