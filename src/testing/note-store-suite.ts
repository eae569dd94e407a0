import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../core/base/ids.ts'
import type { NoteHead, NoteStore, StoreStep } from '../crdt/store.ts'
import { STORE_STEPS } from '../crdt/store.ts'

export type StoreUnderTest = {
  readonly store: NoteStore
  /** A new store on the same disk. The former one is left as it is, as a crash leaves it. */
  reopen(): Promise<NoteStore>
  /** Closes what is open and removes the disk. */
  dispose(): Promise<void>
}

/** The contract of crdt/store.ts; every adapter passes it. Rules P1 to P11 of src/crdt/SPEC.md. */
export function noteStoreSuite(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`NoteStore: ${name}`, () => {
    let under: StoreUnderTest
    beforeEach(async () => {
      under = await make()
    })
    afterEach(() => under.dispose())

    const id = noteId('note-under-test')
    const other = noteId('another-note-here')

    it('P1: what was acknowledged is there after a crash', async () => {
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      for (let index = 0; index < 20; index++) doc.getText('t').insert(index, String(index % 10))
      await open.whenStored()
      const again = await under.reopen()
      expect(await textOf(again, id)).toBe('01234567890123456789')
    })

    it('P1: closing stores what is left', async () => {
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      doc.getText('t').insert(0, 'last words')
      await open.close()
      doc.getText('t').insert(0, 'not ')
      expect(await textOf(under.store, id)).toBe('last words')
      await under.store.close()
      expect(await textOf(await under.reopen(), id)).toBe('last words')
    })

    it('P1: closing the store stores what its open notes hold', async () => {
      const doc = new Y.Doc()
      await under.store.open(id, doc)
      doc.getText('t').insert(0, 'still open')
      await under.store.close()
      expect(await textOf(await under.reopen(), id)).toBe('still open')
    })

    it('P2: rows of the inbox move into the database of the note when it is opened', async () => {
      await under.store.appendInbox([{ id, update: updateOf('one') }])
      await under.store.appendInbox([{ id, update: updateOf('two') }])
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      expect(words(doc)).toEqual(['one', 'two'])
      await open.whenStored()
      await open.close()
      expect(await wordsOf(under.store, id)).toEqual(['one', 'two'])
      const again = new Y.Doc()
      await (await under.store.open(id, again)).close()
      expect(words(again)).toEqual(['one', 'two'])
    })

    it('P2: rows that come after a session are joined with its database', async () => {
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      doc.getArray('w').push(['typed'])
      await open.close()
      await under.store.appendInbox([{ id, update: updateOf('sent') }])
      expect(await wordsOf(under.store, id)).toEqual(['sent', 'typed'])
      expect(await wordsOf(await under.reopen(), id)).toEqual(['sent', 'typed'])
    })

    for (const step of STORE_STEPS.filter((name) => name.startsWith('move'))) {
      it(`P2, S2: a crash at ${step} loses nothing and doubles nothing`, async () => {
        const before = new Y.Doc()
        const open = await under.store.open(id, before)
        before.getArray('w').push(['typed'])
        await open.close()
        await under.store.appendInbox([{ id, update: updateOf('one') }])
        await under.store.appendInbox([{ id, update: updateOf('two') }])
        crashAt(under.store, step)
        // Whoever opened the note need not wait for the end of the move, but what is durable does.
        const opening = under.store.open(id, new Y.Doc()).then((opened) => opened.whenStored())
        await expect(opening).rejects.toThrow('crash')
        const again = await under.reopen()
        expect(await wordsOf(again, id)).toEqual(['one', 'two', 'typed'])
        const doc = new Y.Doc()
        const reopened = await again.open(id, doc)
        expect(words(doc)).toEqual(['one', 'two', 'typed'])
        await reopened.close()
        expect(await wordsOf(again, id)).toEqual(['one', 'two', 'typed'])
      })
    }

    it('P3: heads and inbox rows of one call are stored together', async () => {
      await under.store.appendInbox([
        { id, update: updateOf('one'), head: headOf(id, 'One') },
        { id: other, update: updateOf('two'), head: headOf(other, 'Two') },
      ])
      const again = await under.reopen()
      expect((await again.heads()).map((head) => head.title).sort()).toEqual(['One', 'Two'])
      expect(await wordsOf(again, other)).toEqual(['two'])
    })

    for (const step of ['inbox-write', 'inbox-written'] as const) {
      it(`P3: a crash at ${step} leaves both or neither`, async () => {
        crashAt(under.store, step)
        const entries = [{ id, update: updateOf('one'), head: headOf(id, 'One') }]
        await expect(under.store.appendInbox(entries)).rejects.toThrow('crash')
        const again = await under.reopen()
        expect(await again.heads()).toHaveLength(await wordsOf(again, id).then((found) => found.length))
        await again.appendInbox(entries)
        expect(await again.heads()).toEqual([headOf(id, 'One')])
        expect(await wordsOf(again, id)).toEqual(['one'])
      })
    }

    it('P4: the same update twice is the update once', async () => {
      const update = updateOf('one')
      await under.store.appendInbox([{ id, update }])
      await under.store.appendInbox([{ id, update }])
      await under.store.appendInbox([
        { id, update },
        { id, update },
      ])
      expect(await wordsOf(under.store, id)).toEqual(['one'])
      const doc = new Y.Doc()
      await (await under.store.open(id, doc)).close()
      expect(words(doc)).toEqual(['one'])
    })

    it('P4: the order of updates does not matter', async () => {
      const doc = new Y.Doc()
      const updates: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => updates.push(update))
      for (const letter of 'abcdef') doc.getText('t').insert(doc.getText('t').length, letter)
      for (const update of [4, 1, 5, 0, 3, 2].map((index) => updates[index] as Uint8Array)) {
        await under.store.appendInbox([{ id, update }])
      }
      expect(await textOf(under.store, id)).toBe('abcdef')
      const opened = new Y.Doc()
      await (await under.store.open(id, opened)).close()
      expect(opened.getText('t').toString()).toBe('abcdef')
    })

    it('P5: a head is replaced whole, and dirty stays until it is cleared', async () => {
      const head = headOf(id, 'One')
      await under.store.putHeads([head, headOf(other, 'Two')])
      await under.store.putHeads([{ ...head, dirty: true }])
      const again = await under.reopen()
      const stored = (await again.heads()).find((item) => item.id === id)
      expect(stored).toEqual({ ...head, dirty: true })
      await again.putHeads([{ ...head, dirty: false, docHash: 'new' }])
      expect((await again.heads()).find((item) => item.id === id)).toEqual({ ...head, docHash: 'new' })
    })

    it('P6: an unknown note is null, opens empty and can be deleted', async () => {
      expect(await under.store.load(id)).toBeNull()
      await under.store.delete(id)
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      expect(doc.store.clients.size).toBe(0)
      await open.close()
    })

    it('P6: deleting removes database, rows and head', async () => {
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      doc.getArray('w').push(['typed'])
      await open.close()
      await under.store.appendInbox([{ id, update: updateOf('sent'), head: headOf(id, 'One') }])
      await under.store.delete(id)
      expect(await under.store.load(id)).toBeNull()
      expect(await under.store.heads()).toEqual([])
      const again = await under.reopen()
      expect(await again.load(id)).toBeNull()
      const fresh = new Y.Doc()
      await (await again.open(id, fresh)).close()
      expect(words(fresh)).toEqual([])
    })

    it('P7: a note is open once, and takes no inbox rows while it is', async () => {
      const open = await under.store.open(id, new Y.Doc())
      await expect(under.store.open(id, new Y.Doc())).rejects.toThrow()
      await expect(under.store.appendInbox([{ id, update: updateOf('one') }])).rejects.toThrow()
      await open.close()
      await under.store.appendInbox([{ id, update: updateOf('one') }])
      expect(await wordsOf(under.store, id)).toEqual(['one'])
    })

    it('P7: an open note is loaded as it is now', async () => {
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      doc.getArray('w').push(['typed'])
      expect(await wordsOf(under.store, id)).toEqual(['typed'])
      await open.close()
    })

    it('P8: a thousand notes in two batches', async () => {
      const ids = Array.from({ length: 1000 }, (_, index) => noteId(`note-number-${index}`))
      const entries = ids.map((each, index) => ({
        id: each,
        update: updateOf(`word ${index}`),
        head: headOf(each, `Note ${index}`),
      }))
      await under.store.appendInbox(entries.slice(0, 500))
      await under.store.appendInbox(entries.slice(500))
      const again = await under.reopen()
      expect(await again.heads()).toHaveLength(1000)
      expect(await wordsOf(again, ids[0] as NoteId)).toEqual(['word 0'])
      expect(await wordsOf(again, ids[999] as NoteId)).toEqual(['word 999'])
    })

    it('P9: the vault doc, attachments and jobs are kept', async () => {
      const doc = new Y.Doc()
      const open = await under.store.openVaultDoc(doc)
      doc.getMap('vault').set('name', 'Mine')
      await open.whenStored()
      const attachment = { path: 'a.png', sha256: 'ab'.repeat(32), size: 3 }
      await under.store.putAttachments([attachment, { ...attachment, path: 'b.png' }])
      await under.store.putAttachments([{ ...attachment, size: 4 }])
      await under.store.deleteAttachments(['b.png', 'unknown.png'])
      await under.store.putJob({ key: 'rename:1', state: { done: ['x'] } })
      await under.store.putJob({ key: 'rename:2', state: 2 })
      await under.store.putJob({ key: 'rename:2', state: 3 })
      await under.store.deleteJob('rename:1')
      await open.close()
      await under.store.close()
      const again = await under.reopen()
      const vault = new Y.Doc()
      await again.openVaultDoc(vault)
      expect(vault.getMap('vault').get('name')).toBe('Mine')
      expect(await again.attachments()).toEqual([{ ...attachment, size: 4 }])
      expect(await again.jobs()).toEqual([{ key: 'rename:2', state: 3 }])
    })

    it('P10: the mark of the journal is 0 at first, and is kept', async () => {
      expect(await under.store.journalMark()).toBe(0)
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      doc.getArray('w').push(['typed'])
      await open.whenStored()
      await under.store.setJournalMark(7)
      const again = await under.reopen()
      expect(await again.journalMark()).toBe(7)
      // A crash that takes the end of the store takes the mark before it takes what the mark speaks of.
      expect(await wordsOf(again, id)).toEqual(['typed'])
    })

    it('P11: what is stored of a note is replaced at once, and salvaged piece by piece', async () => {
      expect(await under.store.salvage(id)).toEqual([])
      const doc = new Y.Doc()
      const open = await under.store.open(id, doc)
      doc.getArray('w').push(['typed'])
      await open.close()
      await under.store.appendInbox([{ id, update: updateOf('sent'), head: headOf(id, 'One') }])
      const pieces = new Y.Doc()
      for (const piece of await under.store.salvage(id)) Y.applyUpdate(pieces, piece)
      expect(words(pieces)).toEqual(['sent', 'typed'])
      pieces.getArray('w').push(['new'])
      await under.store.replace(id, Y.encodeStateAsUpdate(pieces))
      expect(await wordsOf(under.store, id)).toEqual(['new', 'sent', 'typed'])
      const again = await under.reopen()
      const replaced = new Y.Doc()
      const opened = await again.open(id, replaced)
      expect(words(replaced)).toEqual(['new', 'sent', 'typed'])
      replaced.getArray('w').push(['more'])
      await opened.close()
      expect(await wordsOf(await under.reopen(), id)).toEqual(['more', 'new', 'sent', 'typed'])
      expect(await again.heads()).toEqual([headOf(id, 'One')])
      await again.delete(id)
      expect(await again.load(id)).toBeNull()
    })
  })
}

