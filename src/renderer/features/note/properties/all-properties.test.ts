import { expect, test } from 'vitest'
import { isOnPage } from './all-properties.ts'

test('what the page of a commitment says is not said twice, and what it cannot read stays to be seen', () => {
  const hidden = (key: string, value: string | null, status = 'in progress') => isOnPage({ key, value }, status)
  expect([
    hidden('due', '2026-03-31'),
    hidden('Due', null),
    hidden('proceed_if', 'x'),
    hidden('rests_on', '[[A]]'),
  ]).toEqual([true, true, true, true])
  expect([hidden('due', 'when it thaws'), hidden('review_every', 'now and then'), hidden('source', 'x')]).toEqual([
    false,
    false,
    false,
  ])
  expect([hidden('status', 'kept'), hidden('status', 'in_progress'), hidden('status', 'kept', 'considering')]).toEqual([
    false,
    true,
    false,
  ])
})
