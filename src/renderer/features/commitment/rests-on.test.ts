import { expect, test } from 'vitest'
import type { NoteId } from '../../../core/base/ids.ts'
import { forAndAgainst, groundOf, withChallenges } from './rests-on.ts'

const out = (id: string | null, relation: string) => ({
  id: id as NoteId | null,
  target: `Target of ${id}`,
  title: `Title of ${id}`,
  relation,
  kind: 'example' as const,
})
const back = (id: string, relation: string) => ({
  id: id as NoteId,
  title: `Title of ${id}`,
  relation,
  kind: 'example' as const,
})

test('what it rests on and what speaks of it stand in one list, each once', () => {
  const rows = groundOf(
    [
      out('a', 'rests_on'),
      out('b', 'rests_on'),
      out('c', 'mentions'),
      out('d', 'illustrated_by'),
      out(null, 'rests_on'),
    ],
    [back('b', 'challenges'), back('e', 'illustrates'), back('f', 'mentions'), back('g', 'carries')],
  )
  expect(rows.map(({ id, says, isCarrying }) => [id, says, isCarrying])).toEqual([
    ['a', null, true],
    ['d', 'illustrates', false],
    [null, null, true],
    ['e', 'illustrates', false],
    ['g', null, true],
    ['b', 'challenges', true],
  ])
  expect(rows[2]?.title).toBe('Target of null')
  expect(forAndAgainst(rows)).toEqual({ for: 5, against: 1 })
})

test('who says both for and against is counted against: it is to be reread', () => {
  const rows = groundOf([], [back('a', 'challenges'), back('a', 'illustrates')])
  expect(rows).toHaveLength(1)
  expect(forAndAgainst(rows)).toEqual({ for: 0, against: 1 })
})

test('a relation the other way round is no ground of it', () => {
  expect(
    groundOf([out('a', 'illustrates'), out('b', 'carries')], [back('c', 'rests_on'), back('d', 'illustrated_by')]),
  ).toEqual([])
})

test('a ground that challenges another one counts against, whichever of the two says so', () => {
  const rows = groundOf([out('a', 'rests_on'), out('b', 'rests_on'), out('c', 'rests_on'), out('d', 'rests_on')], [])
  const links = new Map([
    ['a', [out('c', 'challenged_by'), out('x', 'challenges')]],
    ['b', [out('a', 'challenges'), out('d', 'illustrates')]],
    ['d', [out('d', 'challenges'), out(null, 'challenges')]],
  ])
  const among = withChallenges(rows, links)
  expect(among.map(({ id, challengesGround }) => [id, challengesGround])).toEqual([
    ['a', false],
    ['d', false],
    ['b', true],
    ['c', true],
  ])
  expect(forAndAgainst(among)).toEqual({ for: 2, against: 2 })
})
