import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { believedTime, type SeenClock, seeClock } from './clock.ts'
import type { Version } from './version.ts'
import { thin, versionAt, writtenBetween } from './versions.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const YEAR = 365 * DAY
const NOW = Date.UTC(2026, 10, 22, 12)

const version = (id: number, at: number, rest: Partial<Version> = {}): Version => ({
  id: String(id),
  at,
  reason: 'pause',
  name: null,
  title: 'A note',
  docHash: '',
  hash: '',
  bytes: 0,
  words: 0,
  wordsAdded: 0,
  wordsRemoved: 0,
  change: null,
  pins: [],
  attachments: [],
  clocks: {},
  ...rest,
})

const kept = (versions: readonly Version[], now: number) => {
  const gone = new Set(thin(versions, now))
  return versions.filter((each) => !gone.has(each))
}

const rest = fc.oneof(
  { arbitrary: fc.constant({}), weight: 8 },
  fc.constant({ name: 'Before the offsite' }),
  fc.constant({ pins: ['trail:x'] }),
  fc.constant({ reason: 'first' as const }),
  fc.constant({ change: 'import' }),
)
/** In order of time, up to four years back, most of them lately. */
const versions = fc
  .array(fc.tuple(fc.oneof(fc.nat(40 * HOUR), fc.nat(20 * DAY), fc.nat(4 * YEAR)), rest), { maxLength: 60 })
  .map((list) => list.toSorted(([a], [b]) => b - a).map(([age, more], id) => version(id, NOW - age, more)))

describe('thinning', () => {
  it('H7: never takes the first, the newest, named, pinned ones or what is young', () => {
    fc.assert(
      fc.property(versions, fc.nat(5 * YEAR), (list, later) => {
        const now = NOW + later
        const left = new Set(kept(list, now))
        for (const [at, each] of list.entries()) {
          const stays =
            at === 0 ||
            at === list.length - 1 ||
            each.name !== null ||
            each.pins.length > 0 ||
            each.reason === 'first' ||
            now - each.at < DAY ||
            [each, list[at - 1]].some((before) => before && before.change !== null && now - before.at < 90 * DAY)
          if (stays) expect(left.has(each)).toBe(true)
        }
      }),
    )
  })

  it('H7: leaves one an hour, a day, a week, a month', () => {
    const every = (step: number, from: number, to: number) =>
      Array.from({ length: Math.floor((to - from) / step) }, (_, at) => NOW - to + at * step)
    const times = [
      ...every(DAY / 3, 92 * DAY, 150 * DAY),
      ...every(HOUR, 9 * DAY, 12 * DAY),
      ...every(HOUR / 6, 30 * HOUR, 36 * HOUR),
    ]
    const list = times.map((at, id) => version(id, at))
    const left = kept(list, NOW).map(({ at }) => NOW - at)
    const between = (from: number, to: number) => left.filter((age) => age >= from && age < to).length
    expect(between(30 * HOUR, 36 * HOUR)).toBeLessThanOrEqual(7)
    expect(between(30 * HOUR, 36 * HOUR)).toBeGreaterThanOrEqual(6)
    expect(between(9 * DAY, 12 * DAY)).toBeLessThanOrEqual(4)
    expect(between(9 * DAY, 12 * DAY)).toBeGreaterThanOrEqual(3)
    expect(between(92 * DAY, 150 * DAY)).toBeLessThanOrEqual(16)
    expect(between(92 * DAY, 150 * DAY)).toBeGreaterThanOrEqual(8)
  })

  it('H8: twice is once', () => {
    fc.assert(
      fc.property(versions, fc.nat(5 * YEAR), (list, later) => {
        const once = kept(list, NOW + later)
        expect(thin(once, NOW + later)).toEqual([])
      }),
    )
  })

  it('H8: step by step, with more versions coming, is what once at the end is', () => {
    fc.assert(
      fc.property(versions, fc.array(fc.nat(4 * YEAR), { maxLength: 6 }), (list, ages) => {
        let left: Version[] = []
        let from = 0
        for (const age of [...ages.toSorted((a, b) => b - a), 0]) {
          const now = NOW - age
          for (; from < list.length && (list[from] as Version).at <= now; from++) left.push(list[from] as Version)
          left = kept(left, now)
        }
        expect(left).toEqual(kept(list, NOW))
      }),
    )
  })

  it('H8: a name that is taken away makes a version like any other', () => {
    const list = [
      version(0, NOW - YEAR),
      ...[3, 2, 1].map((h) => version(h, NOW - 200 * DAY - h, { name: h === 2 ? 'x' : null })),
      version(9, NOW),
    ]
    expect(kept(list, NOW).map(({ id }) => id)).toEqual(['0', '2', '1', '9'])
    expect(
      kept(
        list.map((each) => ({ ...each, name: null })),
        NOW,
      ).map(({ id }) => id),
    ).toEqual(['0', '1', '9'])
  })
})

