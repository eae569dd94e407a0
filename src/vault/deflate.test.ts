import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { inflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { deflateText, MOST_AT_ONCE } from './deflate.ts'
import { huffman } from './huffman.ts'

function check(bytes: Uint8Array): number {
  const packed = deflateText(bytes)
  expect(Buffer.compare(inflateSync(packed), bytes)).toBe(0)
  expect(Buffer.compare(inflateRawSync(packed), bytes)).toBe(0)
  return packed.length
}
const text = (value: string) => new TextEncoder().encode(value)

describe('deflateText', () => {
  it('is read by any inflater: of nothing, of one sign, of runs, of all bytes, of the most there may be', () => {
    check(new Uint8Array())
    for (let size = 1; size < 700; size++) check(new Uint8Array(size).fill(size))
    check(Uint8Array.from({ length: 256 }, (_, byte) => byte))
    check(new Uint8Array(MOST_AT_ONCE))
    check(Uint8Array.from({ length: MOST_AT_ONCE }, (_, at) => Math.imul(at, 0x9e3779b1) >>> 24))
    // The same words as far apart as they can be.
    const far = new Uint8Array(MOST_AT_ONCE).map((_, at) => Math.imul(at + 7, 0x85ebca6b) >>> 25)
    far.set(far.subarray(0, 300), MOST_AT_ONCE - 300)
    check(far)
  })

  it('is read for random bytes and for random words', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => void check(bytes)))
    const words = fc.array(fc.constantFrom('note', 'link', ' ', '\n', '- [ ] ', 'ärger', '文字', '[[', ']]'))
    fc.assert(fc.property(words, (list) => void check(text(list.join('')))))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(255), fc.nat(400)), { maxLength: 40 }), (parts) => {
        check(Uint8Array.from(parts.flatMap(([byte, size]) => Array<number>(size).fill(byte))))
      }),
    )
  })

  it('makes text of words less than half', () => {
    const lines = Array.from({ length: 80 }, (_, n) => `- line ${n} says that the ${n % 7} notes are linked`)
    expect(check(text(lines.join('\n')))).toBeLessThan(lines.join('\n').length / 4)
  })
})

describe('huffman', () => {
  it('makes a whole code that is never longer than asked, however uneven the counts are', () => {
    const counts = fc.array(fc.oneof(fc.constant(0), fc.nat(5), fc.nat({ max: 2 ** 30 })), { maxLength: 60 })
    const fibonacci = [1, 1]
    while (fibonacci.length < 40) fibonacci.push((fibonacci.at(-1) ?? 0) + (fibonacci.at(-2) ?? 0))
    const hold = (list: readonly number[], most: number) => {
      const { lengths } = huffman(Int32Array.from(list), most)
      const used = [...lengths].filter((length) => length > 0)
      expect(used.length).toBe(list.filter((count) => count > 0).length)
      expect(Math.max(0, ...used)).toBeLessThanOrEqual(most)
      const sum = used.reduce((all, length) => all + 2 ** -length, 0)
      if (used.length > 1) expect(sum).toBe(1)
    }
    hold(fibonacci, 15)
    hold(fibonacci, 7)
    fc.assert(fc.property(counts, fc.constantFrom(7, 15), hold))
  })
})
