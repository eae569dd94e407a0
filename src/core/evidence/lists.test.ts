import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_WORDS, MENTIONS } from '../relation/words.ts'
import { isDraft } from './draft.ts'
import { EVIDENCE_LISTS, type EvidenceNote, type EvidencePin, evidenceOf } from './lists.ts'

const note = (id: string, kind: EvidenceNote['kind'], fields: Partial<EvidenceNote> = {}): EvidenceNote => ({
  ...{ id, title: id, kind, status: kind === 'commitment' ? ('considering' as const) : '', trashed: false },
  ...fields,
})
const link = (from: string, word: string, to: string) => ({ from, word, to })
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)

describe('the live lists', () => {
  const notes = [
    ...['bare', 'one', 'both'].map((id) => note(id, 'essay')),
    ...['case', 'counter', 'spare'].map((id) => note(id, 'example')),
    note('try', 'commitment', { status: 'in progress' }),
    note('idle', 'commitment'),
    note('done', 'commitment', { status: 'kept' }),
    note('gone', 'example', { trashed: true }),
    note('plain', 'note'),
  ]
  const links = [
    link('case', 'illustrates', 'one'),
    link('both', 'illustrated_by', 'case'),
    link('counter', 'challenges', 'both'),
    link('try', 'rests_on', 'one'),
    link('gone', 'illustrates', 'bare'),
    link('spare', MENTIONS, 'bare'),
    link('plain', MENTIONS, 'bare'),
    link('bare', 'illustrates', 'bare'),
    link('idle', 'rests_on', 'missing'),
    link('plain', MENTIONS, 'spare'),
  ]
  const evidence = evidenceOf(notes, links, [])

  it('E2 essays without an example, with the examples that only mention them', () => {
    expect(evidence['essays-without-example']).toEqual([{ id: 'bare', links: 2, notes: ['spare'], pins: [] }])
  })

  it('E3 essays that lean on one note alone', () => {
    expect(evidence['one-source']).toEqual([{ id: 'one', links: 2, notes: ['case'], pins: [] }])
  })

  it('E4 contested essays, with what challenges them', () => {
    expect(evidence.contested).toEqual([{ id: 'both', links: 1, notes: ['counter'], pins: [] }])
  })

  it('E5 examples that nobody uses, with those that mention them', () => {
    expect(evidence['unused-examples']).toEqual([{ id: 'spare', links: 1, notes: ['plain'], pins: [] }])
  })

  it('E6 commitments that rest on nothing, closed ones left out', () => {
    expect(ids(evidence['rests-on-nothing'])).toEqual(['idle'])
  })

  it('E1 notes whose ground changed, closed commitments left out', () => {
    const pin = (id: string, pin: string, is: EvidencePin['is'], target = 'one'): EvidencePin => ({
      note: id,
      pin,
      target,
      is,
    })
    const pins = [
      ...[pin('try', 'b', 'changed'), pin('try', 'a', 'gone', 'both'), pin('idle', 'c', 'same')],
      ...[pin('done', 'd', 'changed'), pin('plain', 'e', 'changed', 'gone')],
    ]
    expect(evidenceOf(notes, links, pins)['ground-changed']).toEqual([
      { id: 'try', links: 0, notes: ['both', 'one'], pins: ['a', 'b'] },
    ])
  })

  it('E7 are the same for every order of what is given, and say what a count by hand says', () => {
    const words = [MENTIONS, ...DEFAULT_WORDS.flatMap(({ word, inverse }) => [word, inverse])]
    const some = fc.constantFrom(...'abcdefgh')
    const random = fc.record({
      kinds: fc.array(fc.constantFrom('essay' as const, 'example' as const, 'commitment' as const, 'note' as const), {
        ...{ minLength: 8, maxLength: 8 },
      }),
      trashed: fc.nat(10),
      links: fc.array(fc.tuple(some, fc.constantFrom(...words), some), { maxLength: 30 }),
      pins: fc.array(fc.tuple(some, some, fc.constantFrom('same' as const, 'changed' as const, 'gone' as const)), {
        maxLength: 6,
      }),
    })
    fc.assert(
      fc.property(random, ({ kinds, trashed, links: given, pins: held }) => {
        const all = kinds.map((kind, at) => note('abcdefgh'[at] ?? '', kind, { title: 'T', trashed: at === trashed }))
        const edges = given.map(([from, word, to]) => link(from, word, to))
        const pins = held.map(([from, target, is], at) => ({ note: from, target, is, pin: `pin-${at}` }))
        const lists = evidenceOf(all, edges, pins)
        expect(evidenceOf(all.toReversed(), [...edges, ...edges].reverse(), pins.toReversed())).toEqual(lists)
        // by hand, from either side, each note for itself
        const there = (id: string) => all.some((each) => each.id === id && !each.trashed)
        const sound = edges.filter(({ from, to }) => from !== to && there(from) && there(to))
        const says = (from: string, word: string, inverse: string, to: string) =>
          sound.some((each) => each.word === word && each.from === from && each.to === to) ||
          sound.some((each) => each.word === inverse && each.from === to && each.to === from)
        const shows = (essay: string, word: string, inverse: string) =>
          all.some(({ id }) => says(id, word, inverse, essay))
        const wanted = (list: string) => new Set(ids(lists[list as 'contested']))
        for (const { id, kind, trashed: isGone } of all) {
          if (isGone) {
            for (const list of EVIDENCE_LISTS) expect(wanted(list).has(id)).toBe(false)
            continue
          }
          const pro = shows(id, 'illustrates', 'illustrated_by')
          const contra = shows(id, 'challenges', 'challenged_by')
          const rests = all.some(({ id: to }) => says(id, 'rests_on', 'carries', to))
          expect(wanted('essays-without-example').has(id)).toBe(kind === 'essay' && !pro && !contra)
          expect(wanted('contested').has(id)).toBe(kind === 'essay' && pro && contra)
          expect(wanted('rests-on-nothing').has(id)).toBe(kind === 'commitment' && !rests)
          const moved = pins.some((pin) => pin.note === id && pin.is !== 'same' && there(pin.target))
          expect(wanted('ground-changed').has(id)).toBe(moved)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('E8 a draft is what its writer calls one', () => {
    const draft = (tags: string[], key: string, value: string | boolean) =>
      isDraft({ tags, properties: [{ key, value }] })
    expect(draft(['draft/early'], 'a', 'b')).toBe(true)
    expect(draft(['drafty'], 'Draft', true)).toBe(true)
    expect(draft([], 'status', 'Draft')).toBe(true)
    expect(draft(['drafty'], 'draft', false)).toBe(false)
  })
})
