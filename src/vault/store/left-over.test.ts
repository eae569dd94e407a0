import { expect, it } from 'vitest'
import { isLeftOver, placesOf } from './left-over.ts'

it('what y-indexeddb leaves behind is passed over: requests that failed, as they are or wrapped', () => {
  const aborted = new DOMException('The transaction was aborted.', 'AbortError')
  expect(isLeftOver(aborted)).toBe(true)
  expect(isLeftOver(new Error(String(aborted)))).toBe(true)
  expect(isLeftOver(new Error('QuotaExceededError: Encountered full disk.'))).toBe(true)
  expect(isLeftOver(new DOMException('no', 'NotAllowedError'))).toBe(false)
  expect(isLeftOver(new TypeError('x is not a function'))).toBe(false)
  expect(isLeftOver('AbortError')).toBe(false)
})

it('the rest is told by name and place, without its words', () => {
  const error = new TypeError('the words of a note')
  expect(placesOf(error)).toMatch(/^TypeError at .*left-over\.test\.ts/)
  expect(placesOf(error)).not.toContain('words')
  expect(placesOf('the words of a note')).toBe('string')
})
