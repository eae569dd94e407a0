import { expect, test } from 'vitest'
import { ledgerOf } from '../../../core/commitment/ledger.ts'
import { commitment, TODAY } from './commitment.test-data.ts'
import { howOver } from './merged.ts'

const open = (title: string, author: string, device: string, at: string, details = {}, text = '') =>
  commitment({
    title,
    log: [
      { type: 'opened', author, device, at, details, text },
      { type: 'accepted', author: 'Ana', details: { person: 'Ana' } },
    ],
  })
const how = (items: readonly ReturnType<typeof open>[], limit: number) =>
  howOver({ ...ledgerOf(items, { me: 'Ana', limit, today: TODAY }), me: 'Ana' })

test('what somebody else opened on another computer is named, as what a merge brought', () => {
  const items = [open('Mine', 'Ana', 'desk', '2026-11-01'), open('Theirs', 'Jonas', 'laptop', '2026-11-02')]
  expect(how(items, 1)).toBe('Jonas opened “Theirs” while you were apart. Nothing was dropped.')
  expect(how(items, 2)).toBeNull()
})

test('of two computers of one person the last one is named', () => {
  const items = [open('First', 'Ana', 'desk', '2026-11-01'), open('Second', 'Ana', 'laptop', '2026-11-02')]
  expect(how(items, 1)).toMatch(/^“Second” was opened on another computer/)
})

test('a reason that was given is said; where logs tell nothing, nothing is made up', () => {
  const over = [
    open('First', 'Ana', 'desk', '2026-11-01'),
    open('Second', 'Ana', 'desk', '2026-11-02', { over: 1 }, 'It is two hours.'),
  ]
  expect(how(over, 1)).toBe('You went over it for “Second”: “It is two hours.”')
  const lowered = [open('First', 'Ana', 'desk', '2026-11-01'), open('Second', 'Ana', 'desk', '2026-11-02')]
  expect(how(lowered, 1)).toBeNull()
})
