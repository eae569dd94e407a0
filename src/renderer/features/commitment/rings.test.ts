import { expect, test } from 'vitest'
import { ringOf } from './rings.ts'

test('words for whom it reaches have a ring where they mean one, and none where they are free', () => {
  expect(
    ['you', 'Pair', 'one team', 'two teams', 'Neighbours.', 'everyone', 'the night shift', ''].map(ringOf),
  ).toEqual([0, 1, 2, 2, 3, 4, -1, -1])
})
