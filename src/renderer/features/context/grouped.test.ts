import { expect, test } from 'vitest'
import { DEFAULT_WORDS } from '../../../core/relation/words.ts'
import { grouped } from './grouped.ts'

test('backlinks are read from the note one is in, by the order of the words, mentions last', () => {
  const items = ['mentions', 'rests_on', 'illustrates', 'mentions', 'challenges'].map((relation, id) => ({
    relation,
    id,
  }))
  expect(grouped(items, true).map(({ heading, items }) => [heading, items.length])).toEqual([
    ['Illustrated by', 1],
    ['Challenged by', 1],
    ['What rests on this', 1],
    ['Mentioned in', 2],
  ])
})

test('an inverse word in the other note stands on the side it is read from', () => {
  const [group] = grouped([{ relation: 'illustrated_by' }], true)
  expect(group).toMatchObject({ heading: 'Illustrates', relation: 'illustrates' })
})

test('a vault’s own word is read from either side once it is in the list', () => {
  const own = { word: 'builds_on', inverse: 'built_on_by', reading: 'Builds on', inverseReading: 'Built on by' }
  const words = [...DEFAULT_WORDS, own]
  expect(grouped([{ relation: 'builds_on' }, { relation: 'built_on_by' }], true, words)).toMatchObject([
    { heading: 'Built on by', relation: 'builds_on' },
    { heading: 'Builds on', relation: 'builds_on' },
  ])
})

test('a vault’s own word keeps its spelling and stands before plain mentions', () => {
  const items = [{ relation: 'mentions' }, { relation: 'sings_of' }]
  expect(grouped(items, false).map(({ heading }) => heading)).toEqual(['sings_of', 'Mentions'])
})
