import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestDistance } from './spelling.ts'

test.each([
  ['radius', 'blast radius', 0],
  ['raduis', 'blast radius', 1],
  ['comitment', 'a commitment', 1],
  ['blast', 'blest', 1],
  ['abc', 'xyz', 3],
])('nearestDistance(%j, %j) is %d', (typed, name, slips) => {
  expect(nearestDistance(typed, name, 9)).toBe(slips)
})

test('a part of a name has no slips, and dropping one letter of it at most one', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 2, unit: 'grapheme' }), fc.string(), fc.string(), fc.nat(), (part, a, b, at) => {
      const letters = [...part]
      expect(nearestDistance(part, a + part + b, 9)).toBe(0)
      expect(nearestDistance(letters.toSpliced(at % letters.length, 1).join(''), a + part + b, 9)).toBeLessThanOrEqual(
        1,
      )
    }),
  )
})
