import { expect, test } from 'vitest'
import { ranked, verbsAsWords, wordsOf } from './might-fit.ts'

test('a commitment is about the words of its title before those of its text, and not about small words', () => {
  expect(
    wordsOf('Pair on incident reviews', 'Two people write the reviews. Someone was on call. Someone else asks.'),
  ).toEqual(['reviews', 'pair', 'incident', 'someone', 'people', 'write', 'call', 'else', 'asks'])
  expect(wordsOf('', '')).toEqual([])
})

test('an example that holds rarer words stands first; other kinds are none', () => {
  const hit = (id: string, kind = 'example', snippet = '') => ({ id, kind, snippet })
  const found = [
    { total: 300, hits: [hit('a'), hit('b'), hit('essay', 'essay')] },
    { total: 2, hits: [hit('c'), hit('b', 'example', 'the rare one')] },
  ]
  expect(ranked(found, 3)).toEqual([hit('b', 'example', 'the rare one'), hit('c'), hit('a')])
  expect(ranked(found, 1)).toHaveLength(1)
})

test('a verb before a link is read as words, and other colons stay', () => {
  expect(verbsAsWords('rests_on:: Undo first. std::move and 10:: 3')).toBe('rests on Undo first. std::move and 10:: 3')
})
