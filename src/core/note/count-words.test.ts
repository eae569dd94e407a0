import { expect, test } from 'vitest'
import { countCharacters, countWords } from './count-words.ts'

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

test('scripts without spaces are counted by their words, not as one', () => {
  expect(countWords('吾輩は猫である。名前はまだ無い。')).toBeGreaterThan(6)
  expect(countWords('今天天气很好')).toBeGreaterThan(2)
  expect(countWords('สวัสดีชาวโลก')).toBeGreaterThan(1)
  expect(countWords('two words と日本語')).toBeGreaterThan(3)
})

test('characters are whole, without ends of lines; spaces count once', () => {
  expect(countCharacters('a b\n😀é')).toEqual({ all: 5, unspaced: 4 })
})

test('every character is a space exactly where the language says so, and a pair of surrogates is one', () => {
  const differing: number[] = []
  for (let code = 0; code <= 0xffff; code++) {
    const char = String.fromCharCode(code)
    const { all, unspaced } = countCharacters(char)
    if (char !== '\n' && (all !== 1 || (unspaced === 0) !== (char.trim() === ''))) differing.push(code)
  }
  expect(differing).toEqual([])
  const halves = '\ud83d \ude00 \ud83d\ude00\ud83d'
  expect(countCharacters(halves)).toEqual({ all: [...halves].length, unspaced: 4 })
})
