import { expect, test } from 'vitest'
import { commitment, TODAY } from '../../platform/commitment.test-data.ts'
import { closedYear } from './closed.ts'

const closed = (title: string, type: string, at: string) =>
  commitment({ title, log: [{ type: 'opened' }, { type, at }] })

test('each ending stands in its month, of the twelve up to this one', () => {
  const year = closedYear(
    [
      closed('A', 'kept', '2026-11-20'),
      closed('B', 'pivot', '2026-11-01'),
      closed('C', 'dropped', '2025-12-01'),
      closed('D', 'kept', '2025-11-30'),
      closed('E', 'kept', ''),
    ],
    TODAY,
  )
  expect(year.months).toHaveLength(12)
  expect(year.months[0]).toEqual({ month: '2025-12', counts: { kept: 0, pivoted: 0, dropped: 1 } })
  expect(year.months[11]).toEqual({ month: '2026-11', counts: { kept: 1, pivoted: 1, dropped: 0 } })
  expect([year.total, year.counts]).toEqual([3, { kept: 1, pivoted: 1, dropped: 1 }])
  expect(year.items.map(({ title }) => title)).toEqual(['A', 'B', 'C'])
})
