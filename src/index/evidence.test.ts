import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Status } from '../core/commitment/status.ts'
import { evidenceOf } from '../core/evidence/lists.ts'
import { makePin, pinState } from '../core/evidence/pin-state.ts'
import { blastRadius, type RelationEdge } from '../core/relation/dependence.ts'
import { DEFAULT_WORDS } from '../core/relation/words.ts'
import type { Pin } from '../core/trail/pin.ts'
import type { IndexedNote } from '../ipc/index-contract.ts'
import { NoteIndex } from './note-index.ts'
import { idOf, linksIn, memoryDatabase, noteAt } from './test-support.ts'

/** `FC_RUNS=2000` looks further. */
const numRuns = Math.ceil(Number(process.env.FC_RUNS ?? 80))
const NAMES = ['Ant', 'Bee', 'Cat', 'Dog', 'Eel', 'Fox']
const VERBS = ['mentions', 'inspires', ...DEFAULT_WORDS.flatMap(({ word, inverse }) => [word, inverse])]
const TEXTS = ['one two three', 'one two four', 'one [[Ant]] three', 'one [[Bee]] three', '']

const pinOn = (name: string, word: string, text: string): Pin =>
  makePin({
    ...{ id: `pin-${name}-${word}`, word, target: idOf(name), anchor: '', version: '', at: '' },
    ...{ text, passage: null, hash: (words: string) => words },
  })

const name = fc.constantFrom(...NAMES)
const pin = fc.tuple(name, fc.constantFrom('rests_on', 'derived_from'), fc.constantFrom(...TEXTS))
const noteOf = (own: string): fc.Arbitrary<IndexedNote> =>
  fc
    .record({
      title: fc.oneof({ weight: 4, arbitrary: fc.constant(own) }, name),
      former: fc.subarray(['Ant', 'Bee'], { maxLength: 1 }),
      kind: fc.constantFrom('note' as const, 'essay' as const, 'example' as const, 'commitment' as const),
      links: fc.array(fc.tuple(name, fc.constantFrom(...VERBS)), { maxLength: 4 }),
      words: fc.constantFrom(...TEXTS),
      pins: fc.uniqueArray(pin, { maxLength: 2, selector: ([target, word]) => target + word }),
      status: fc.constantFrom('opened', 'kept', 'parked', ''),
      isDraft: fc.boolean(),
    })
    .map(({ title, former, links, words, pins, status, kind, isDraft }) => {
      const made = noteAt(`${title}.md`, links.map(([to]) => `[[${to}]]`).join(' '), { kind, isDraft })
      const entry = { id: 'log-1', type: status, at: '', author: 'Ana', device: '', text: '', sees: [], details: {} }
      return {
        ...made,
        id: idOf(own),
        docHash: JSON.stringify([title, former, links, words, pins, status]),
        formerTitles: former,
        text: `${words}\nlog`,
        textEnd: words.length,
        links: [
          ...made.links.map((link, at) => ({ ...link, relation: links[at]?.[1] ?? 'mentions' })),
          ...linksIn(words),
        ],
        commitment: status === '' ? null : { properties: [], log: [entry] },
        pins: pins.map(([to, word, text]) => pinOn(to, word, text)),
      }
    })

type Step = { put: IndexedNote[] } | { remove: string } | 'ask'
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(...NAMES.map(noteOf))
      .chain((notes) => fc.subarray(notes, { minLength: 1 }))
      .map((put) => ({ put })),
  },
  { weight: 2, arbitrary: name.map((remove) => ({ remove })) },
  { weight: 2, arbitrary: fc.constant('ask' as const) },
)

const STATUS: Readonly<Record<string, Status>> = { opened: 'in progress', kept: 'kept', parked: 'considering' }

/** What the oracle of core is told: notes, where their links lead, and what their pins say. */
function factsOf(index: NoteIndex, put: ReadonlyMap<string, IndexedNote>) {
  const notes = [...put.values()].map(({ id, title, kind, commitment }) => ({
    ...{ id, title, kind, trashed: false },
    status: STATUS[commitment?.log[0]?.type ?? ''] ?? ('' as const),
  }))
  const edges = [...put.values()].flatMap(({ id }): RelationEdge[] =>
    index.reads.outlinks({ id }).flatMap(({ id: to, relation }) => (to ? [{ from: id, to, word: relation }] : [])),
  )
  const pins = [...put.values()].flatMap(({ id, pins: own }) =>
    own.map((each) => {
      const target = put.get(each.target)
      const meant = (name: string) => index.reads.resolve({ targets: [name], fromId: target?.id ?? null })[0]?.found[0]
      const noteOf = (name: string) => meant(name)?.id ?? `no note: ${name}`
      const is = target ? pinState(each, target.text.slice(0, target.textEnd), noteOf).is : ('gone' as const)
      return { note: id, pin: each.id, target: each.target, is }
    }),
  )
  return { notes, edges, pins }
}

