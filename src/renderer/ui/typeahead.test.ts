import { expect, test } from 'vitest'
import { typeahead } from './typeahead.ts'

const TEXTS = ['Before deciding', 'Blast radius', 'Reading', 'Blue', 'résumé']

test('one letter goes round the rows that begin with it', () => {
  const find = typeahead(() => 0)
  expect(find('b', TEXTS, 0)).toBe(1)
  expect(find('b', TEXTS, 1)).toBe(3)
  expect(find('b', TEXTS, 3)).toBe(0)
})

test('several letters narrow down, a pause begins anew', () => {
  let time = 0
  const find = typeahead(() => time)
  expect(find('b', TEXTS, 4)).toBe(0)
  expect(find('l', TEXTS, 0)).toBe(1)
  expect(find('u', TEXTS, 1)).toBe(3)
  time = 1000
  expect(find('r', TEXTS, 3)).toBe(4)
  expect(find('x', TEXTS, 3)).toBe(-1)
})
