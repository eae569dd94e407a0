/** Kinds of content in an update of Yjs (its `Item.js`), and of types that carry a name. */
const GC = 0
const SKIP = 10
const DELETED = 1
const JSONS = 2
const BINARY = 3
const STRING = 4
const EMBED = 5
const FORMAT = 6
const TYPE = 7
const ANY = 8
const NAMED_TYPES = [3, 5]
const TYPES = 6

/**
 * True where an update is known to build on nothing but itself: one client from its beginning, nothing deleted, every
 * name of another item one that came before it. That is the first update of a note, which most notes of a vault are
 * and stay; it is looked at without making an item of anything. False says nothing.
 */
export function namesOnlyItself(update: Uint8Array): boolean {
  try {
    return new Scan(update).isWhole()
  } catch (error) {
    if (error instanceof Unknown) return false
    throw error
  }
}

/** What is not read here, or is no update. */
class Unknown extends Error {}

class Scan {
  readonly #bytes: Uint8Array
  #at = 0
  #client = 0
  #clock = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  isWhole(): boolean {
    if (this.#number() !== 1) return false
    let items = this.#number()
    this.#client = this.#number()
    if (this.#number() !== 0) return false
    for (; items > 0; items--) if (!this.#item()) return false
    // No client has deleted anything, and nothing follows.
    return this.#number() === 0 && this.#at === this.#bytes.length
  }

  #item(): boolean {
    const info = this.#byte()
    const kind = info & 31
    if (kind === SKIP) return false
    if (kind === GC) {
      this.#clock += this.#number()
      return true
    }
    if (info & 0x80 && !this.#isKnown()) return false
    if (info & 0x40 && !this.#isKnown()) return false
    if ((info & 0xc0) === 0) {
      if (this.#number() === 1) this.#skipBytes()
      else if (!this.#isKnown()) return false
      if (info & 0x20) this.#skipBytes()
    }
    this.#clock += this.#content(kind)
    return true
  }

  /** Whether the id that stands here is of an item that came before. */
  #isKnown(): boolean {
    return this.#number() === this.#client && this.#number() < this.#clock
  }

  /** Skips it; answers how many clocks it has. */
  #content(kind: number): number {
    switch (kind) {
      case DELETED:
        return this.#number()
      case STRING:
        return this.#textLength()
      case BINARY:
      case EMBED:
        this.#skipBytes()
        return 1
      case FORMAT:
        this.#skipBytes()
        this.#skipBytes()
        return 1
      case TYPE: {
        const type = this.#number()
        if (type > TYPES) throw new Unknown()
        if (NAMED_TYPES.includes(type)) this.#skipBytes()
        return 1
      }
      case JSONS: {
        const count = this.#number()
        for (let n = 0; n < count; n++) this.#skipBytes()
        return count
      }
      case ANY: {
        const count = this.#number()
        for (let n = 0; n < count; n++) this.#skipAny(0)
        return count
      }
      default:
        throw new Unknown()
    }
  }

  #skipAny(depth: number): void {
    const tag = this.#byte()
    if (depth > 100) throw new Unknown()
    if (tag === 119 || tag === 116) this.#skipBytes()
    else if (tag === 125) while (this.#byte() > 127);
    else if (tag === 124) this.#skip(4)
    else if (tag === 123 || tag === 122) this.#skip(8)
    else if (tag === 118 || tag === 117) {
      for (let count = this.#number(); count > 0; count--) {
        if (tag === 118) this.#skipBytes()
        this.#skipAny(depth + 1)
      }
    } else if (tag !== 127 && tag !== 126 && tag !== 121 && tag !== 120) throw new Unknown()
  }

  /** UTF-16 units of the UTF-8 text that stands here. */
  #textLength(): number {
    const size = this.#number()
    const start = this.#at
    this.#skip(size)
    let units = 0
    for (let at = start; at < this.#at; at++) {
      const byte = this.#bytes[at] as number
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
    }
    return units
  }

  #skipBytes(): void {
    this.#skip(this.#number())
  }

  #skip(count: number): void {
    this.#at += count
    if (this.#at > this.#bytes.length) throw new Unknown()
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new Unknown()
    return byte
  }

  #number(): number {
    let value = 0
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.#byte()
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
    throw new Unknown()
  }
}
