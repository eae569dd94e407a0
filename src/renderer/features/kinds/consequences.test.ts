import { expect, test } from 'vitest'
import { consequencesOf } from './consequences.ts'

const plain = { kind: 'note', log: 0, evidence: 0, shows: 0 } as const

test('a note that becomes a commitment gets a place, facts and a log, and loses nothing', () => {
  expect(consequencesOf(plain, 'commitment')).toEqual([
    'It gets a place in Commitments, facts and a log. Nothing of its text changes.',
  ])
  expect(consequencesOf({ ...plain, log: 2 }, 'commitment')).toEqual([
    'It is in Commitments again, with the two entries of its log.',
  ])
})

test('a commitment that becomes something else keeps its log', () => {
  expect(consequencesOf({ ...plain, kind: 'commitment', log: 3 }, 'essay')).toEqual([
    'Its log stays and is shown; it leaves Commitments.',
  ])
  expect(consequencesOf({ ...plain, kind: 'commitment' }, 'note')).toEqual(['It leaves Commitments.'])
})

test('what others say of an essay, and an example of others, stays', () => {
  expect(consequencesOf({ ...plain, kind: 'essay', evidence: 1 }, 'note')).toEqual([
    'One note illustrates or challenges it, and goes on saying so.',
  ])
  expect(consequencesOf({ ...plain, kind: 'example', shows: 2 }, 'note')).toEqual([
    'It goes on saying what it illustrates or challenges, in two places.',
  ])
})

test('between essays, examples and notes nothing needs to be said', () => {
  expect(consequencesOf(plain, 'essay')).toEqual([])
  expect(consequencesOf({ ...plain, kind: 'essay' }, 'essay')).toEqual([])
})
