import { expect, test } from 'vitest'
import { countWords } from './count-words.ts'

test.each([
  ['', 0],
  ['one', 1],
  ['one  two\nthree', 3],
  ['don’t — well-known 3.5 and a/b', 6],
  ['— … !', 0],
  ['Übergröße naïve слово', 3],
  ['हिन्दी भाषा', 2],
  ['The end. Again', 3],
])('words of %j: %i', (text, words) => {
  expect(countWords(text)).toBe(words)
})
