import * as encoding from 'lib0/encoding'

const encoder = new TextEncoder()
/** Room for the length of any string before its bytes are known. */
const LENGTH = 5

/**
 * Writes what lib0's encoding writes, byte for byte, into one buffer that grows and is used again for the next note:
 * short strings, which most of a doc is, without a call of the platform for each.
 */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  /** @param size bytes to begin with */
  constructor(size = 1 << 16) {
    this.#bytes = new Uint8Array(size)
  }

  get length(): number {
    return this.#length
  }

  /** Starts anew; what `view` gave is overwritten from here on. */
  clear(): void {
    this.#length = 0
  }

  /** Until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    grown.set(this.view())
    this.#bytes = grown
  }

  uint8(value: number): void {
    if (this.#length === this.#bytes.length) this.#room(1)
    this.#bytes[this.#length++] = value
  }

  varUint(value: number): void {
    let rest = value
    while (rest > 127) {
      this.uint8(128 | (127 & rest))
      rest = Math.floor(rest / 128)
    }
    this.uint8(rest)
  }

  string(text: string): void {
    const size = text.length
    this.#room(size * 3 + LENGTH)
    const start = this.#length
    this.varUint(size)
    const bytes = this.#bytes
    let at = this.#length
    for (let i = 0; i < size; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) {
        this.#encoded(text, start)
        return
      }
      bytes[at++] = code
    }
    this.#length = at
  }

  /** A string with more than ASCII: its length in bytes comes before it and is known after it. */
  #encoded(text: string, start: number): void {
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(start + LENGTH))
    this.#length = start
    this.varUint(written)
    this.#bytes.copyWithin(this.#length, start + LENGTH, start + LENGTH + written)
    this.#length += written
  }

  /** With its length before it. */
  bytes(value: Uint8Array): void {
    this.varUint(value.length)
    this.raw(value)
  }

  raw(value: Uint8Array): void {
    this.#room(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  any(value: unknown): void {
    if (typeof value === 'string') {
      this.uint8(119)
      this.string(value)
    } else if (value === null) this.uint8(126)
    else if (typeof value === 'boolean') this.uint8(value ? 120 : 121)
    else if (
      typeof value === 'number' &&
      value >= 0 &&
      value < 64 &&
      Number.isInteger(value) &&
      !Object.is(value, -0)
    ) {
      this.uint8(125)
      this.uint8(value)
    } else if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      const keys = Object.keys(value)
      this.uint8(118)
      this.varUint(keys.length)
      for (const key of keys) {
        this.string(key)
        this.any((value as Record<string, unknown>)[key])
      }
    } else {
      const other = encoding.createEncoder()
      encoding.writeAny(other, value as encoding.AnyEncodable)
      this.raw(encoding.toUint8Array(other))
    }
  }
}
