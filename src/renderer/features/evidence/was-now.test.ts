import { expect, test } from 'vitest'
import { type Piece, wasNow } from './was-now.ts'

const SIGNS = { same: ['', ''], removed: ['[-', '-]'], added: ['[+', '+]'] } as const
const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ text, change }) => SIGNS[change].join('\0').replace('\0', text)).join('')

test('the words that went and came, with what stands around them', () => {
  expect(shown(wasNow('Time to undo: a few days', 'Time to undo: a day'))).toContain('Time to undo: a ')
  expect(shown(wasNow('Everybody was late', 'Everybody was third in a queue'))).toBe(
    'Everybody was [-late-][+third in a queue+]',
  )
})

test('a long passage is shown from about where it changed', () => {
  const long = 'one two three four five six seven eight nine ten '.repeat(20)
  const text = shown(wasNow(`${long}before ${long}`, `${long}after ${long}`))
  expect(text.length).toBeLessThan(100)
  expect(text).toMatch(/^….*\[-before-\]\[\+after\+\].*…$/)
})

test('a passage that is gone is struck, and what is very long is cut', () => {
  expect(shown(wasNow('All of it', ''))).toBe('[-All of it-]')
  expect(shown(wasNow('word '.repeat(100), ''))).toMatch(/^\[-word .{60,90}…-\]$/)
})

test('what reads the same has no change', () => {
  expect(wasNow('the  same', 'the same')).toEqual([{ text: 'the same', change: 'same' }])
})
