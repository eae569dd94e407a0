import { expect, test } from 'vitest'
import { ledgerOf } from '../../core/commitment/ledger.ts'
import { cameInOf, type Known, knownWith } from './came-in.ts'
import { commitment, TODAY } from './commitment.test-data.ts'

const open = (title: string, details = {}) =>
  commitment({ title, log: [{ type: 'opened', author: 'Ana', details, text: 'Now.' }] })
const closed = (title: string) =>
  commitment({
    title,
    log: [
      { type: 'opened', author: 'Ana' },
      { type: 'kept', author: 'Ana' },
    ],
  })
const ledger = (items: readonly ReturnType<typeof open>[], limit = 1, me = 'Ana') => ({
  ...ledgerOf(items, { me, limit, today: TODAY }),
  all: items,
  me,
})
const came = (known: Known | null, now: ReturnType<typeof ledger>) => cameInOf(known, now).map(({ title }) => title)

const [a, b, c] = [open('A'), open('B'), open('C')]

test('what was not known is told of while it is over the limit, and not once it is noted', () => {
  const known = knownWith(null, ledger([a]))
  expect(came(known, ledger([a, b]))).toEqual(['B'])
  expect(came(known, ledger([a, b], 2))).toEqual([])
  expect(came(knownWith(known, ledger([a, b])), ledger([a, b]))).toEqual([])
})

test('one that was gone over the limit for here gave its reason, and is not told of', () => {
  expect(came(knownWith(null, ledger([a])), ledger([a, open('B', { over: 1 })]))).toEqual([])
})

test('what closed and is open again is news; what is not there for a while is none when it comes back', () => {
  const known = knownWith(null, ledger([a, b]))
  expect(came(knownWith(known, ledger([a, closed('B')])), ledger([a, b]))).toEqual(['B'])
  expect(came(knownWith(known, ledger([a])), ledger([a, b, c]))).toEqual(['C'])
})

test('nothing is known of another name or a first look, and nothing is made up then', () => {
  expect(came(null, ledger([a, b]))).toEqual([])
  const known = knownWith(null, ledger([], 1, 'Jonas'))
  expect(came(known, ledger([a, b]))).toEqual([])
  expect(knownWith(known, ledger([a, b])).ids).toHaveLength(2)
})
