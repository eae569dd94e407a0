import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { sourceCodec } from './codec.ts'

const MAX = 2 * 1024 * 1024

describe('the codec of `source`', () => {
  it('gives back what it took, small and large', () => {
    const random = new Uint8Array(1_500_000)
    let state = 1
    for (let i = 0; i < random.length; i++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      random[i] = state >>> 24
    }
    for (const bytes of [
      new Uint8Array(),
      new TextEncoder().encode('One — two\r\n'),
      random,
      new Uint8Array(300_000),
    ]) {
      const back = sourceCodec.inflate(sourceCodec.deflate(bytes), MAX)
      expect(back && Buffer.compare(back, bytes)).toBe(0)
    }
  })
  it('refuses bombs and rubbish', () => {
    const bomb = deflateSync(new Uint8Array(40 * 1024 * 1024), { level: 9 })
    expect(sourceCodec.inflate(bomb, MAX)).toBeNull()
    expect(sourceCodec.inflate(sourceCodec.deflate(new Uint8Array(MAX + 1)), MAX)).toBeNull()
    expect(sourceCodec.inflate(new Uint8Array([255, 255, 255]), MAX)).toBeNull()
    // A match that reaches back to before the text: what was inflated before must not come out.
    const words = new TextEncoder().encode('words that are long enough for one match')
    expect(sourceCodec.inflate(deflateSync(words, { dictionary: words }), MAX)).toBeNull()
  })
})
