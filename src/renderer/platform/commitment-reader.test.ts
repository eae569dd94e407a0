import { expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { CommitmentReader, type LedgerRow } from './commitment-reader.ts'

const TODAY = '2026-11-23'
const row = (id: string, type = 'opened'): LedgerRow => ({
  id: noteId(id),
  title: id,
  path: `${id}.md`,
  properties: [{ key: 'review_every', value: '1w' }],
  entries: [{ id: 'log-0', type, at: '2026-11-16', author: '', device: '', text: '', sees: [], details: {} }],
  restsOn: { for: 0, against: 0 },
})

test('an answer that says the same is the same list; a row that changed is another, the rest is not', () => {
  const reader = new CommitmentReader()
  const first = reader.take([row('one'), row('two')])
  expect(reader.take([row('one'), row('two')])).toBe(first)
  const second = reader.take([row('one'), row('two', 'parked')])
  expect(second).not.toBe(first)
  expect([second[0] === first[0], second[1] === first[1]]).toEqual([true, false])
  expect(reader.take([row('one')])).toHaveLength(1)
})

test('a row is read once a day', () => {
  const reader = new CommitmentReader()
  const [given] = reader.take([row('one')])
  if (!given) throw new Error('no row')
  const read = reader.read(given, TODAY)
  expect(read.reading.review).toMatchObject({ on: TODAY, isDue: true })
  expect(reader.read(given, TODAY)).toBe(read)
  expect(reader.read(given, '2026-11-22').reading.review?.isDue).toBe(false)
})
