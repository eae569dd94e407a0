import { expect, test } from 'vitest'
import type { Version } from '../../../core/history/version.ts'
import { reasonOf, threadOf } from './thread.ts'

const NOW = new Date(2026, 2, 19, 14, 2)
const at = (month: number, day: number, hour = 12, minute = 0) => new Date(2026, month - 1, day, hour, minute).getTime()

let last = 0
const version = (fields: Partial<Version>): Version => ({
  id: `v${++last}`,
  at: at(3, 19),
  reason: 'pause',
  name: null,
  title: 'A',
  docHash: '',
  hash: '',
  bytes: 0,
  words: 0,
  wordsAdded: 0,
  wordsRemoved: 0,
  change: null,
  pins: [],
  attachments: [],
  clocks: {},
  ...fields,
})
const shown = (versions: readonly Version[]) =>
  threadOf(versions, NOW, new Map()).map(({ heading, entries }) => [
    heading,
    ...entries.map(({ label, line }) => `${label} | ${line}`),
  ])

test('the newest comes first: by day while it is near, then by month', () => {
  expect(
    shown([
      version({ at: at(2, 9), reason: 'first', words: 210 }),
      version({ at: at(2, 16), wordsAdded: 1 }),
      version({ at: at(3, 3, 11, 2), name: 'Before the offsite', reason: 'named' }),
      version({ at: at(3, 3, 16, 20), reason: 'before-restore' }),
      version({ at: at(3, 18, 9), wordsRemoved: 12 }),
      version({ at: at(3, 19, 13, 36), wordsAdded: 41, wordsRemoved: 3 }),
    ]),
  ).toEqual([
    ['Today', '13:36 | You, 41 words added, 3 removed'],
    ['Yesterday', '09:00 | You, 12 words removed'],
    ['3 March', '16:20 | You, before a restore', 'Before the offsite | Named by you, 11:02'],
    ['February', '16 Feb | You, 1 word added', '9 Feb | You, the first kept, 210 words'],
  ])
})

test('two of one day long past are told apart by the clock', () => {
  expect(shown([version({ at: at(2, 9, 8) }), version({ at: at(2, 9, 9) }), version({ at: at(2, 10) })])).toEqual([
    [
      'February',
      '10 Feb | You, the same words',
      '9 Feb, 09:00 | You, the same words',
      '9 Feb, 08:00 | You, the same words',
    ],
  ])
})

test('a clock that was set back changes no order', () => {
  const headings = shown([version({ at: at(3, 19) }), version({ at: at(3, 2) }), version({ at: at(3, 19, 13) })])
  expect(headings.map(([heading]) => heading)).toEqual(['Today', '2 March', 'Today'])
})

test('a version before a big change says before which, where that is still known', () => {
  const before = version({ reason: 'before-bulk', change: 'c1' })
  expect(reasonOf(before, new Map([['c1', 'rename']]))).toBe('before a rename')
  expect(reasonOf(before, new Map())).toBe('before a change of many notes')
})
