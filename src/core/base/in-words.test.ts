import { expect, test } from 'vitest'
import { allOf, inWords, ordinal } from './in-words.ts'

test('small numbers are words', () => {
  expect([inWords(0), inWords(3), inWords(1300)]).toEqual(['no', 'three', '1,300'])
  expect([ordinal(2), ordinal(11), ordinal(22), ordinal(23)]).toEqual(['second', '11th', '22nd', '23rd'])
})

test('names are listed as in a sentence', () => {
  expect([allOf([]), allOf(['Ana']), allOf(['Ana', 'Jonas', 'Priya'])]).toEqual(['', 'Ana', 'Ana, Jonas and Priya'])
})