function crashAt(store: NoteStore, step: StoreStep): void {
  store.hooks = {
    at: (reached) => {
      if (reached === step) throw new Error(`crash at ${step}`)
    },
  }
}

/** A client of its own for each word, so that updates do not build on each other. */
function updateOf(word: string): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
  doc.getArray('w').push([word])
  return Y.encodeStateAsUpdate(doc)
}

const words = (doc: Y.Doc): string[] => (doc.getArray('w').toArray() as string[]).sort()

async function stateOf(store: NoteStore, id: NoteId): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const state = await store.load(id)
  if (state) Y.applyUpdate(doc, state)
  return doc
}

const wordsOf = async (store: NoteStore, id: NoteId): Promise<string[]> => words(await stateOf(store, id))
const textOf = async (store: NoteStore, id: NoteId): Promise<string> =>
  (await stateOf(store, id)).getText('t').toString()

const headOf = (id: NoteId, title: string): NoteHead => ({
  id,
  docHash: 'hash',
  indexedHash: '',
  exportHash: '',
  state: 'live',
  dirty: false,
  updated: 1_700_000_000_000,
  importPath: '',
  sourceHash: '',
  title,
  shownTitle: title,
  kind: 'note',
  folderId: null,
  file: '',
  created: '',
  aliases: [],
  formerTitles: [],
  tags: ['a/b'],
})
