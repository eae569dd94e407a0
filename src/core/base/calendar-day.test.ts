import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import {
  addCadence,
  addDays,
  type Cadence,
  calendarDay,
  compareDays,
  daysBetween,
  isDay,
  stepsUntil,
  today,
} from './calendar-day.ts'

const MONTHLY = { every: 1, unit: 'month' } as const
const ZONE = process.env.TZ

/** Days since 1970 by arithmetic alone (H. Hinnant, "chrono-compatible low-level date algorithms"). */
function serial(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + date - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays('1950-01-01', count))
const cadences = fc.record({
  every: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const),
}) satisfies fc.Arbitrary<Cadence>

afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

test('a day from its first to its last moment, whatever the time zone', () => {
  expect(calendarDay(new Date(2026, 2, 3))).toBe('2026-03-03')
  expect(calendarDay(new Date(2026, 2, 3, 23, 59, 59, 999))).toBe('2026-03-03')
  expect(today(new Date(2026, 2, 3, 12))).toBe('2026-03-03')
})

describe('G18 days are days, not times', () => {
  test.each(['UTC', 'Pacific/Kiritimati', 'America/St_Johns', 'Pacific/Apia', 'America/Sao_Paulo'])('in %s', (zone) => {
    process.env.TZ = zone
    // the clock goes forward, a day that Samoa left out, the year 2000
    for (const day of ['2026-03-28', '2011-12-29', '2018-11-03', '1999-12-31']) {
      expect(serial(addDays(day, 1)) - serial(day)).toBe(1)
      expect(daysBetween(day, addDays(day, 2))).toBe(2)
      expect(addCadence(day, { every: 1, unit: 'week' }, 1)).toBe(addDays(day, 7))
    }
  })

  test('months end where they end, counted from the first', () => {
    const from = (start: string) => [1, 2, 3, 4].map((times) => addCadence(start, MONTHLY, times))
    expect(from('2026-01-31')).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'])
    expect(from('2024-01-30')[0]).toBe('2024-02-29')
    expect(addCadence('2024-02-29', { every: 12, unit: 'month' }, 1)).toBe('2025-02-28')
    expect(addCadence('2024-02-29', { every: 12, unit: 'month' }, 4)).toBe('2028-02-29')
  })

  test('a day is one that the calendar has', () => {
    expect(
      ['2024-02-29', '2023-02-29', '2000-02-29', '1900-02-29', '2023-13-01', '23-01-01', '0000-01-01', ''].map(isDay),
    ).toEqual([true, false, true, false, false, false, false, false])
  })

  test('what is no day stays, and nothing leaves the calendar', () => {
    expect(addDays('soon', 3)).toBe('soon')
    expect(daysBetween('soon', '2026-01-01')).toBe(0)
    expect(isDay(addDays('9999-12-30', 400))).toBe(true)
    expect(isDay(addDays('0001-01-02', -400))).toBe(true)
  })

  test('days are as far apart as counting says', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(daysBetween(a, b)).toBe(serial(b) - serial(a))
        expect(addDays(a, daysBetween(a, b))).toBe(b)
        expect(Math.sign(daysBetween(a, b))).toBe(-compareDays(a, b) + 0)
      }),
    )
  })

  test('as many steps lie before a day as one can take', () => {
    fc.assert(
      fc.property(days, cadences, fc.integer({ min: 0, max: 4000 }), (start, cadence, ahead) => {
        const day = addDays(start, ahead)
        const count = stepsUntil(start, cadence, day)
        expect(addCadence(start, cadence, count) <= day).toBe(true)
        expect(addCadence(start, cadence, count + 1) > day).toBe(true)
      }),
    )
  })
})
