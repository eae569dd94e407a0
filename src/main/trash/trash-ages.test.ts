import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sight, type TrashAges } from './trash-ages.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = 1_700_000_000_000
const LIMIT = 30 * DAY
const note = { id: 'note-in-trash', trashedAt: START }

class Clock {
  ages: TrashAges = {}
  due: string[] = []
  now = START
  constructor(readonly limit = LIMIT) {}
  see(
    after: number,
    isFirstOfRun = false,
    notes: readonly { id: string; trashedAt: number | null }[] = [note],
  ): string[] {
    this.now += after
    const seen = sight(this.ages, { notes, now: this.now, limit: this.limit, isFirstOfRun })
    this.ages = JSON.parse(JSON.stringify(seen.ages))
    return seen.due
  }
}

test('T1: seen every day, a note leaves after its time, an hour after it was found old enough', () => {
  const clock = new Clock()
  for (let day = 0; day < 30; day++) expect(clock.see(DAY, day % 2 === 0)).toEqual([])
  expect(clock.see(HOUR - 1)).toEqual([])
  expect(clock.see(1)).toEqual([note.id])
})

test('T2: a clock that jumps ahead once empties nothing, in a run or between two, whether it is set right again or not', () => {
  for (const isFirstOfRun of [true, false]) {
    for (const limit of [DAY, 7 * DAY, LIMIT]) {
      const clock = new Clock(limit)
      clock.see(HOUR)
      expect(clock.see(1000 * DAY, isFirstOfRun)).toEqual([])
      // It stays wrong.
      for (let hour = 0; hour < (limit / HOUR) * 0.4; hour++) expect(clock.see(HOUR)).toEqual([])
      expect(clock.see(-1000 * DAY)).toEqual([])
      expect(clock.see(HOUR)).toEqual([])
    }
  }
})

test('T3: one sighting is not enough, nor two within an hour', () => {
  const fresh = new Clock(DAY)
  for (let hour = 0; hour < 24; hour++) expect(fresh.see(HOUR)).toEqual([])
  for (let minute = 0; minute < 59; minute++) expect(fresh.see(60_000)).toEqual([])
  expect(fresh.see(60_000)).toEqual([note.id])
})

test('T4: a note that came back in between starts again; one that is gone is forgotten', () => {
  const clock = new Clock()
  for (let day = 0; day < 29; day++) clock.see(DAY)
  clock.see(HOUR, false, [])
  expect(clock.ages).toEqual({})
  const again = { id: note.id, trashedAt: clock.now }
  for (let day = 0; day < 29; day++) expect(clock.see(DAY, false, [again])).toEqual([])
})

test('T5: a note whose time is not known is as old as it was seen here', () => {
  const clock = new Clock(DAY)
  const unknown = [{ id: note.id, trashedAt: null }]
  for (let hour = 0; hour <= 24; hour++) expect(clock.see(HOUR, false, unknown)).toEqual([])
  expect(clock.see(HOUR, false, unknown)).toEqual([note.id])
})

test('T1, T2: whatever the clock does, nothing leaves before as many steps as the limit needs', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -400 * DAY, max: 400 * DAY }), fc.boolean()), { maxLength: 40 })
  fc.assert(
    fc.property(steps, (all) => {
      const clock = new Clock()
      clock.see(0)
      for (const [i, [step, isFirst]] of all.entries()) {
        const due = clock.see(step, isFirst)
        // Five steps of a week, at most, make thirty days; then an hour more.
        if (i < 4) expect(due).toEqual([])
      }
    }),
  )
})
