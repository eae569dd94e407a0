import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LogEntry, readEntry } from './entry.ts'
import { readFacts } from './facts.ts'
import { headsOf, orderLog, Seen } from './order.ts'
import { readCommitment } from './reading.ts'
import { statusOf } from './status.ts'

const entry = (id: string, fields: Partial<LogEntry> = {}): LogEntry => ({
  id,
  type: 'saw',
  at: '2026-03-03',
  author: '',
  device: '',
  text: '',
  sees: [],
  details: {},
  ...fields,
})

/** A log as people write it: each entry sees the heads of some earlier ones. */
const randomLog = fc
  .array(
    fc.record({
      known: fc.nat({ max: 12 }),
      type: fc.constantFrom('opened', 'saw', 'review', 'proceed', 'parked', 'kept', 'dropped', 'pivot'),
      at: fc.constantFrom('', '2026-01-01', '2027-01-01', '2025-05-05T10:00:00+02:00'),
    }),
    { maxLength: 12 },
  )
  .map((steps) => {
    const log: LogEntry[] = []
    for (const [at, step] of steps.entries()) {
      const sees = headsOf(log.slice(0, step.known))
      log.push(entry(`log-${(at * 7) % 13}-${at}`, { type: step.type, at: step.at, sees }))
    }
    return log
  })

/** The order as G3 says it, word by word: the oracle of the quick one. */
function plainOrder(entries: readonly LogEntry[]): readonly string[] {
  const waiting = entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
  const ids = new Set(entries.map(({ id }) => id))
  const done = new Set<string>()
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ sees }) => sees.every((id) => done.has(id) || !ids.has(id)))
    for (const { id } of waiting.splice(Math.max(next, 0), 1)) done.add(id)
  }
  return [...done]
}

/** Whatever sees whatever: circles, itself, what is not there. */
const anyLog = fc
  .array(
    fc.record({
      at: fc.constantFrom('', '2026-01-01', '2027-01-01'),
      sees: fc.array(fc.nat({ max: 11 }), { maxLength: 3 }),
    }),
    { maxLength: 10 },
  )
  .map((steps) =>
    steps.map(({ at, sees }, own) => entry(`log-${(own * 7) % 11}`, { at, sees: sees.map((id) => `log-${id}`) })),
  )

describe('entries', () => {
  it('G3 orders as the rule says, circles too', () => {
    fc.assert(
      fc.property(fc.oneof(randomLog, anyLog), (log) => {
        expect(orderLog(log).map(({ id }) => id)).toEqual(plainOrder(log))
      }),
      { numRuns: 500 },
    )
  })

  it('G2 reads anything, and gives no entry for what is none', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = readEntry(value)
        if (read) expect(readEntry(read)).toEqual(read)
      }),
    )
    expect(readEntry({ id: 'log-1', type: 'from_later', at: 7, sees: ['log-2', 3, '^'] })).toEqual(
      entry('log-1', { type: 'from_later', at: '', sees: ['log-2'] }),
    )
    expect(readEntry({ id: 'a b', type: 'saw' })).toBeNull()
  })

  it('G3 orders by what was seen, the same for every order of storing', () => {
    fc.assert(
      fc.property(randomLog, fc.infiniteStream(fc.nat()), (log, keys) => {
        const shuffled = log.map((each) => [keys.next().value ?? 0, each] as const).sort(([a], [b]) => a - b)
        const ordered = orderLog(shuffled.map(([, each]) => each))
        expect(ordered).toEqual(orderLog(log))
        const place = new Map(ordered.map(({ id }, at) => [id, at]))
        for (const { id, sees } of ordered) {
          for (const other of sees) expect(place.get(other)).toBeLessThan(place.get(id) ?? -1)
        }
      }),
    )
  })

  it('G5 knows what each entry saw through others', () => {
    fc.assert(
      fc.property(fc.oneof(randomLog, anyLog), (log) => {
        const all = new Map<string, Set<string>>()
        for (const { id, sees } of orderLog(log)) {
          // In a circle, what comes later in the order counts as not seen.
          const earlier = sees.filter((other) => all.has(other))
          all.set(id, new Set(earlier.flatMap((other) => [other, ...(all.get(other) ?? [])])))
        }
        const seen = new Seen(log)
        for (const { id } of log) {
          for (const { id: other } of log) expect(seen.has(id, other)).toBe(all.get(id)?.has(other))
        }
      }),
    )
  })

  it('G3 ends for circles', () => {
    const circle = [entry('log-b', { sees: ['log-a'] }), entry('log-a', { sees: ['log-b'] })]
    expect(orderLog(circle).map(({ id }) => id)).toEqual(['log-a', 'log-b'])
    expect(headsOf(circle)).toHaveLength(1)
    const seen = new Seen(circle)
    expect([seen.has('log-b', 'log-a'), seen.has('log-a', 'log-b')]).toEqual([true, false])
  })

  it('G3 G5 the entries of a circle still say something', () => {
    const circle = [
      entry('log-a', { type: 'opened', sees: ['log-b'] }),
      entry('log-b', { type: 'kept', sees: ['log-a'] }),
    ]
    expect(statusOf(circle)).toEqual({ status: 'kept', twice: false })
  })

  it('G3 has room for the log of a file with ten thousand items', () => {
    const log = Array.from({ length: 10_000 }, (_, at) => {
      // a file orders the days of its items as it likes
      const id = (place: number) => `log-${(place * 7919) % 10_000}`
      return entry(id(at), {
        at: '2026-01-01',
        type: at % 2 ? 'proceed' : 'changed',
        sees: at === 0 ? [] : [id(at - 1)],
      })
    })
    expect(orderLog(log).map(({ id }) => id)).toEqual(log.map(({ id }) => id))
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed
    expect(readCommitment(readFacts([{ key: 'review_every', value: '2w' }]), log, '2026-03-03').status).toBe(
      'in progress',
    )
    expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(200e6)
  })

  it('G4 takes an id that stands twice for one entry, the one without text', () => {
    const full = entry('log-1', { text: 'words' })
    const bare = entry('log-1', { text: '' })
    expect(orderLog([full, bare])).toEqual([bare])
    expect(orderLog([bare, full])).toEqual([bare])
    // `!` sorts before the quotation mark that ends an empty text
    expect(orderLog([entry('log-1', { text: '![[Picture]]' }), bare])).toEqual([bare])
  })
})

describe('status', () => {
  it('G5 follows what was seen, not time', () => {
    const opened = entry('log-1', { type: 'opened', at: '2030-01-01' })
    const kept = entry('log-2', { type: 'kept', at: '2020-01-01', sees: ['log-1'] })
    expect(statusOf([kept, opened])).toEqual({ status: 'kept', twice: false })
    expect(statusOf([entry('log-1')])).toBeNull()
  })

  it('G5 says that it was decided twice, until an entry that saw both settles it', () => {
    const opened = entry('log-1', { type: 'opened' })
    const kept = entry('log-2', { type: 'kept', sees: ['log-1'] })
    const dropped = entry('log-3', { type: 'dropped', sees: ['log-1'] })
    expect(statusOf([opened, kept, dropped])).toEqual({ status: 'in progress', twice: true })
    const settled = entry('log-4', { type: 'dropped', sees: headsOf([opened, kept, dropped]) })
    expect(statusOf([opened, kept, dropped, settled])).toEqual({ status: 'dropped', twice: false })
  })

  it('G5 is the same for every order of storing', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        expect(statusOf([...log].reverse())).toEqual(statusOf(log))
      }),
    )
  })
})
