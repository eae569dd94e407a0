import { expect, test } from 'vitest'
import { sizeLabel, timeLabel } from './words.ts'

test('sizes and times are said in words that fit them', () => {
  expect([0, 999, 1000, 45_700_000, 230_400_000_000].map(sizeLabel)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '45.7 MB',
    '230 GB',
  ])
  expect([10, 1400, 41_000, 120_000].map(timeLabel)).toEqual(['one second', 'one second', '41 seconds', '2 minutes'])
})
