import { expect, test } from 'vitest'
import { sayLinks } from './words.ts'

const link = (relation: string, kind: 'essay' | 'example' | 'commitment' | 'note' = 'example') => ({ relation, kind })

test('links are counted by what they say, what rests on the note last', () => {
  expect(
    sayLinks([
      link('rests_on', 'commitment'),
      link('challenges'),
      link('illustrates'),
      link('illustrates'),
      link('rests_on', 'commitment'),
      link('mentions'),
    ]),
  ).toEqual(['Illustrated by 2', 'Challenged by 1', '2 commitments rest on it'])
  expect(sayLinks([link('rests_on', 'commitment')])).toEqual(['1 commitment rests on it'])
  expect(sayLinks([link('rests_on', 'essay'), link('rests_on', 'commitment')])).toEqual(['2 notes rest on it'])
})

test('plain links are counted where no link has a verb', () => {
  expect(sayLinks([link('mentions'), link('mentions')])).toEqual(['Linked from 2 notes'])
  expect(sayLinks([])).toEqual([])
})
