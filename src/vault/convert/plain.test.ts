import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printPlain, readPlain } from './plain.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('M1 for text that is not read as Markdown', () => {
  it.each(['', 'a', 'a\n', 'a\r\n', '\n\n a\n\n', 'a\r\nb\nc\r', '\r', '\ufeffa\r\nb', '\ufeff\ufeffa', 'a\r\nb\r\n'])(
    '%j',
    (text) => {
      const { tree, layout } = readPlain(bytesOf(text))
      expect(printPlain(tree, layout)).toBe(text)
    },
  )
  it('holds for any text', () => {
    const part = fc.constantFrom('\n', '\r\n', '\r', 'a', ' ', '\ufeff', 'é', '#')
    const property = fc.property(fc.array(part), (parts) => {
      const text = parts.join('')
      const { tree, layout, isExact } = readPlain(bytesOf(text))
      expect(isExact).toBe(true)
      expect(printPlain(tree, layout)).toBe(text)
    })
    void fc.assert(property)
  })
  it('says where bytes were not text', () => {
    expect(readPlain(new Uint8Array([65, 255, 66]))).toMatchObject({ isExact: false, tree: [{ source: 'A\ufffdB' }] })
  })
})