describe('H9: the clock', () => {
  const look = (seen: SeenClock | null, times: readonly number[]) =>
    times.reduce<SeenClock | null>(seeClock, seen) as SeenClock
  const hours = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at * HOUR)

  it('is believed as it goes on', () => {
    const seen = look(null, hours(NOW, 100))
    expect(believedTime(seen)).toBe(NOW + 99 * HOUR)
  })

  it('is believed again a day after a holiday', () => {
    let seen = look(null, hours(NOW, 30))
    const back = NOW + 20 * DAY
    seen = look(seen, hours(back, 24))
    expect(believedTime(seen)).toBe(NOW + 29 * HOUR)
    expect(believedTime(look(seen, hours(back + DAY, 2)))).toBe(back + 25 * HOUR)
  })

  it('ten years ahead or back for less than a day removes nothing that should stay', () => {
    fc.assert(
      fc.property(
        versions,
        fc.constantFrom(-10 * YEAR, 10 * YEAR),
        fc.integer({ min: 1, max: 23 }),
        (list, leap, count) => {
          const seen = look(null, hours(NOW - 40 * HOUR, 41))
          const right = kept(list, believedTime(seen))
          const off = look(seen, hours(NOW + leap, count))
          const late = list.at(-1)
          // What is written meanwhile carries the wrong time.
          const more = late ? [...list, version(100, NOW + leap), version(101, NOW + leap + HOUR)] : list
          const left = kept(more, believedTime(off))
          for (const each of right) expect(left).toContain(each)
          expect(left.length).toBeGreaterThanOrEqual(right.length)
          const again = look(off, hours(NOW + 23 * HOUR, 3))
          for (const each of right) expect(kept(left, believedTime(again))).toContain(each)
        },
      ),
    )
  })
})

describe('H10: as it stood on', () => {
  it('the latest at or before', () => {
    const list = [version(0, 10), version(1, 20), version(2, 20), version(3, 5), version(4, 30)]
    expect(versionAt(list, 9)?.id).toBe('3')
    expect(versionAt(list, 25)?.id).toBe('2')
    expect(versionAt(list, 4)).toBe(null)
    expect(versionAt(list, 99)?.id).toBe('4')
  })
})

describe('H11: when a passage was written', () => {
  const list = [
    version(0, 100, { clocks: { 1: 10 } }),
    version(1, 200, { clocks: { 1: 20, 2: 5 } }),
    version(2, 150, { clocks: { 1: 30, 2: 5 } }),
  ]
  const run = (client: number, clock: number, length: number) => ({ client, clock, length })

  it('between the last version without and the first with it', () => {
    expect(writtenBetween(list, [run(1, 0, 10)])).toEqual({ from: null, to: 100 })
    expect(writtenBetween(list, [run(1, 12, 2), run(2, 0, 5)])).toEqual({ from: 100, to: 200 })
    expect(writtenBetween(list, [run(1, 5, 10)])).toEqual({ from: null, to: 200 })
    expect(writtenBetween(list, [run(1, 30, 1)])).toEqual({ from: 150, to: null })
    expect(writtenBetween(list, [])).toEqual({ from: null, to: null })
  })

  it('a clock that was set back says nothing', () => {
    expect(writtenBetween(list, [run(1, 25, 1)])).toEqual({ from: null, to: null })
  })
})
