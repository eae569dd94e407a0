import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, type Day } from '../base/calendar-day.ts'
import type { Property } from '../note/note.ts'
import { ENTRY_TYPES, type LogEntry } from './entry.ts'
import { readFacts } from './facts.ts'
import { readCommitment } from './reading.ts'

/** What answers a review (G16); any other word of a log does not. */
const ANSWERS = ['opened', 'review', 'proceed', 'kept', 'pivot', 'parked', 'dropped']
const OTHERS = ENTRY_TYPES.filter((type) => !ANSWERS.includes(type)).concat('cheered')
const TODAY = '2026-03-10'
const NEXT = '2026-03-03'

const entry = (id: string, type: string, at: string, fields: Partial<LogEntry> = {}): LogEntry => ({
  ...{ id, type, at, author: '', device: '', text: id, sees: [], details: {} },
  ...fields,
})
const BASE = [
  entry('log-1', 'opened', '2026-01-20', { details: { next: '2026-02-17' } }),
  entry('log-2', 'proceed', '2026-02-17', { sees: ['log-1'], details: { next: NEXT } }),
]
const dueOn = (properties: readonly Property[], entries: readonly LogEntry[], today: Day): string => {
  const { review } = readCommitment(readFacts(properties), entries, today)
  return review?.isDue ? review.on : 'not due'
}

const cadence = fc.constantFrom('1d', '2w', '3m', '999m', 'yearly', '-2w', '0d', 'biweekly', '', null, 7, ['2w'])
const day = fc.constantFrom('', '0001-01-01', '2026-02-30', '2028-02-29', '2026-03-10', '9999-12-31', '-1', null, 20)
const facts: fc.Arbitrary<Property[]> = fc
  .record({ review_every: cadence, next_review: day, due: day, status: fc.constantFrom('', 'kept', 'considering') })
  .map((record) => Object.entries(record).map(([key, value]) => ({ key, value })))
const details = fc.record(
  {
    ...{ key: fc.constantFrom('review_every', 'due', ''), from: cadence, to: cadence, next: day, review: day },
    of: fc.constantFrom('log-1', 'log-2', 'other-0'),
  },
  { requiredKeys: [] },
)
const seen = fc.uniqueArray(fc.constantFrom('log-1', 'log-2', 'other-0', 'other-1', 'other-2', 'gone'))
const others = fc.array(
  fc.record({ type: fc.constantFrom(...OTHERS), details, sees: seen, days: fc.integer({ min: 0, max: 800 }) }),
  { maxLength: 4 },
)

it('G16 G18 a review that is due stays due, whatever becomes of the facts and whatever else is written', () => {
  fc.assert(
    fc.property(facts, others, fc.boolean(), fc.integer({ min: 0, max: 400 }), (properties, more, isUndated, later) => {
      const extra = more.map(({ type, details: own, sees, days }, at) =>
        entry(`other-${at}`, type, isUndated ? '' : addDays(NEXT, days), { sees, details: own as LogEntry['details'] }),
      )
      // Each change of the cadence is an entry (G21), whose writer saw the log.
      const changed = entry('log-3', 'changed', TODAY, {
        sees: ['log-2', ...extra.map(({ id }) => id)],
        details: { key: 'review_every', from: '2w', to: '' },
      })
      const log = [...BASE, ...extra, changed]
      expect(dueOn(properties, log, addDays(TODAY, later))).not.toBe('not due')
    }),
    { numRuns: 2000 },
  )
})

it('G17 an answer of a day that has not come answers nothing, whatever it says of the next one', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          type: fc.constantFrom(...ANSWERS.slice(0, 3)),
          days: fc.integer({ min: 2, max: 9e5 }),
          next: day,
          sees: seen,
        }),
        { maxLength: 4 },
      ),
      (answers) => {
        const late = answers.map(({ type, days, next, sees }, at) =>
          entry(`other-${at}`, type, addDays(TODAY, days), { sees, details: { next } as LogEntry['details'] }),
        )
        expect(dueOn([{ key: 'review_every', value: '2w' }], [...BASE, ...late], TODAY)).toBe(NEXT)
      },
    ),
    { numRuns: 1000 },
  )
})

it('G16 G18 a review that was answered is not due again when the cadence is taken away on the same day', () => {
  const log = [
    entry('log-1', 'opened', '2026-01-31', { details: { next: '2026-02-14' } }),
    entry('log-2', 'proceed', '2026-02-14', { sees: ['log-1'], details: { review: '2026-02-14', next: '2026-02-28' } }),
    entry('log-3', 'changed', '2026-02-14', { sees: ['log-2'], details: { key: 'review_every', from: '2w', to: '' } }),
  ]
  expect(dueOn([], log, '2026-03-01')).toBe('not due')
  const again = entry('log-4', 'changed', '2026-03-01', {
    sees: ['log-3'],
    details: { key: 'review_every', from: '', to: '1m' },
  })
  expect(dueOn([{ key: 'review_every', value: '1m' }], [...log, again], '2026-03-01')).toBe('not due')
  expect(dueOn([{ key: 'review_every', value: '1m' }], [...log, again], '2026-03-14')).toBe('2026-03-14')
})
