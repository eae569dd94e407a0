import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Day } from '../base/calendar-day.ts'
import { noteId } from '../base/ids.ts'
import type { LogEntry } from './entry.ts'
import { readFacts } from './facts.ts'
import { type LedgerItem, ledgerOf } from './ledger.ts'
import { type Known, Peers, propertiesOf, START, type Step, steps } from './peers.test-data.ts'
import { readCommitment } from './reading.ts'

const ALL_ACTS = 8
const SAME_CADENCE = 6
const FACTS = { review_every: '2w', due: '2026-06-30' }

/** An independent reading: from what each writer had, by sets, and from nothing that orders a log. */
function model(known: readonly Known[], today: Day) {
  const SPEAK: Record<string, string> = {
    ...{ opened: 'in progress', proceed: 'in progress', parked: 'considering' },
    ...{ kept: 'kept', pivot: 'pivoted', dropped: 'dropped' },
  }
  const last = (list: readonly Known[]) => list.filter(({ entry }) => !list.some(({ had }) => had.has(entry.id)))
  const says = last(known.filter(({ entry }) => entry.type in SPEAK))
  const statuses = new Set(says.map(({ entry }) => SPEAK[entry.type]))
  const status = statuses.size === 0 ? 'considering' : statuses.size > 1 ? 'in progress' : [...statuses][0]
  const withdrawn = new Set(
    known.filter(({ entry }) => entry.type === 'withdrawn').map(({ entry }) => entry.details.of),
  )
  const marks = (towards: string) =>
    known.filter(({ entry }) => entry.details.towards === towards && !withdrawn.has(entry.id)).length
  const opens = last(known.filter(({ entry }) => entry.type === 'opened'))
  const [open] = opens
  const answers = known.filter(
    ({ entry, day }) =>
      (entry.type in SPEAK || entry.type === 'review') && day <= addDays(today, 1) && !open?.had.has(entry.id),
  )
  const on = last(answers)
    .map(({ entry }) => String(entry.details.next))
    .sort()[0]
  return {
    status,
    twice: statuses.size > 1,
    marks: { proceed: marks('proceed'), pivot: marks('pivot') },
    // which of two who opened apart is the last is a matter of order, which is not the model's
    on: status === 'in progress' && opens.length === 1 ? on : undefined,
  }
}

/** One that a peer opened and all know. */
function begin(): Peers {
  const world = new Peers(FACTS)
  world.act(0, 1, 0)
  world.mergeAll()
  return world
}

/** What no clock and no order of storing may change. */
const firm = (entries: readonly LogEntry[], today: Day, every = '2w') => {
  const facts = readFacts([{ key: 'review_every', value: every }])
  const { status, twice, endings, marks, people, review } = readCommitment(facts, entries, today)
  const byName = people.map(({ name, state }) => `${name}: ${state}`).sort()
  return { status, twice, endings: [...endings].sort(), marks, byName, on: review?.on }
}

