import { expect, test } from 'vitest'
import { ledgerOf } from '../../../core/commitment/ledger.ts'
import { commitment, TODAY } from '../../platform/commitment.test-data.ts'
import { howOver } from './merged.ts'

const open = (title: string, author: string, device: string, at: string, details = {}, text = '') =>
  commitment({
    title,
    log: [
      { type: 'opened', author, device, at, details, text },
      { type: 'accepted', author: 'Ana', details: { person: 'Ana' } },
    ],
  })
const how = (
  items: readonly ReturnType<typeof open>[],
  limit: number,
  cameIn: readonly ReturnType<typeof open>[] = [],
) => howOver({ ...ledgerOf(items, { me: 'Ana', limit, today: TODAY }), me: 'Ana', today: TODAY }, cameIn)

const MINE = open('Mine', 'Ana', '', '2026-11-01')
const THEIRS = open('Theirs', 'Jonas', '', '2026-11-02')
const TWICE = commitment({
  title: 'Both',
  log: [
    { type: 'opened', author: 'Ana' },
    { type: 'kept', author: 'Ana', sees: ['log-0'] },
    { type: 'dropped', author: 'Ana', sees: ['log-0'] },
  ],
})

test('what came from elsewhere is named, with who opened it and when, and that nothing went', () => {
  expect(how([MINE, THEIRS], 1, [THEIRS])).toBe(
    '“Theirs” came from elsewhere: Jonas opened it on 2 November. Nothing was dropped.',
  )
  expect(how([MINE, THEIRS], 1, [MINE])).toBe(
    '“Mine” came from elsewhere: you opened it on 1 November. Nothing was dropped.',
  )
  expect(how([MINE, THEIRS], 2, [THEIRS])).toBeNull()
})

test('several are named together, many are counted, and those decided twice say why they are open', () => {
  expect(how([MINE, THEIRS, TWICE], 1, [MINE, THEIRS, TWICE])).toBe(
    '“Mine” and “Theirs” came from elsewhere. “Both” was decided twice, so it is open again. Nothing was dropped.',
  )
  const many = Array.from({ length: 5 }, (_, at) => open(`N${at}`, 'Ana', '', '2026-11-01'))
  expect(how(many, 1, many)).toBe('“N0”, “N1” and three more came from elsewhere. Nothing was dropped.')
})

test('a reason that was given is said; where nothing tells, nothing is made up', () => {
  const over = [
    open('First', 'Ana', '', '2026-11-01'),
    open('Second', 'Ana', '', '2026-11-02', { over: 1 }, 'It is two hours.'),
  ]
  expect(how(over, 1)).toBe('You went over it for “Second”: “It is two hours.”')
  const his = [MINE, open('His', 'Jonas', '', '2026-11-02', { over: 3 }, 'Finance asked.')]
  expect(how(his, 1)).toBeNull()
  expect(how([MINE, THEIRS], 1)).toBeNull()
})

test('the reason of who accepted over their limit is theirs', () => {
  const accepted = (author: string) =>
    commitment({
      title: 'Minutes',
      log: [
        { type: 'opened', author: 'Jonas' },
        { type: 'accepted', author, details: { person: author, over: 1 }, text: 'It is two lines.' },
        { type: 'accepted', author: 'Ana', details: { person: 'Ana' } },
      ],
    })
  expect(how([MINE, accepted('Ana')], 1)).toBe('You went over it for “Minutes”: “It is two lines.”')
  expect(how([MINE, accepted('Priya')], 1)).toBeNull()
})
