import { expect, test } from 'vitest'
import { sizeLabel } from './sizes.ts'

test('sizes are said in units that fit them', () => {
  expect([0, 999, 1000, 45_700_000, 230_400_000_000].map(sizeLabel)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '45.7 MB',
    '230 GB',
  ])
})
