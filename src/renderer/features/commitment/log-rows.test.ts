import { expect, test } from 'vitest'
import type { LogEntry } from '../../../core/commitment/entry.ts'
import { logRows, markOf, sayWhat } from './log-rows.ts'

const entry = (id: string, fields: Partial<LogEntry> = {}): LogEntry => ({
  id: `log-${id}`,
  type: 'saw',
  at: '2026-03-03',
  author: '',
  device: '',
  text: id,
  sees: [],
  details: {},
  ...fields,
})

test('newest first, and what was withdrawn carries its withdrawal instead of a row of it', () => {
  const opened = entry('a', { type: 'opened' })
  const saw = entry('b', { author: 'Jonas', text: '', sees: ['log-a'] })
  const withdrawn = entry('c', {
    type: 'withdrawn',
    author: 'Jonas',
    text: 'named a person',
    sees: ['log-b'],
    details: { of: 'log-b' },
  })
  const rows = logRows([withdrawn, opened, saw])
  expect(rows.map(({ entry }) => entry.id)).toEqual(['log-b', 'log-a'])
  expect(rows[0]?.withdrawn?.text).toBe('named a person')
  expect(rows.map((row) => sayWhat(row, 'Ana'))).toEqual(['withdrawn by Jonas', 'opened'])
})

test('a withdrawal of what is not there stays to be read', () => {
  const lone = entry('a', { type: 'withdrawn', details: { of: 'log-gone' } })
  expect(logRows([lone]).map(({ entry }) => entry.id)).toEqual(['log-a'])
})

test('who did it is said from the seat of whoever reads', () => {
  const says = (fields: Partial<LogEntry>, long = false) =>
    sayWhat({ entry: entry('a', fields), withdrawn: null }, 'Ana', long)
  expect(says({ author: 'Jonas' })).toBe('Jonas saw')
  expect(says({ author: 'Ana' })).toBe('saw')
  expect(says({ author: 'Ana' }, true)).toBe('you saw')
  expect(says({ type: 'opened' }, true)).toBe('opened by you')
  expect(says({ type: 'proceed', details: { review: '2026-03-03' } })).toBe('review')
  expect(says({ type: 'proceed', details: { review: '2026-03-03' } }, true)).toBe('review, proceed')
  expect(says({ type: 'pivot', details: { review: '2026-03-03' }, author: 'Jonas' })).toBe('review, pivoted, Jonas')
  expect(says({ type: 'evidence', author: 'Jonas' })).toBe('evidence, Jonas')
  expect(says({ type: 'accepted', details: { person: 'Jonas' } })).toBe('Jonas accepted')
  expect(says({ type: 'accepted', author: 'Jonas' })).toBe('Jonas accepted')
  expect(says({ type: 'accepted', author: 'Ana' }, true)).toBe('you accepted')
})

test('marks on the thread say what an entry made of the commitment', () => {
  expect(
    ['opened', 'saw', 'review', 'proceed', 'kept', 'pivot', 'dropped', 'of_later'].map((type) =>
      markOf(entry('a', { type })),
    ),
  ).toEqual(['considering', 'dot', 'review', 'review', 'kept', 'pivoted', 'dropped', 'dot'])
})
