import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const open: VaultHarness[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const PAIR = noteId('note-pair-0001')
const NOTE = `---
id: note-pair-0001
kind: commitment
review_every: 2w
due: 2026-06-30
rests_on: "[[Ground]]"
---

We try it.

## Log

- 2026-02-17, opened, Ana: Two teams. ^log-1
`
const FILES = { 'Pair.md': NOTE, 'Ground.md': '---\nid: note-ground-01\nkind: essay\n---\n\nWhy.\n' }

/** One computer of the vault, on 4 March 2026. */
async function computer(store = new MemoryStore(), files: Readonly<Record<string, string>> = FILES) {
  const harness = await vaultHarness(store, { now: () => new Date('2026-03-04T12:00:00').getTime() })
  open.push(harness)
  await harness.importText(files)
  const { call } = harness.vault
  const pivot = (author: string, successorTitle: string) =>
    call('review', { id: PAIR, so: 'pivot', text: `${author} saw it.`, author, review: '', successorTitle })
  const stateOf = async (id: NoteId) => {
    const { doc, close } = await harness.openNote(id)
    close()
    return Y.encodeStateAsUpdate(doc)
  }
  /** Takes in what another computer has of a note. */
  const take = async (id: NoteId, update: Uint8Array) => {
    const { doc, stored, close } = await harness.openNote(id)
    Y.applyUpdate(doc, update)
    await stored()
    close()
    await call('whenIndexed', {})
    return doc
  }
  const commitments = async () => (await call('notes', { kind: 'commitment' })).map(({ id }) => id)
  return { ...harness, store, call, pivot, stateOf, take, commitments }
}

describe('two computers that pivot one commitment', () => {
  it('A1 have one successor, whichever takes in the other, and lose nothing', async () => {
    const [a, b] = [await computer(), await computer()]
    const [mine, theirs] = [await a.pivot('Ana', 'By pairs'), await b.pivot('Bo', 'By threes')]
    const id = mine.successor?.id
    if (!id) throw new Error('no successor')
    expect(theirs.successor?.id).toBe(id)
    // What each goes on to do with it before they meet.
    await a.call('editFacts', { id, edit: { is: 'add', key: 'reach', value: 'two teams' }, author: 'Ana' })
    await a.call('editFacts', { id, edit: { is: 'set', key: 'tags', value: ['ours'] }, author: 'Ana' })
    await b.call('editFacts', { id, edit: { is: 'set', key: 'due', value: '2026-07-31' }, author: 'Bo' })
    await a.call('appendMarkdown', { id, markdown: 'Ana wrote.' })
    await b.call('appendMarkdown', { id, markdown: 'Bo wrote.' })
    await a.call('appendLog', { id, type: 'saw', text: 'Ana saw more.', author: 'Ana' })

    const states = await Promise.all([a, b].map(async (each) => [await each.stateOf(PAIR), await each.stateOf(id)]))
    const docs = []
    for (const [at, each] of [a, b].entries()) {
      const [parent, successor] = states[1 - at] ?? []
      await each.take(PAIR, parent ?? new Uint8Array())
      docs.push(await each.take(id, successor ?? new Uint8Array()))
    }
    for (const each of [a, b]) {
      expect((await each.commitments()).sort()).toEqual([id, PAIR].sort())
      const parent = await each.call('noteLog', { id: PAIR })
      expect(parent).toMatchObject({ status: 'pivoted', twice: false, log: 3 })
      expect(parent.entries.map(({ text }) => text).sort()).toEqual(['Ana saw it.', 'Bo saw it.', 'Two teams.'])
      expect(new Set(parent.entries.map(({ details }) => details.successor ?? id))).toEqual(new Set([id]))
      const own = await each.call('noteLog', { id })
      expect(own).toMatchObject({ status: 'in progress', twice: false })
      expect(new Set(own.entries.map((entry) => entry.id)).size).toBe(own.entries.length)
      expect(
        own.entries
          .filter(({ type }) => type === 'opened')
          .map(({ author }) => author)
          .sort(),
      ).toEqual([...['Ana', 'Bo']])
      const { properties } = await each.call('note', { id })
      const facts = Object.fromEntries(properties.map(({ key, value }) => [key, value]))
      expect(facts).toMatchObject({
        reach: 'two teams',
        due: '2026-07-31',
        review_every: '2w',
        supersedes: ['[[Pair]]'],
      })
      expect(facts.rests_on).toBe('[[Ground]]')
      expect((await each.call('note', { id })).tags).toEqual(['ours'])
      const { markdown } = await each.call('showMarkdown', { id })
      expect(markdown.match(/wrote/g)).toHaveLength(2)
      for (const key of ['due', 'supersedes', 'rests_on'])
        expect(markdown.match(new RegExp(`^${key}:`, 'gm'))).toHaveLength(1)
      // Either name leads there: links to both may have been written meanwhile.
      expect((await each.call('find', { name: 'By pairs' })).id).toBe(id)
      expect((await each.call('find', { name: 'By threes' })).id).toBe(id)
    }
    const [first, second] = docs.map((doc) => [readMeta(doc), readTree(rootOf(doc))])
    expect(first).toEqual(second)
  })

  it('A1 an empty successor is one empty paragraph when they meet', async () => {
    const [a, b] = [await computer(), await computer()]
    const id = (await a.pivot('Ana', 'Next')).successor?.id
    if (!id) throw new Error('no successor')
    await b.pivot('Bo', 'Next')
    const doc = await a.take(id, await b.stateOf(id))
    expect(readTree(rootOf(doc))).toEqual(EMPTY_TREE)
    expect((await a.call('showMarkdown', { id })).markdown.match(/Next/g)).toBeNull()
  })
})

describe('a pivot that comes too late', () => {
  const answeredMeanwhile = async () => {
    const a = await computer()
    const append = a.store.appendInbox.bind(a.store)
    // Right after the successor was stored, before the entry: somebody else answers.
    a.store.appendInbox = async (entries) => {
      a.store.appendInbox = append
      await append(entries)
      await a.call('appendLog', { id: PAIR, type: 'review', text: 'Answered elsewhere.', author: 'Bo' })
    }
    const answer = { id: PAIR, so: 'pivot', text: 'Slower.', author: 'Ana', successorTitle: 'Next' } as const
    const error = await a.call('review', { ...answer, review: '2026-03-03' }).catch((thrown: unknown) => thrown)
    return { ...a, answer, error }
  }

  it('A1 leaves no successor behind, and says where it is', async () => {
    const { error, commitments, call } = await answeredMeanwhile()
    expect(error).toMatchObject({ code: 'changed' })
    expect(String(error)).toContain('“Next” is in the trash')
    expect(await commitments()).toEqual([PAIR])
    expect((await call('trash', {})).map(({ title }) => title)).toEqual(['Next'])
    expect((await call('noteLog', { id: PAIR })).status).toBe('in progress')
  })

  it('A1 is found in the trash by the next pivot', async () => {
    const { answer, call, commitments } = await answeredMeanwhile()
    const { successor } = await call('review', { ...answer, review: '' })
    expect(await call('trash', {})).toEqual([])
    expect((await commitments()).sort()).toEqual([PAIR, successor?.id].sort())
  })

  it('A1 one that was removed for good is not brought back: the next pivot makes another', async () => {
    const { answer, call, commitments, store } = await answeredMeanwhile()
    const [gone] = await call('trash', {})
    await call('purgeNotes', { ids: gone ? [gone.id] : [] })
    const { successor } = await call('review', { ...answer, review: '' })
    expect(successor?.id).not.toBe(gone?.id)
    expect((await commitments()).sort()).toEqual([PAIR, successor?.id].sort())
    await open.pop()?.close()
    const again = await computer(store, {})
    expect((await again.commitments()).sort()).toEqual([PAIR, successor?.id].sort())
  })
})
