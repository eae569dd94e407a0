import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, type Match, resolveLink } from './resolve.ts'

const note = (path: string, match: Match, id = path): Candidate => ({ id, path, match })
const found = (name: string, fromFolder: string, candidates: readonly Candidate[]) =>
  resolveLink({ name, fromFolder, candidates }).found.map(({ path }) => path)

test('L1: exact path before title, title before alias, alias before former title', () => {
  const exact = note('Plan.md', 'path')
  const title = note('b/Plan.md', 'title')
  const alias = note('b/Other.md', 'alias')
  const former = note('b/Old.md', 'former')
  const all = [former, alias, title, exact]
  expect(found('Plan', 'b', all)).toEqual(['Plan.md'])
  expect(found('Plan', 'b', all.slice(0, 3))).toEqual(['b/Plan.md'])
  expect(found('Plan', 'b', all.slice(0, 2))).toEqual(['b/Other.md'])
  expect(found('Plan', 'b', all.slice(0, 1))).toEqual(['b/Old.md'])
})

test('L2: case and Unicode form do not count', () => {
  expect(found('CAFÉ/plan.md', '', [note('Cafe\u0301/Plan.md', 'path')])).toEqual(['Cafe\u0301/Plan.md'])
})

test('L3: the nearest folder wins', () => {
  const candidates = [note('a/Plan.md', 'title'), note('b/c/Plan.md', 'title'), note('b/Plan.md', 'title')]
  expect(found('Plan', 'b/c', candidates)).toEqual(['b/c/Plan.md'])
  expect(found('Plan', 'b/d', candidates)).toEqual(['b/Plan.md'])
  expect(found('Plan', 'a/x', candidates)).toEqual(['a/Plan.md'])
})

test('L4: equals are all given, once each, by path', () => {
  const candidates = [note('b/Plan.md', 'title'), note('a/Plan.md', 'title'), note('a/Plan.md', 'path')]
  expect(found('Plan', '', candidates)).toEqual(['a/Plan.md', 'b/Plan.md'])
})

test('L5: a folder before the name narrows it, at the boundary of a folder', () => {
  const candidates = [note('x/Work/Plan.md', 'path'), note('Homework/Plan.md', 'path')]
  expect(found('Work/Plan', '', candidates)).toEqual(['x/Work/Plan.md'])
})

test('nobody goes by the name', () => {
  expect(found('', '', [note('Plan.md', 'title')])).toEqual([])
  expect(found('Plan', '', [])).toEqual([])
  expect(found('Plan', '', [note('Planning.md', 'path')])).toEqual([])
})

test('L4: the answer does not depend on the order of the candidates', () => {
  const match = fc.constantFrom<Match>('path', 'title', 'alias', 'former')
  const path = fc.constantFrom('Plan.md', 'a/Plan.md', 'b/Plan.md', 'a/b/Plan.md', 'a/Other.md')
  const candidates = fc.array(
    fc.tuple(path, match).map(([where, how]) => note(where, how)),
    { maxLength: 8 },
  )
  const folder = fc.constantFrom('', 'a', 'b', 'a/b', 'c')
  fc.assert(
    fc.property(candidates, folder, (all, from) => {
      expect(found('Plan', from, [...all].reverse())).toEqual(found('Plan', from, all))
    }),
    { seed: 1, numRuns: 500 },
  )
})
