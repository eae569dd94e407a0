import { expect, test } from 'vitest'
import { DEFAULT_WORDS } from '../../../../core/relation/words.ts'
import { allVerbs, verbChoices } from './verbs.ts'

const words = (verbs: readonly { word: string }[]) => verbs.map(({ word }) => word)

test('what is typed comes first, then what is usual in a note of that kind, and the words of the vault', () => {
  const { matches, usual, heading } = verbChoices('ill', 'essay', { asked_for_by: 'rests_on' })
  expect(words(matches)).toEqual(['illustrated_by', 'illustrates'])
  expect(words(usual)).toEqual(['challenged_by', 'tried_in', 'derived_from', 'asked_for_by'])
  expect(heading).toBe('Usual in an essay')
  expect(words(verbChoices('ill', 'example', {}).matches)).toEqual(['illustrates', 'illustrated_by'])
})

test('a word that is no relation stays a word; nothing typed offers every verb once', () => {
  expect(verbChoices('rating', 'essay', {})).toMatchObject({ matches: [], usual: [] })
  const { usual } = verbChoices('', 'commitment', { asks: 'rests_on' })
  expect(words(usual)[0]).toBe('rests_on')
  expect(new Set(words(usual)).size).toBe(usual.length)
  expect(usual).toHaveLength(allVerbs({ asks: 'rests_on' }).length)
})

test('every verb says in words what it means of the two notes', () => {
  expect(allVerbs({}).filter(({ says }) => says === '')).toEqual([])
  expect(allVerbs({})).toHaveLength(DEFAULT_WORDS.length * 2)
})