describe('peers who act apart', () => {
  it('G6 G25 have the same log and reading after any merges, in any order of storing; nothing is lost', () => {
    fc.assert(
      fc.property(steps(ALL_ACTS), fc.infiniteStream(fc.nat()), (list, keys) => {
        const world = new Peers(FACTS)
        let lengths = world.peers.map(() => 0)
        for (const step of list) {
          world.run([step])
          const now = world.peers.map(({ entries }) => entries.size)
          expect(now.every((length, at) => length >= (lengths[at] ?? 0))).toBe(true)
          lengths = now
        }
        world.mergeAll()
        const [first, ...others] = world.peers.map((peer) => world.read(peer))
        for (const other of others) expect(other).toEqual(first)
        const peer = world.peer(0)
        expect(new Set(peer.entries.keys())).toEqual(new Set(world.known.keys()))
        const shuffled = [...peer.entries.values()].map((entry) => [keys.next().value ?? 0, entry] as const)
        const entries = shuffled.sort(([a], [b]) => a - b).map(([, entry]) => entry)
        expect(readCommitment(readFacts(propertiesOf(peer)), [...entries, ...entries], world.today)).toEqual(first)
      }),
      { numRuns: 150 },
    )
  })

  it('G5 G16 G19 G22 G24 read as an independent model does, each by what it has', () => {
    let compared = 0
    fc.assert(
      fc.property(steps(SAME_CADENCE), fc.boolean(), (list, begun) => {
        const world = begun ? begin() : new Peers(FACTS)
        const compare = () => {
          for (const peer of world.peers) {
            const wanted = model(
              [...peer.entries.keys()].map((id) => world.known.get(id) as Known),
              world.today,
            )
            const read = world.read(peer)
            expect({ status: read.status, twice: read.twice, marks: read.marks }).toEqual({
              ...{ status: wanted.status, twice: wanted.twice, marks: wanted.marks },
            })
            if (wanted.on === undefined) continue
            compared++
            expect(read.review?.on).toBe(wanted.on)
            expect(read.review?.isDue).toBe(wanted.on <= world.today)
          }
        }
        for (const step of list) {
          world.run([step])
          compare()
        }
        world.mergeAll()
        compare()
      }),
      { numRuns: 150 },
    )
    expect(compared).toBeGreaterThan(800)
  })

  it('G25 wrong clocks of the past change labels alone, those of the future only make reviews due sooner', () => {
    const years = 365 * 3
    fc.assert(
      fc.property(steps(SAME_CADENCE), fc.nat(2), fc.boolean(), fc.boolean(), (list, whose, ahead, begun) => {
        const world = begun ? begin() : new Peers(FACTS)
        world.run(list)
        world.mergeAll()
        const entries = [...world.peer(0).entries.values()]
        const { name } = world.peer(whose)
        const shifted = entries.map((entry) =>
          entry.device === name ? { ...entry, at: addDays(entry.at, ahead ? years : -years) } : entry,
        )
        const before = firm(entries, world.today)
        const after = firm(shifted, world.today)
        // two who opened apart: which of them is the last is told by time, and with it what is former life
        const opens = model([...world.known.values()], world.today).on === undefined
        if (!ahead && !opens) expect(after).toEqual(before)
        else expect({ ...after, on: '' }).toEqual({ ...before, on: '' })
        if (ahead && !opens && before.on !== undefined && before.on > world.today) {
          expect((after.on ?? '') <= before.on).toBe(true)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('G16 G18 nothing but an answer clears a review that is due, whatever else is done to it', () => {
    let due = 0
    fc.assert(
      fc.property(steps(ALL_ACTS), steps(ALL_ACTS), (list, more) => {
        const world = new Peers(FACTS)
        world.run([{ do: 'act', peer: 0, act: 1, choice: 0 }, ...list, { do: 'days', days: 15 }])
        world.mergeAll()
        const before = world.read(world.peer(0)).review
        if (!before?.isDue) return
        due++
        const others = more.filter((step: Step) => step.do !== 'act' || step.act > 2)
        world.run(others)
        world.mergeAll()
        world.setFact(world.peer(0), 'review_every', '1m')
        const after = world.read(world.peer(0)).review
        expect(after?.on).toBe(before.on)
        expect(after?.isDue).toBe(true)
        world.setFact(world.peer(0), 'review_every', '')
        expect(world.read(world.peer(0)).review).toMatchObject({ on: before.on, isDue: true })
      }),
      { numRuns: 150 },
    )
    expect(due).toBeGreaterThan(25)
  })

  it('G21 an edit of one fact on both sides leaves both in the log', () => {
    const world = new Peers(FACTS)
    world.act(0, 1, 0)
    world.mergeAll()
    world.setFact(world.peer(0), 'due', '2026-07-01')
    world.setFact(world.peer(1), 'due', '2026-07-02')
    world.mergeAll()
    const changes = [...world.peer(2).entries.values()].filter(({ type }) => type === 'changed')
    expect(changes.map(({ details }) => details.to).sort()).toEqual(['2026-07-01', '2026-07-02'])
    expect(world.read(world.peer(0))).toEqual(world.read(world.peer(1)))
  })
})

describe('peers with a limit', () => {
  const item = (id: number, entries: readonly LogEntry[], today: Day): LedgerItem => {
    const facts = readFacts([{ key: 'review_every', value: '2w' }])
    const reading = readCommitment(facts, entries, today)
    return {
      id: noteId(`note-${id}`),
      title: `T${id}`,
      facts,
      reading,
      restsOn: { for: 0, against: 0 },
      log: entries.length,
    }
  }

  it('G23 count the same after any merges, say that it is over, and drop nothing', () => {
    let over = 0
    fc.assert(
      fc.property(fc.array(steps(5), { minLength: 4, maxLength: 6 }), (lists) => {
        const worlds = lists.map((list) => {
          const world = new Peers(FACTS)
          world.run([{ do: 'act', peer: list.length, act: 1, choice: 0 }, ...list])
          world.mergeAll()
          return world
        })
        const ledgers = [0, 1, 2].map((at) =>
          ledgerOf(
            worlds.map((world, id) => item(id, [...world.peer(at).entries.values()], START)),
            { me: 'Ana', limit: 2, today: START },
          ),
        )
        const [first, ...others] = ledgers
        for (const other of others) expect(other).toEqual(first)
        if (!first) return
        const { due, inProgress, considering, closed, limit } = first
        expect(due.length + inProgress.length + considering.length + closed.length).toBe(worlds.length)
        const mine = [...due, ...inProgress].filter(({ reading }) =>
          reading.people.some(({ name, state }) => (name === 'Ana' || name === '') && state === 'accepted'),
        )
        expect(limit).toEqual({ limit: 2, mine: mine.length, isOver: mine.length > 2, isFull: mine.length >= 2 })
        if (limit.isOver) over++
      }),
      { numRuns: 100 },
    )
    expect(over).toBeGreaterThan(10)
  })
})
