import { afterEach, describe, expect, it, test } from 'vitest'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import { logOf, readMeta, updateMeta } from '../../crdt/note-doc.ts'
import { readLog } from '../../crdt/note-log.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

/** Noon of a day, so that no zone makes another day of it. */
const noon = (day: string) => new Date(`${day}T12:00:00`).getTime()
const open: VaultHarness[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const HEAD = `---
id: note-pair-0001
kind: commitment
due: 2026-03-31
review_every: 2w
proceed_if: Four of six finish.
rests_on:
  - "[[Blast radius]]"
  - "[[Freeze#^part]]"
---

We try it.
`
const FILES = {
  'Essays/Blast radius.md': '---\nid: note-blast-001\nkind: essay\n---\n\nTime to undo: a few days.\n\nMore of it.\n',
  'Examples/Freeze.md':
    '---\nid: note-freeze-01\nkind: example\n---\n\nFirst.\n\nThe part that counts. ^part\n\nLast.\n',
  'Commitments/Pair.md': HEAD,
}
const PAIR = noteId('note-pair-0001')
const BLAST = noteId('note-blast-001')
const FREEZE = noteId('note-freeze-01')

async function vault(files: Readonly<Record<string, string>> = FILES) {
  let today = '2026-02-17'
  const store = new MemoryStore()
  const harness = await vaultHarness(store, { now: () => noon(today) })
  open.push(harness)
  await harness.importText(files)
  const call = harness.vault.call
  const log = async (id: NoteId = PAIR) => (await call('noteLog', { id })).entries
  const reading = async (id: NoteId = PAIR) => {
    const { properties } = await call('note', { id })
    return readCommitment(readFacts(properties), await log(id), today)
  }
  const markdown = async (id: NoteId = PAIR) => (await call('showMarkdown', { id })).markdown
  const edit = async (id: NoteId, from: string, to: string) => {
    const next = (await markdown(id)).replace(from, to)
    const { path } = await call('showMarkdown', { id })
    await call('importFiles', {
      files: [{ path, bytes: new TextEncoder().encode(next), updated: 2, id }],
      mirror: true,
    })
    await call('whenIndexed', {})
  }
  const opened = () => call('openCommitment', { id: PAIR, text: 'Two teams, six weeks.', author: 'Ana' })
  const pins = async (id: NoteId = PAIR) => {
    await call('whenIndexed', {})
    return (await harness.index.call('pinsOf', { id })).map(({ pin, state }) => [pin.target, pin.anchor, state.is])
  }
  const on = (day: string) => {
    today = day
  }
  return { ...harness, store, call, log, reading, markdown, edit, opened, pins, on }
}

describe('acts of a commitment', () => {
  it('opening begins its log and pins what it rests on, as that reads', async () => {
    const { opened, reading, log, pins, call, markdown } = await vault()
    expect(await opened()).toMatchObject({ log: 1, status: 'in progress', twice: false })
    expect((await log())[0]).toMatchObject({ type: 'opened', author: 'Ana', details: { next: '2026-03-03' } })
    expect((await reading()).review).toMatchObject({ on: '2026-03-03', isDue: false })
    expect(await pins()).toEqual([
      [BLAST, '', 'same'],
      [FREEZE, '^part', 'same'],
    ])
    await expect(opened()).rejects.toMatchObject({ code: 'opened' })
    await expect(call('openCommitment', { id: BLAST, text: '', author: '' })).rejects.toMatchObject({
      code: 'no-commitment',
    })
    await expect(call('openCommitment', { id: PAIR, text: ' ', author: '', over: 3 })).rejects.toMatchObject({
      code: 'empty',
    })
    // G13: printed from the log, in MARKDOWN's order.
    const keys = (await call('note', { id: PAIR })).properties.map(({ key }) => key)
    expect(keys).toEqual(['status', 'due', 'review_every', 'next_review', 'proceed_if', 'rests_on'])
    expect(await markdown()).toContain('next_review: 2026-03-03\n')
  })

  it('a review answers what is due, and nothing else does', async () => {
    const { opened, reading, call, log, on, markdown } = await vault()
    await opened()
    on('2026-03-04')
    expect((await reading()).review).toMatchObject({ on: '2026-03-03', isDue: true })
    await call('appendLog', { id: PAIR, type: 'saw', text: 'Slower, still under eleven hours.' })
    expect((await reading()).review?.isDue).toBe(true)
    const answer = {
      id: PAIR,
      text: 'Kept going.',
      so: 'proceed',
      cites: [FREEZE] as NoteId[],
      towards: 'proceed',
      author: 'Ana',
    } as const
    await expect(call('review', { ...answer, review: '2026-02-01' })).rejects.toMatchObject({ code: 'changed' })
    await expect(call('review', { ...answer, cites: undefined, text: ' ', review: '' })).rejects.toMatchObject({
      code: 'empty',
    })
    await call('review', { ...answer, review: '2026-03-03' })
    expect((await log()).at(-1)).toMatchObject({
      type: 'proceed',
      details: { review: '2026-03-03', next: '2026-03-17', cites: [FREEZE] as NoteId[], towards: 'proceed' },
    })
    expect(await reading()).toMatchObject({ status: 'in progress', marks: { proceed: 1, pivot: 0 } })
    expect((await reading()).review).toMatchObject({ on: '2026-03-17', isDue: false })
    expect(await markdown()).toContain('next_review: 2026-03-17\n')
  })

  it('a pivot makes a successor that takes its facts over, and finds it again where it was cut off', async () => {
    const { opened, call, log, on, markdown, reading, pins } = await vault()
    await opened()
    on('2026-03-03')
    const answer = {
      id: PAIR,
      text: 'Slower.',
      so: 'pivot',
      cites: 'none',
      author: 'Ana',
      review: '2026-03-03',
    } as const
    await expect(call('review', answer)).rejects.toMatchObject({ code: 'bad-name' })
    const { successor } = await call('review', { ...answer, successorTitle: 'Pair' })
    expect(await log()).toHaveLength(2)
    if (!successor) throw new Error('no successor')
    expect((await log()).at(-1)?.details).toMatchObject({ successor: successor.id, cites: 'none' })
    expect((await reading()).status).toBe('pivoted')
    expect(await reading(successor.id)).toMatchObject({ status: 'in progress', review: { on: '2026-03-17' } })
    expect(await markdown(successor.id)).toContain('supersedes:\n  - "[[Commitments/Pair]]"\n')
    expect(await markdown(successor.id)).toContain(
      'status: in progress\ndue: 2026-03-31\nreview_every: 2w\nnext_review: 2026-03-17\nproceed_if',
    )
    expect(await pins(successor.id)).toHaveLength(2)
    expect((await call('notes', { kind: 'commitment' })).map(({ id }) => id).sort()).toEqual(
      [PAIR, successor.id].sort(),
    )
  })

  it('a pivot that is cut off before its entry finds its successor again', async () => {
    const { opened, call, store } = await vault()
    await opened()
    const answer = { id: PAIR, text: 'Slower.', so: 'pivot', author: '', review: '', successorTitle: 'Next' } as const
    const append = store.appendInbox.bind(store)
    store.appendInbox = async (entries) => {
      if (entries.some(({ id }) => id === PAIR)) throw new Error('cut off')
      return append(entries)
    }
    await expect(call('review', answer)).rejects.toThrow()
    store.appendInbox = append
    const [before] = (await call('notes', { kind: 'commitment' })).filter(({ id }) => id !== PAIR)
    expect(await call('noteLog', { id: PAIR })).toMatchObject({ status: 'in progress' })
    expect(await call('review', answer)).toMatchObject({
      status: 'pivoted',
      successor: { id: before?.id, title: 'Next' },
    })
    expect(await call('notes', { kind: 'commitment' })).toHaveLength(2)
  })

  it('A1 a pivot that was cut off finds its successor again, though something was seen meanwhile', async () => {
    const { opened, call, store } = await vault()
    await opened()
    const answer = { id: PAIR, text: 'Slower.', so: 'pivot', author: '', review: '', successorTitle: 'Next' } as const
    const append = store.appendInbox.bind(store)
    store.appendInbox = async (entries) => {
      if (entries.some(({ id }) => id === PAIR)) throw new Error('cut off')
      return append(entries)
    }
    await expect(call('review', answer)).rejects.toThrow()
    store.appendInbox = append
    await call('appendLog', { id: PAIR, type: 'saw', text: 'Slower still.' })
    await call('review', answer)
    expect(await call('notes', { kind: 'commitment' })).toHaveLength(2)
  })

  it('A3 G13 a status that was typed in the file stays when the same file changes a fact', async () => {
    const { opened, edit, log, markdown } = await vault()
    await opened()
    const file = await markdown()
    await edit(PAIR, file, file.replace('2026-03-31', '2026-04-07').replace('in progress', 'dropped'))
    expect((await log()).at(-1)).toMatchObject({ type: 'changed', details: { key: 'due', to: '2026-04-07' } })
    expect(await markdown()).toContain('status: dropped\n')
  })

  it('a withdrawn entry loses its words and keeps its place', async () => {
    const { opened, call, log, openNote, markdown } = await vault()
    await opened()
    const { entry } = await call('appendLog', { id: PAIR, type: 'saw', text: 'Ines was ill.', author: 'Ana' })
    await call('withdraw', { id: PAIR, entry, reason: 'Not mine to tell.', author: 'Jonas' })
    expect((await log()).map(({ type, text, author }) => [type, text, author])).toEqual([
      ['opened', 'Two teams, six weeks.', 'Ana'],
      ['saw', '', 'Ana'],
      ['withdrawn', 'Not mine to tell.', 'Jonas'],
    ])
    expect(await markdown()).not.toContain('Ines')
    const { doc, close } = await openNote(PAIR)
    expect(JSON.stringify(logOf(doc).toJSON())).not.toContain('Ines')
    close()
    await expect(call('withdraw', { id: PAIR, entry: 'log-none', reason: 'x', author: '' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('invitations are accepted by whom they name', async () => {
    const { opened, call, reading } = await vault()
    await opened()
    await call('invite', { id: PAIR, person: ' Jonas ', author: 'Ana' })
    expect((await reading()).people).toContainEqual({ name: 'Jonas', state: 'invited' })
    await call('answer', { id: PAIR, person: 'Jonas', accepts: true, author: 'Jonas' })
    expect((await reading()).people).toContainEqual({ name: 'Jonas', state: 'accepted' })
  })
})

describe('what changed', () => {
  it('a passage that was edited flags its dependents, and nothing elsewhere does; rereading clears it', async () => {
    const { opened, edit, pins, call, log, index } = await vault()
    await opened()
    await edit(FREEZE, 'First.', 'Before it.')
    expect((await pins()).map(([, , is]) => is)).toEqual(['same', 'same'])
    await edit(FREEZE, 'part that counts', 'part that counted')
    expect((await pins()).map(([, , is]) => is)).toEqual(['same', 'changed'])
    const { lists } = await index.call('evidence', { limit: 5, list: 'ground-changed' })
    expect(lists[0]).toMatchObject({ total: 1, items: [{ id: PAIR, by: 'Ana', notes: [{ id: FREEZE }] }] })
    const pin = lists[0]?.items[0]?.pins[0]?.pin.id ?? ''
    const { entry } = await call('reread', { id: PAIR, pin, author: 'Ana' })
    expect((await log()).at(-1)).toMatchObject({ id: entry, type: 'saw', details: { reread: pin } })
    expect((await pins()).map(([, , is]) => is)).toEqual(['same', 'same'])
  })

  it('a fact of an opened commitment that changes is an entry, by whatever way', async () => {
    const { opened, call, log, edit, openNote } = await vault()
    await call('editFacts', { id: PAIR, edit: { is: 'set', key: 'due', value: '2026-03-30' } })
    await opened()
    await call('editFacts', { id: PAIR, edit: { is: 'set', key: 'due', value: '2026-04-07' }, author: 'Ana' })
    await call('editFacts', { id: PAIR, edit: { is: 'add', key: 'mood', value: 'x' } })
    await edit(PAIR, 'Four of six', 'Five of six')
    const { doc, stored, close } = await openNote(PAIR)
    const { properties } = readMeta(doc)
    updateMeta(doc, { properties: [...properties, { key: 'reach', value: 'two teams' }] }, LOCAL)
    await stored()
    close()
    const versions = await call('versions', { id: PAIR })
    const first = versions.find(({ docHash }) => docHash !== '')
    const changed = (await log()).filter(({ type }) => type === 'changed')
    expect(changed.map(({ details }) => details)).toEqual([
      { key: 'due', from: '2026-03-30', to: '2026-04-07' },
      { key: 'proceed_if', from: 'Four of six finish.', to: 'Five of six finish.' },
      { key: 'reach', from: '', to: 'two teams' },
    ])
    expect(changed.map(({ author, text }) => [author, text])[0]).toEqual(['Ana', expect.stringContaining('7 April')])
    await call('restoreVersion', { id: PAIR, version: first?.id ?? '' })
    expect((await log()).length).toBeGreaterThan(4)
    expect((await log()).at(-1)?.type).toBe('changed')
  })

  it('an entry that is removed is appended again by its id', async () => {
    const { opened, call, log, openNote } = await vault()
    await opened()
    await call('appendLog', { id: PAIR, type: 'saw', text: 'Seven hours.' })
    const before = await log()
    const { doc, stored, close } = await openNote(PAIR)
    doc.transact(() => logOf(doc).delete(0, logOf(doc).length))
    await stored()
    expect(await log()).toEqual(before)
    expect(readLog(doc)).toEqual(before)
    close()
  })
})

describe('notes and relations', () => {
  it('a note starts from another: its structure, where it is from, and what is different', async () => {
    const { call, edit, pins, markdown } = await vault()
    const made = await call('startFrom', { id: FREEZE, title: 'Freeze' })
    expect(made).toMatchObject({ kind: 'example', path: 'Examples/Freeze 2.md' })
    expect(await markdown(made.id)).toContain('derived_from:\n  - "[[Examples/Freeze]]"\n')
    expect(await markdown(made.id)).not.toContain('counts')
    expect(await pins(made.id)).toEqual([[FREEZE, '', 'same']])
    expect(await call('compareNotes', { id: made.id })).toMatchObject({
      isThen: true,
      hasChanged: false,
      source: { id: FREEZE },
    })
    await edit(FREEZE, 'Last.', 'The end.')
    expect(await pins(made.id)).toEqual([[FREEZE, '', 'changed']])
    const compared = await call('compareNotes', { id: made.id })
    expect(compared).toMatchObject({ isThen: true, hasChanged: true })
    expect(JSON.stringify(compared.difference)).toContain('Last.')
    await expect(call('compareNotes', { id: BLAST })).rejects.toMatchObject({ code: 'no-source' })
  })

  it('a relation is edited from either end, in the note that says it', async () => {
    const { call, opened, markdown, pins } = await vault()
    await opened()
    expect(await call('editRelation', { id: BLAST, word: 'carries', target: PAIR, to: 'source_of' })).toEqual({
      places: 1,
    })
    expect(await markdown()).toContain('derived_from:\n  - "[[Blast radius]]"\n')
    expect(await call('editRelation', { id: PAIR, word: 'rests_on', target: FREEZE, to: null })).toEqual({ places: 1 })
    expect(await markdown()).not.toContain('Freeze')
    expect((await pins()).map(([target]) => target)).toEqual([BLAST])
  })

  it('a word of the vault is a relation everywhere, and none when it goes', async () => {
    const { call, index } = await vault({ ...FILES, 'Notes/x.md': 'inspired_by:: [[Blast radius]]\n' })
    const word = { word: 'inspires', inverse: 'Inspired by', reading: 'Inspires', inverseReading: '' }
    await call('setRelationWord', word)
    await call('whenIndexed', {})
    const relations = async () => {
      const { nodes, edges, relations: words } = await index.call('graph', {})
      const inspired = edges.filter(([, , relation]) => words[relation] === 'inspires')
      return inspired.map(([from, to]) => [nodes[from]?.title, nodes[to]?.title])
    }
    expect(await relations()).toEqual([['Blast radius', 'x']])
    expect((await call('relationWords', {})).own).toEqual(['inspires'])
    await expect(call('setRelationWord', { ...word, inverse: 'carries' })).rejects.toMatchObject({ code: 'taken' })
    await call('removeRelationWord', { word: 'inspires' })
    await call('whenIndexed', {})
    expect(await relations()).toEqual([])
  })
})

test('A3: two devices that take in one changed file have one entry of what changed', async () => {
  const stores = [new MemoryStore(), new MemoryStore()]
  const states = await Promise.all(
    stores.map(async (store, at) => {
      const harness = await vaultHarness(store, { now: () => noon(at === 0 ? '2026-02-17' : '2026-02-19') })
      open.push(harness)
      const text = `${HEAD}\n## Log\n\n- 2026-02-17, opened, Ana: Six weeks. ^log-1\n`
      await harness.importText({ 'Commitments/Pair.md': text })
      await harness.importText({ 'Commitments/Pair.md': text.replace('due: 2026-03-31', 'due: 2026-04-07') })
      const { doc, close } = await harness.openNote(PAIR)
      close()
      return Y.encodeStateAsUpdate(doc)
    }),
  )
  const doc = new Y.Doc()
  for (const state of states) Y.applyUpdate(doc, state)
  expect(readLog(doc).map(({ id, type }) => [id === 'log-1', type])).toEqual([
    [true, 'opened'],
    [false, 'changed'],
  ])
})
