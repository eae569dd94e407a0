import type { Socket } from 'node:net'
import NoiseSecretStream, { type Handshake as Keys } from '@hyperswarm/secret-stream'
import type { DeviceKey } from '../../core/members/device.ts'
import { type CloseReason, MAX_MESSAGE, type Path } from './transport.ts'
import type { Wire, WireEvents } from './wire.ts'

/** What encryption adds to a frame. */
const SEAL = 17
/** The stream's own first message: an id of 32 bytes and a nonce of 24. */
const OPENING = 56
const LONGEST = MAX_MESSAGE + 1 + SEAL
/** What a side that ends may take to get its last words out. */
const LAST_WORDS = 1_000

type NoiseWireOptions = {
  readonly socket: Socket
  readonly keys: Keys
  readonly remote: DeviceKey
  readonly path: Path
  readonly initiated: boolean
  /** `drain` is told when less than this waits. */
  readonly low: number
}

/** A wire over TCP, encrypted by Noise. Lengths are checked before the stream below sets memory aside for them. */
export class NoiseWire implements Wire {
  readonly remote: DeviceKey
  readonly path: Path
  readonly initiated: boolean
  readonly id: string
  readonly #socket: Socket
  readonly #stream: NoiseSecretStream
  readonly #low: number
  readonly #guard = new LengthGuard()
  #events: WireEvents | null = null
  #queue: Uint8Array[] = []
  #queued = 0
  #writable = true
  #ended: CloseReason | null = null
  #silenced = false

  constructor({ socket, keys, remote, path, initiated, low }: NoiseWireOptions) {
    this.remote = remote
    this.path = path
    this.initiated = initiated
    this.id = Buffer.from(keys.hash).toString('hex', 0, 8)
    this.#socket = socket
    this.#low = low
    // Before the stream's own listener, so that it sees nothing of what is cut off here.
    socket.on('data', (chunk) => {
      const fault = this.#guard.check(chunk)
      if (fault) this.#end(fault)
    })
    this.#stream = new NoiseSecretStream(initiated, socket, { handshake: keys })
    this.#stream.on('error', (error: unknown) => this.#end(isTampered(error) ? 'malformed' : 'broken'))
    this.#stream.on('end', () => this.#end('broken'))
    this.#stream.on('close', () => this.#end('broken'))
    this.#stream.on('drain', () => {
      this.#writable = true
      this.#pump()
      if (this.waiting <= this.#low && !this.#silenced) this.#events?.drain()
    })
  }

  get waiting(): number {
    return this.#queued + this.#socket.writableLength
  }

  listen(events: WireEvents): void {
    this.#events = events
    if (this.#ended) {
      const why = this.#ended
      queueMicrotask(() => this.#silenced || events.end(why))
      return
    }
    this.#stream.on('data', (frame: Uint8Array) => {
      if (this.#silenced || this.#ended) return
      // A copy: what comes is a view of all that one read of the system brought. Kept, it would hold that in memory;
      // posted, it would carry it along.
      events.frame(new Uint8Array(frame))
    })
  }

  send(frame: Uint8Array): void {
    if (this.#ended || this.#silenced) return
    this.#queue.push(frame)
    this.#queued += frame.length
    this.#pump()
  }

  #pump(): void {
    while (this.#writable && !this.#ended) {
      const frame = this.#queue.shift()
      if (!frame) break
      this.#queued -= frame.length
      this.#writable = this.#stream.write(frame)
    }
    if (this.#silenced && this.#queue.length === 0 && !this.#ended) {
      this.#ended = 'left'
      this.#stream.end()
    }
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  finish(): void {
    if (this.#silenced) return
    this.#silenced = true
    // Read on without looking: an unread byte would make the system take back what we said last.
    this.#stream.resume()
    const timer = setTimeout(() => this.#destroy(), LAST_WORDS)
    this.#socket.once('close', () => clearTimeout(timer))
    this.#pump()
  }

  destroy(): void {
    this.#silenced = true
    this.#destroy()
  }

  #destroy(): void {
    this.#ended ??= 'left'
    this.#queue = []
    this.#queued = 0
    this.#stream.destroy()
    this.#socket.destroy()
  }

  #end(why: CloseReason): void {
    if (this.#ended) return
    this.#ended = why
    this.#destroy()
    if (!this.#silenced) this.#events?.end(why)
  }
}

/** Whether the stream gave up because of what came, and not because of the socket. */
const isTampered = (error: unknown): boolean =>
  error instanceof Error && !('code' in error) && error.message !== 'Stream was destroyed'

/** Walks over the lengths that stand before each encrypted frame. */
export class LengthGuard {
  #header = 0
  #bytes = 0
  #left = 0
  #first = true

  check(chunk: Uint8Array): 'malformed' | 'oversized' | null {
    let at = 0
    while (at < chunk.length) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, chunk.length - at)
        this.#left -= step
        at += step
        continue
      }
      this.#header += (chunk[at] ?? 0) * 256 ** this.#bytes
      this.#bytes++
      at++
      if (this.#bytes < 3) continue
      if (this.#header > LONGEST) return 'oversized'
      if (this.#first ? this.#header !== OPENING : this.#header <= SEAL) return 'malformed'
      this.#left = this.#header
      this.#first = false
      this.#header = 0
      this.#bytes = 0
    }
    return null
  }
}
