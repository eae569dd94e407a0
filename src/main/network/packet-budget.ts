import type { Clock } from './clock.ts'

/** Larger than anything we say, smaller than what could cost much to take apart. */
const LARGEST = 1_500
const MOST_RECORDS = 64
const HEADER = 12
/** As it stands in every packet of ours, in the case in which we write it. */
const OURS = Buffer.from('\x0c_throughline\x04_tcp\x05local', 'latin1')

const BURST = 40
const PER_SECOND = 20
const ALL_BURST = 400
const ALL_PER_SECOND = 200
const SOURCES = 256

type Bucket = { tokens: number; at: number }

/** Which packets of a network that anybody may write to are worth a look (LN14). */
export class PacketBudget {
  readonly #clock: Clock
  readonly #sources = new Map<string, Bucket>()
  readonly #all: Bucket

  constructor(clock: Clock) {
    this.#clock = clock
    this.#all = { tokens: ALL_BURST, at: clock.now() }
  }

  get sources(): number {
    return this.#sources.size
  }

  admits(packet: Uint8Array, source: string): boolean {
    const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.length)
    if (bytes.length < HEADER || bytes.length > LARGEST) return false
    // What is not ours costs nothing of the budget: a network of printers says much.
    if (!bytes.includes(OURS)) return false
    let recordCount = 0
    for (let at = 4; at < HEADER; at += 2) recordCount += bytes.readUInt16BE(at)
    if (recordCount > MOST_RECORDS) return false
    return this.#take(this.#bucket(source), BURST, PER_SECOND) && this.#take(this.#all, ALL_BURST, ALL_PER_SECOND)
  }

  #bucket(source: string): Bucket {
    const known = this.#sources.get(source)
    if (known) return known
    if (this.#sources.size >= SOURCES) {
      // The oldest goes, which starts afresh when it speaks again; the limit on all of them holds meanwhile.
      const oldest = this.#sources.keys().next().value
      if (oldest !== undefined) this.#sources.delete(oldest)
    }
    const fresh = { tokens: BURST, at: this.#clock.now() }
    this.#sources.set(source, fresh)
    return fresh
  }

  #take(bucket: Bucket, burst: number, perSecond: number): boolean {
    const now = this.#clock.now()
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }
}
