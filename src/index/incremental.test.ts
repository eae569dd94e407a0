import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IndexedNote } from '../ipc/index-contract.ts'
import { NoteIndex } from './note-index.ts'
import { memoryDatabase, noteAt } from './test-support.ts'

const IDS = ['n1', 'n2', 'n3', 'n4', 'n5']
const NAMES = ['Ant', 'ant', 'Bee', 'x/Ant', 'y/x/Bee', 'Cat']

const name = fc.constantFrom(...NAMES)
const noteOf = (id: string): fc.Arbitrary<IndexedNote> =>
  fc
    .record({
      folder: fc.constantFrom('', 'x/', 'y/', 'y/x/'),
      title: fc.constantFrom('Ant', 'Ant', 'Bee', 'Dog'),
      aliases: fc.subarray(['Cat', 'Bee', 'x/Ant']),
      formerTitles: fc.array(name, { maxLength: 1 }),
      targets: fc.array(name, { maxLength: 3 }),
      byId: fc.option(fc.constantFrom(...IDS), { freq: 6, nil: null }),
      tags: fc.subarray(['t', 'T', 't/u']),
      updated: fc.nat(3),
    })
    .map(({ folder, title, targets, byId, ...more }) => {
      const text = targets.map((target) => `see [[${target}]] now`).join('\n')
      const note = noteAt(`${folder}${title}.md`, text, { ...more, id: noteAt(id).id })
      const links = note.links.map((link, index) => ({ ...link, targetId: index === 0 && byId ? noteAt(byId).id : '' }))
      return { ...note, links }
    })

type Step = { put: IndexedNote[] } | { remove: string } | 'ask' | 'reopen'
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(...IDS.map(noteOf))
      .chain((notes) => fc.subarray(notes, { minLength: 1 }))
      .map((put) => ({ put })),
  },
  { weight: 2, arbitrary: fc.constantFrom(...IDS).map((remove) => ({ remove })) },
  { weight: 2, arbitrary: fc.constant('ask' as const) },
  { weight: 1, arbitrary: fc.constant('reopen' as const) },
)

/** Everything that an index says, with nothing in it that tells how it came to be so. */
function answers({ reads, writes }: NoteIndex) {
  const notes = reads.list({}).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const graph = reads.graph({})
  const idOf = (at: number) => graph.nodes[at]?.id
  return {
    notes,
    hashes: writes.hashes(),
    links: notes.map(({ id }) => ({
      out: reads.outlinks({ id }),
      back: reads.backlinks({ id }).items,
      sources: reads.linkSources({ id }),
      mentions: reads.unlinkedMentions({ id, limit: 9 }).items.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      near: reads
        .graph({ center: id, depth: 2 })
        .nodes.map((node) => node.id)
        .sort(),
    })),
    unresolved: reads.unresolved({ limit: 99 }),
    resolve: [null, ...notes].map((from) => reads.resolve({ targets: NAMES, fromId: from?.id ?? null })),
    edges: graph.edges.map(([from, to, relation]) => [idOf(from), graph.relations[relation], idOf(to)].join()).sort(),
    totals: ['see', 'ant', 'bee -ant', '-cat'].map((query) => reads.search({ query, limit: 9 }).total),
    titles: ['a', 'bee', 'cta', ''].map((query) =>
      reads
        .titles({ query, limit: 99 })
        .map(({ id }) => id)
        .sort(),
    ),
    tags: reads.tags(),
    status: reads.status(),
  }
}

test('I1: after any puts and removes, in any order, the index answers as one that was made anew', () => {
  const db = memoryDatabase()
  const fresh = new NoteIndex(memoryDatabase())
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      new NoteIndex(db).writes.clear()
      let index = new NoteIndex(db)
      const left = new Map<string, IndexedNote>()
      for (const one of steps) {
        if (one === 'ask') index.writes.flush()
        else if (one === 'reopen') index = new NoteIndex(db)
        else if ('put' in one) {
          index.writes.put({ notes: one.put })
          for (const note of one.put) left.set(note.id, note)
        } else {
          const { id } = noteAt(one.remove)
          index.writes.remove({ ids: [id] })
          left.delete(id)
        }
      }
      fresh.writes.clear()
      fresh.writes.put({ notes: [...left.values()] })
      expect(answers(index)).toEqual(answers(fresh))
      expect(db.number('SELECT count(*) FROM links WHERE resolved NOT IN (SELECT n FROM notes)')).toBe(0)
      // Throws when the external content and the full text disagree (sqlite.org/fts5.html, 6.4).
      db.script("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    }),
    { numRuns: 100 },
  )
}, 60_000)
