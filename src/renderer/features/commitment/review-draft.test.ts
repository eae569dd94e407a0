import { expect, test } from 'vitest'
import { lackOf, NO_REVIEW } from './review-draft.ts'

test('a review lacks what it asks for in the order in which it asks, and cannot be closed empty', () => {
  expect(lackOf(NO_REVIEW)).toBe('seen')
  expect(lackOf({ ...NO_REVIEW, text: '  ' })).toBe('seen')
  const seen = { ...NO_REVIEW, text: 'Nobody was rolled back.' }
  expect(lackOf(seen)).toBe('shown')
  expect(lackOf({ ...seen, cites: ['an-example'] })).toBe('so')
  expect(lackOf({ ...seen, isNone: true, so: 'kept' })).toBe(null)
  expect(lackOf({ ...seen, isNone: true, so: 'pivot' })).toBe('successor')
  expect(lackOf({ ...seen, isNone: true, so: 'pivot', successor: 'The next' })).toBe(null)
})
