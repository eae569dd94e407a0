import { expect, test } from 'vitest'
import { headingAnchor, readPlace } from './place.ts'

test.each([
  ['Blast', { asks: 'note', name: 'Blast', words: '', shown: null }],
  ['Blast|so', { asks: 'note', name: 'Blast', words: '', shown: 'so' }],
  ['Blast#Fo', { asks: 'heading', name: 'Blast', words: 'Fo', shown: null }],
  ['#Fo', { asks: 'heading', name: '', words: 'Fo', shown: null }],
  ['Blast^', { asks: 'passage', name: 'Blast', words: '', shown: null }],
  ['Blast#^one', { asks: 'passage', name: 'Blast', words: 'one', shown: null }],
  ['^|so', { asks: 'passage', name: '', words: '', shown: 'so' }],
])('%s', (query, expected) => {
  expect(readPlace(query)).toEqual(expected)
})

test('a heading that cannot stand between brackets is written without its signs', () => {
  expect(headingAnchor('A [b] | c # d')).toBe('A b c d')
})
