import { expect, test } from 'vitest'
import { DEFAULT_WORDS, readDirection, readingOf, relationWord } from './words.ts'

test('words of the list and their inverses are relations, in any spelling', () => {
  expect(relationWord('Illustrates')).toBe('illustrates')
  expect(relationWord(' rests on ')).toBe('rests_on')
  expect(relationWord('tried-in')).toBe('tried_in')
  expect(relationWord('illustrated by')).toBe('illustrated_by')
  expect(relationWord('source')).toBeNull()
  expect(relationWord('mentions')).toBeNull()
})

test('an inverse word says the same from the other note', () => {
  expect(readDirection('illustrated_by')).toEqual({ word: 'illustrates', inverse: true })
  expect(readDirection('illustrates')).toEqual({ word: 'illustrates', inverse: false })
  expect(readDirection('mentions')).toEqual({ word: 'mentions', inverse: false })
})

test('headings read in the direction of the note one is in', () => {
  expect(readingOf('illustrates', true)).toBe('Illustrated by')
  expect(readingOf('illustrated_by', true)).toBe('Illustrates')
  expect(readingOf('rests_on', true)).toBe('What rests on this')
  expect(readingOf('mentions', true)).toBe('Mentioned in')
  expect(readingOf('own_word', false)).toBe('own_word')
})

test('no word is there twice', () => {
  const all = DEFAULT_WORDS.flatMap(({ word, inverse }) => [word, inverse])
  expect(new Set(all).size).toBe(all.length)
})
