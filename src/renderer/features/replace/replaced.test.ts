import { expect, test } from 'vitest'
import { isReadable, replacedWith } from './replaced.ts'

const pattern = (query: string) => ({ query, regex: true, matchCase: false })

test('words are taken as they are, a pattern fills in what its brackets found', () => {
  expect(replacedWith('a.b', '$1 $&', { query: 'a.b', regex: false, matchCase: false })).toBe('$1 $&')
  expect(replacedWith('Refunds', 'pay-$1', pattern('refund(s)?'))).toBe('pay-s')
  expect(replacedWith('x', '$<n>!', pattern('(?<n>x)'))).toBe('x!')
  expect(replacedWith('b', 'c', pattern('(?<=a)b'))).toBe('c')
})

test('a pattern that cannot be read is none', () => {
  expect(isReadable(pattern('a('))).toBe(false)
  expect(isReadable({ query: 'a(', regex: false, matchCase: true })).toBe(true)
  expect(replacedWith('a(', 'b', pattern('a('))).toBe('b')
})
