import fc from 'fast-check'
import { expect, test } from 'vitest'
import { align, pairEdited } from './align.ts'
import { readLines } from './lines.ts'
import { decodeSource } from './source.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

test('M7: bytes that are UTF-8 are read to the letter, all others are said to be lossy', () => {
  expect(decodeSource(new TextEncoder().encode('ä\r\n'))).toEqual({ text: 'ä\r\n', bom: false, lossless: true })
  expect(decodeSource(bytes())).toEqual({ text: '', bom: false, lossless: true })
  expect(decodeSource(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: 'a', bom: true, lossless: true })
  expect(decodeSource(bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf))).toEqual({ text: '\ufeff', bom: true, lossless: true })
  expect(decodeSource(bytes(0x61, 0xff, 0x62))).toEqual({ text: 'a\ufffdb', bom: false, lossless: false })
  expect(decodeSource(bytes(0x61, 0, 0x62))).toEqual({ text: 'a\ufffdb', bom: false, lossless: false })
})

test('M1: slices of a text with any line ends come out as they were', () => {
  const source = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\r\n'), maxLength: 20 })
  fc.assert(
    fc.property(source, fc.nat(40), fc.nat(40), (text, a, b) => {
      const lines = readLines(text)
      expect(lines.text).toBe(text.replace(/\r\n?/g, '\n'))
      expect(lines.slice(0, lines.text.length)).toBe(text)
      const [from, to] = [Math.min(a, b, lines.text.length), Math.min(Math.max(a, b), lines.text.length)]
      expect(lines.slice(0, from) + lines.slice(from, to) + lines.slice(to, lines.text.length)).toBe(text)
      expect(lines.slice(from, to).replace(/\r\n?/g, '\n')).toBe(lines.text.slice(from, to))
    }),
    { seed: 1, numRuns: 1000 },
  )
})

test('new lines get the line end that the text mostly has', () => {
  expect(readLines('a\r\nb\r\nc\n').end).toBe('\r\n')
  expect(readLines('a\nb\nc\r\n').end).toBe('\n')
  expect(readLines('a\rb\r').end).toBe('\r')
  expect(readLines('a').end).toBe('\n')
})

test('M2: an alignment is increasing, matches equals only, and as many as can be', () => {
  const keys = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })
  fc.assert(
    fc.property(keys, keys, (before, after) => {
      const matched = align(before, after)
      const pairs = matched.flatMap((old, at) => (old < 0 ? [] : [[old, at] as const]))
      expect(pairs.every(([old, at]) => before[old] === after[at])).toBe(true)
      expect(pairs.every(([old], at) => at === 0 || old > (pairs[at - 1]?.[0] ?? -1))).toBe(true)
      expect(pairs).toHaveLength(longestCommon(before, after))
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('M2: what stands between the same neighbours is the same block before and after an edit', () => {
  const exact = align(['x', 'old', 'y'], ['x', 'new', 'more', 'y'])
  expect(exact).toEqual([0, -1, -1, 2])
  expect(pairEdited(exact, ['p', 'list', 'p'], ['p', 'p', 'list', 'p'])).toEqual([0, -1, 1, 2])
})

/** The textbook recursion, as an independent word on the length. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  if (a[0] === b[0]) return 1 + longestCommon(a.slice(1), b.slice(1))
  return Math.max(longestCommon(a.slice(1), b), longestCommon(a, b.slice(1)))
}
