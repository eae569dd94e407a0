import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matched } from './matched.ts'

test('the typed beginning of a title is marked, else its words', () => {
  expect(matched('Blast radius is a design input', 'blast rad')).toEqual([
    { text: 'Blast rad', hit: true },
    { text: 'ius is a design input', hit: false },
  ])
  expect(
    matched('The payments freeze', 'freeze pay')
      .filter(({ hit }) => hit)
      .map(({ text }) => text),
  ).toEqual(['pay', 'freeze'])
  expect(matched('C++ (notes)', '(')).toHaveLength(3)
  expect(matched('Anything', '')).toEqual([{ text: 'Anything', hit: false }])
})

test('the pieces are the title, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (title, query) => {
      expect(
        matched(title, query)
          .map(({ text }) => text)
          .join(''),
      ).toBe(title)
    }),
  )
})
