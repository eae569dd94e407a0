import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDue, type Kept, stamp, toRemove } from './keep.ts'

const DAY = 86_400_000
const NOON = new Date(2026, 10, 22, 12).getTime() // a Sunday
const archive = (at: number, verified = true): Kept => ({ path: `/b/${at}-${verified}`, at, verified })
const staying = (archives: readonly Kept[], now: number) => {
  const gone = new Set(toRemove(archives, now))
  return archives.filter(({ path }) => !gone.has(path))
}
const dayName = (at: number) => stamp(at).slice(0, 10)

test('one archive a day: the last 7 days and the last of each of 4 weeks before them', () => {
  let archives: Kept[] = []
  for (let day = 0; day < 120; day++) {
    const now = NOON + day * DAY
    archives = staying([...archives, archive(now)], now)
  }
  const last = NOON + 119 * DAY // a Sunday again
  const days = archives.map(({ at }) => Math.round((last - at) / DAY)).sort((a, b) => a - b)
  expect(days).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28])
})

test('several a day leave the newest', () => {
  const archives = [0, 1, 2, 3].map((hour) => archive(NOON + hour * 3_600_000))
  expect(staying(archives, NOON + 4 * 3_600_000)).toEqual(archives.slice(3))
})

test('days without an archive use nothing up', () => {
  const archives = Array.from({ length: 7 }, (_, i) => archive(NOON - i * 400 * DAY))
  expect(toRemove(archives, NOON + 4000 * DAY)).toEqual([])
})

test('one that is not whole goes when a newer whole one is there, never before', () => {
  const broken = archive(NOON, false)
  expect(toRemove([archive(NOON - DAY), broken], NOON)).toEqual([])
  expect(toRemove([archive(NOON + DAY), broken], NOON + DAY)).toEqual([broken.path])
})

test('due: nothing whole of this calendar day; one from the future counts as not there', () => {
  expect(isDue([], NOON)).toBe(true)
  expect(isDue([archive(NOON - 1)], NOON)).toBe(false)
  expect(isDue([archive(NOON - 1, false)], NOON)).toBe(true)
  expect(isDue([archive(NOON - 13 * 3_600_000)], NOON)).toBe(true)
  expect(isDue([archive(NOON + 3 * 3_600_000)], NOON)).toBe(true)
  expect(isDue([archive(NOON + 3650 * DAY)], NOON)).toBe(true)
})

test('names say when, by the local clock', () => {
  expect(stamp(new Date(2026, 0, 2, 3, 4).getTime())).toBe('2026-01-02 0304')
})

const clock = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 3 * 24 }).map((hours) => hours * 3_600_000) },
    { weight: 1, arbitrary: fc.integer({ min: -3650, max: 3650 }).map((days) => days * DAY) },
  ),
  { maxLength: 150 },
)

test('however the clock jumps: bounded, the one just made stays, and there is always a whole one', () => {
  fc.assert(
    fc.property(clock, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (steps, luck) => {
      let now = NOON
      let archives: Kept[] = []
      for (const step of steps) {
        now += step
        const made = archive(now, luck.next().value !== 0)
        const hadWhole = archives.some(({ verified }) => verified)
        archives = staying([...archives.filter(({ path }) => path !== made.path), made], now)
        // by day and week of the past, and the same again of what is in the future by now
        expect(archives.filter(({ verified }) => verified).length).toBeLessThanOrEqual(22)
        if (made.verified) expect(archives).toContain(made)
        if (hadWhole || made.verified) expect(archives.some(({ verified }) => verified)).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

test('a jump of the clock and back costs no more than one day of history', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3650, max: 3650 }), (days) => {
      fc.pre(Math.abs(days) > 1)
      const before = Array.from({ length: 7 }, (_, i) => archive(NOON - i * DAY))
      const wrong = archive(NOON + days * DAY)
      const during = staying([...before, wrong], wrong.at)
      const after = staying([...during, archive(NOON + DAY)], NOON + DAY)
      const lost = before.filter((one) => !after.includes(one))
      expect(lost.length).toBeLessThanOrEqual(2)
      expect(new Set(after.map(({ at }) => dayName(at))).size).toBeGreaterThanOrEqual(7)
    }),
  )
})

test('what was removed once would be removed again: sifting twice changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -400, max: 40 }), fc.boolean()), { maxLength: 60 }), (list) => {
      const archives = [...new Map(list.map(([d, v]) => [`${d}`, archive(NOON + d * DAY, v)])).values()]
      const once = staying(archives, NOON)
      expect(toRemove(once, NOON)).toEqual([])
    }),
  )
})
