import { expect, test } from 'vitest'
import { emptiedText } from './emptied.ts'

const counts = { essay: 0, example: 0, commitment: 0, note: 0 }

test('a vault that held notes and has none says so; one that has any, or never had, does not', () => {
  expect(emptiedText(1_200, { counts, trashed: 0 })).toMatch(/^This vault held 1,200 notes and opened empty/)
  expect(emptiedText(1, { counts, trashed: 0 })).toMatch(/^This vault held 1 note and/)
  expect(emptiedText(3, { counts, trashed: 1 })).toBeNull()
  expect(emptiedText(3, { counts: { ...counts, essay: 1 }, trashed: 0 })).toBeNull()
  expect(emptiedText(0, { counts, trashed: 0 })).toBeNull()
})
