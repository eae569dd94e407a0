import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from './byte-writer.ts'

const number = fc.nat({ max: 2 ** 53 - 1 })
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('\ud800', 'é', 'a'.repeat(70_000)))

describe('ByteWriter', () => {
  it('writes what lib0 writes, from a buffer of any size, and anew after clear', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            number,
            text,
            fc.jsonValue(),
            fc.uint8Array(),
            fc.integer({ min: -70, max: 70 }).map((n) => [n, { n }, -0]),
          ),
        ),
        fc.nat(70),
        (values, size) => {
          const writer = new ByteWriter(size)
          writer.string('what was here before')
          writer.clear()
          const oracle = encoding.createEncoder()
          for (const value of values) {
            if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
              writer.varUint(value)
              encoding.writeVarUint(oracle, value)
            } else if (typeof value === 'string') {
              writer.string(value)
              encoding.writeVarString(oracle, value)
            } else if (value instanceof Uint8Array) {
              writer.bytes(value)
              encoding.writeVarUint8Array(oracle, value)
            } else {
              writer.any(value)
              encoding.writeAny(oracle, value as encoding.AnyEncodable)
            }
          }
          expect(Buffer.from(writer.view()).equals(Buffer.from(encoding.toUint8Array(oracle)))).toBe(true)
        },
      ),
    )
  })
})