function saysAll(index: NoteIndex, put: ReadonlyMap<string, IndexedNote>) {
  const { notes, edges, pins } = factsOf(index, put)
  const expected = evidenceOf(notes, edges, pins)
  for (const { is, total, items } of index.reads.evidence({ limit: 99 }).lists) {
    const own = items.map(({ id, links, notes: others, pins: read }) => ({
      ...{ id, links, notes: others.map((each) => each.id as string).sort() },
      pins: read.map(({ pin: { id: pinned } }) => pinned).sort(),
    }))
    expect([is, own]).toEqual([is, expected[is]])
    expect(total).toBe(own.length)
    const page = index.reads.evidence({ limit: 1, offset: 1, list: is, drafts: false }).lists[0]
    const done = items.filter(({ isDraft }) => !isDraft)
    expect([page?.total, page?.items[0]?.id]).toEqual([done.length, done[1]?.id])
  }
  for (const { id } of notes) {
    const { items, total } = index.reads.blastRadius({ id })
    const reached = items.map(({ id: other, depth, relation }) => ({ id: other as string, depth, relation }))
    const byPlace = (a: { depth: number; id: string }, b: { depth: number; id: string }) =>
      a.depth - b.depth || (a.id < b.id ? -1 : 1)
    expect(reached.toSorted(byPlace)).toEqual(blastRadius(id, edges).toSorted(byPlace))
    expect(total).toBe(items.length)
    const states = index.reads.pinsOf({ id }).map(({ pin: { id: own }, state }) => [own, state.is])
    const known = pins.filter(({ note }) => note === id).map(({ pin: own, is }) => [own, is])
    expect(states.toSorted()).toEqual(known.toSorted())
  }
}

describe('evidence', () => {
  test('I1, I15, I16, I17: after any edits the index says what the lists of core say, and a fresh index', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const index = new NoteIndex(memoryDatabase())
        const put = new Map<string, IndexedNote>()
        for (const each of steps) {
          if (each === 'ask') {
            index.reads.evidence({ limit: 3 })
            index.reads.ledger()
          } else if ('remove' in each) {
            index.writes.remove({ ids: [idOf(each.remove)] })
            put.delete(idOf(each.remove))
          } else {
            index.writes.put({ notes: each.put })
            for (const note of each.put) put.set(note.id, note)
          }
        }
        saysAll(index, put)
        const fresh = new NoteIndex(memoryDatabase())
        fresh.writes.put({ notes: [...put.values()].reverse() })
        const [own, other] = [index, fresh].map(({ reads }) => [
          reads.evidence({ limit: 99 }).lists,
          reads.ledger().items,
          [...put.values()].map(({ id }) => [reads.blastRadius({ id }), reads.pinsOf({ id }), reads.pinsOn({ id })]),
        ])
        expect(own).toEqual(other)
      }),
      { numRuns },
    )
  }, 120_000)

  test('I17: another link in what is pinned is a change, a rename is none, whichever is told first', () => {
    const text = 'as [[Ant]] says'
    const essay = (own: string) => noteAt('Essay.md', own, { kind: 'essay' })
    const plan = { ...noteAt('Plan.md', 'rests_on:: [[Essay]]'), pins: [pinOn('Essay', 'rests_on', text)] }
    const stateOf = (index: NoteIndex) => index.reads.pinsOf({ id: plan.id })[0]?.state.is
    const made = () => {
      const index = new NoteIndex(memoryDatabase())
      index.writes.put({ notes: [plan, essay(text), noteAt('Ant.md'), noteAt('Bee.md')] })
      expect(stateOf(index)).toBe('same')
      return index
    }
    const other = made()
    other.writes.put({ notes: [essay('as [[Bee]] says')] })
    expect(stateOf(other)).toBe('changed')

    const puts = [{ ...noteAt('Emmet.md'), id: idOf('Ant'), formerTitles: ['Ant'] }, essay('as [[Emmet]] says')]
    for (const [first, last] of [puts, puts.toReversed()]) {
      const renamed = made()
      renamed.writes.put({ notes: first ? [first] : [] })
      stateOf(renamed)
      renamed.writes.put({ notes: last ? [last] : [] })
      expect(stateOf(renamed)).toBe('same')
      expect(renamed.reads.evidence({ limit: 9, list: 'ground-changed' }).lists[0]?.total).toBe(0)
    }
  })

  test('I18: what a commitment rests on is for it, and against it where it challenges it or another ground', () => {
    const index = new NoteIndex(memoryDatabase())
    const related = (title: string, kind: IndexedNote['kind'], text: string) => noteAt(`${title}.md`, text, { kind })
    const commitment = { properties: [{ key: 'due', value: '2026-03-31' }], log: [] }
    const pair = related('Pair', 'commitment', 'rests_on:: [[Essay]] rests_on:: [[Freeze]] rests_on:: [[Config]]')
    index.writes.put({
      notes: [
        { ...pair, commitment },
        related('Essay', 'essay', ''),
        related('Freeze', 'example', 'illustrates:: [[Essay]]'),
        related('Config', 'example', 'challenges:: [[Essay]]'),
        related('Elsewhere', 'example', 'challenges:: [[Freeze]]'),
      ],
    })
    expect(index.reads.ledger().items).toMatchObject([
      { title: 'Pair', properties: commitment.properties, entries: [], restsOn: { for: 2, against: 1 } },
    ])
  })

  test('I19: the vault’s words say which way an edge of the graph points', () => {
    const index = new NoteIndex(memoryDatabase())
    const words = [{ word: 'inspires', inverse: 'inspired_by', reading: 'Inspires', inverseReading: 'Inspired by' }]
    index.writes.put({ notes: [noteAt('a.md', 'inspired_by:: [[b]]'), noteAt('b.md')] })
    index.writes.words({ words: [...DEFAULT_WORDS, ...words] })
    const { nodes, edges, relations } = index.reads.graph({})
    expect(edges.map(([from, to, relation]) => [nodes[from]?.title, relations[relation], nodes[to]?.title])).toEqual([
      ['b', 'inspires', 'a'],
    ])
  })
})
