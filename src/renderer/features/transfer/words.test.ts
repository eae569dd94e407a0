import { expect, test } from 'vitest'
import { timeLabel } from './words.ts'

test('times are said in words that fit them', () => {
  expect([10, 1400, 41_000, 120_000].map(timeLabel)).toEqual(['one second', 'one second', '41 seconds', '2 minutes'])
})
