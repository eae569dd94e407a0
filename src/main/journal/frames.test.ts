import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFrames, encodeFrames, encodeHeader, FrameDecoder, frameLength, HEADER_LENGTH } from './frames.ts'

const FORMAT = { what: 'test', version: 1 }
const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 })

const fileOf = (list: readonly Uint8Array[]) => Buffer.concat([encodeHeader(FORMAT), encodeFrames(list)])
const hex = (list: readonly Uint8Array[]) => list.map((bytes) => Buffer.from(bytes).toString('hex'))

function read(file: Uint8Array) {
  const decoded = decodeFrames(file, FORMAT)
  if (!decoded.ok) throw new Error(decoded.error)
  return decoded.value
}

/** Where each frame begins and ends. */
function spans(list: readonly Uint8Array[]): [number, number][] {
  let at = HEADER_LENGTH
  return list.map((payload) => {
    const from = at
    at += frameLength(payload)
    return [from, at]
  })
}

test('J1 what was written is read, whole or in chunks of any size', () => {
  fc.assert(
    fc.property(payloads, fc.integer({ min: 1, max: 700 }), (list, size) => {
      const file = fileOf(list)
      const whole = read(file)
      expect(hex(whole.frames.map(({ payload }) => payload))).toEqual(hex(list))
      expect(whole.frames.map(({ offset }) => offset)).toEqual(spans(list).map(([from]) => from))
      expect([whole.skipped, whole.torn]).toEqual([0, 0])
      const inChunks: Uint8Array[] = []
      const decoder = new FrameDecoder(FORMAT, file.length, ({ payload }) => inChunks.push(Buffer.from(payload)))
      for (let at = 0; at < file.length; at += size) decoder.push(file.subarray(at, at + size))
      expect(hex(inChunks)).toEqual(hex(list))
      expect(decoder.end()).toEqual({ skipped: 0, torn: 0 })
    }),
  )
})

test('J2 a file that ends anywhere gives every frame that is whole, and says how much is torn', () => {
  fc.assert(
    fc.property(payloads, fc.nat(), (list, cutSeed) => {
      const file = fileOf(list)
      const cut = cutSeed % (file.length + 1)
      const whole = spans(list).filter(([, to]) => to <= cut)
      const { frames, skipped, torn } = read(file.subarray(0, cut))
      expect(hex(frames.map(({ payload }) => payload))).toEqual(hex(list.slice(0, whole.length)))
      expect(skipped).toBe(0)
      expect(torn).toBe(cut - (whole.at(-1)?.[1] ?? (cut >= HEADER_LENGTH ? HEADER_LENGTH : 0)))
    }),
  )
})

test('J3 garbled bytes cost only the frames that they hit', () => {
  const damage = fc.record({ at: fc.nat(), bytes: fc.uint8Array({ minLength: 1, maxLength: 60 }) })
  fc.assert(
    fc.property(payloads, fc.array(damage, { minLength: 1, maxLength: 4 }), (list, damages) => {
      const file = fileOf(list)
      const original = Buffer.from(file)
      for (const { at, bytes } of damages)
        file.set(bytes.subarray(0, file.length - (at % file.length)), at % file.length)
      const unharmed = spans(list).flatMap(([from, to], n) =>
        file.subarray(from, to).equals(original.subarray(from, to)) ? [list[n] as Uint8Array] : [],
      )
      const { frames, skipped, torn } = read(file)
      expect(hex(frames.map(({ payload }) => payload))).toEqual(hex(unharmed))
      const kept = unharmed.reduce((sum, payload) => sum + frameLength(payload), 0)
      const header = file.subarray(0, HEADER_LENGTH).equals(original.subarray(0, HEADER_LENGTH)) ? HEADER_LENGTH : 0
      expect(skipped + torn).toBe(file.length - kept - header)
    }),
    { numRuns: 300 },
  )
})

test('J4 bytes that are missing or too many in the middle cost only what they touch', () => {
  fc.assert(
    fc.property(
      payloads,
      fc.nat(),
      fc.nat({ max: 80 }),
      fc.uint8Array({ maxLength: 80 }),
      (list, seed, gone, added) => {
        const file = fileOf(list)
        const at = HEADER_LENGTH + (seed % (file.length - HEADER_LENGTH + 1))
        const changed = Buffer.concat([file.subarray(0, at), added, file.subarray(at + gone)])
        const got = hex(read(changed).frames.map(({ payload }) => payload))
        const untouched = spans(list).flatMap(([from, to], n) => (to <= at || from >= at + gone ? [n] : []))
        const expected = hex(untouched.map((n) => list[n] as Uint8Array))
        // What was put in may by chance make a frame whole again; it can never take one away.
        let found = 0
        for (const text of got) if (text === expected[found]) found++
        expect(found).toBe(expected.length)
      },
    ),
  )
})

test('J5 a newer format and another kind of file are refused; zeros are no frames', () => {
  const newer = Buffer.concat([encodeHeader({ what: 'test', version: 2 }), encodeFrames([Buffer.from('x')])])
  expect(decodeFrames(newer, FORMAT)).toEqual({ ok: false, error: 'newer' })
  expect(decodeFrames(encodeHeader({ what: 'other', version: 1 }), FORMAT)).toEqual({ ok: false, error: 'other' })
  expect(read(Buffer.alloc(4096))).toEqual({ frames: [], skipped: 0, torn: 4096 })
  expect(read(Buffer.alloc(0))).toEqual({ frames: [], skipped: 0, torn: 0 })
})

test('J3 a garbled length waits for nothing: the frames behind it are read in a file of any size', () => {
  const list = [Buffer.alloc(40, 1), Buffer.alloc(40, 2), Buffer.alloc(40, 3)]
  const file = fileOf(list)
  file.writeUInt32LE(100 * 1024 * 1024, HEADER_LENGTH + frameLength(list[0] as Uint8Array) + 4)
  expect(hex(read(file).frames.map(({ payload }) => payload))).toEqual(hex([list[0] as Buffer, list[2] as Buffer]))
})
