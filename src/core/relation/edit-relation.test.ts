import { expect, test } from 'vitest'
import { linkKey } from '../link/wikilink.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import { printBlocks } from '../markdown/print.ts'
import { editRelation } from './edit-relation.ts'
import { relationWord } from './words.ts'

const edit = (markdown: string, word: string, to: string | null) => {
  const leads = (name: string) => linkKey(name) === 'a'
  const { tree, places } = editRelation(parseMarkdown(markdown).blocks, [], { readAs: relationWord, leads, word, to })
  return [printBlocks(tree).trim(), places]
}
const facts = (key: string, value: string | string[], to: string | null) =>
  editRelation(
    [],
    [
      { key, value },
      { key: 'b', value: 1 },
    ],
    {
      readAs: relationWord,
      leads: (name) => linkKey(name) === 'a',
      word: 'rests_on',
      to,
    },
  ).properties

test('a verb becomes another one, where it stands', () => {
  expect(edit('rests_on:: [[A]]', 'rests_on', 'tried_in')).toEqual(['tried_in:: [[A]]', 1])
  expect(edit('It [challenges:: [[A|it]]] now.', 'challenges', 'illustrates')).toEqual([
    'It [illustrates:: [[A|it]]] now.',
    1,
  ])
  expect(edit('- x (Challenges:: [[A]])', 'challenges', 'illustrates')).toEqual(['- x (illustrates:: [[A]])', 1])
  expect(edit('rests_on:: [[B]]', 'rests_on', 'tried_in')).toEqual(['rests_on:: [[B]]', 0])
})

test('without a verb the link stays', () => {
  expect(edit('illustrates:: [[A]]', 'illustrates', null)).toEqual(['[[A]]', 1])
  expect(edit('It [challenges:: [[A]]] now.', 'challenges', null)).toEqual(['It [[A]] now.', 1])
})

test('of several links under one verb only the one that leads there changes', () => {
  expect(edit('illustrates:: [[B]], [[A]], [[C]]', 'illustrates', 'challenges')).toEqual([
    'illustrates:: [[B]], [[C]]\nchallenges:: [[A]]',
    1,
  ])
  expect(edit('It [illustrates:: [[A]], [[B]]] now.', 'illustrates', 'challenges')).toEqual([
    'It [illustrates:: [[B]]] [challenges:: [[A]]] now.',
    1,
  ])
})

test('a plain link gets a verb', () => {
  expect(edit('So [[A]] it is, [[A]].', 'mentions', 'illustrates')).toEqual([
    'So [illustrates:: [[A]]] it is, [[A]].',
    1,
  ])
})

test('a property hands its link on, in its place, and goes when it is empty', () => {
  expect(facts('rests_on', '[[A]]', 'challenges')).toEqual([
    { key: 'challenges', value: ['[[A]]'] },
    { key: 'b', value: 1 },
  ])
  expect(facts('Rests on', ['[[A]]', '[[B]]'], null)).toEqual([
    { key: 'Rests on', value: ['[[B]]'] },
    { key: 'b', value: 1 },
  ])
  expect(facts('rests_on', ['[[A]]'], null)).toEqual([{ key: 'b', value: 1 }])
})
