import { deflateSync, Inflate, inflateSync } from 'fflate'
import type { SourceCodec } from '../crdt/note-doc.ts'

/** Deflate makes at most 1,032 bytes of one. */
const MAX_RATIO = 1032
/** Most files fit: inflating into what is there already costs a quarter of growing something new for each. */
const scratch = new Uint8Array(256 * 1024)
/** What may be inflated at once without counting on the way, bytes. */
const MAX_AT_ONCE = 8 * 1024 * 1024
const CHUNK = 1024

/**
 * `source` of a note, compressed by fflate. Pure JavaScript and one pinned version: equal bytes give equal output on
 * every device, which rule M9 needs (a browser's own CompressionStream promises no such thing). Whoever changes the
 * output changes `IMPORTER` too.
 */
export const sourceCodec: SourceCodec = {
  deflate: (bytes) => deflateSync(bytes, { level: 6 }),
  inflate: (bytes, maxSize) => {
    try {
      const inflated = bytes.length * MAX_RATIO <= MAX_AT_ONCE ? inflateAtOnce(bytes) : inflateCounting(bytes, maxSize)
      return inflated && inflated.length <= maxSize ? inflated : null
    } catch {
      return null
    }
  },
}

function inflateAtOnce(bytes: Uint8Array): Uint8Array {
  const inflated = inflateSync(bytes, { out: scratch })
  // What does not fit is left out without a word.
  return inflated.length < scratch.length ? inflated.slice() : inflateSync(bytes)
}

function inflateCounting(bytes: Uint8Array, maxSize: number): Uint8Array | null {
  const chunks: Uint8Array[] = []
  let size = 0
  const stream = new Inflate((chunk) => {
    size += chunk.length
    if (size <= maxSize) chunks.push(chunk)
  })
  for (let at = 0; at < bytes.length; at += CHUNK) {
    stream.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length)
    if (size > maxSize) return null
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
