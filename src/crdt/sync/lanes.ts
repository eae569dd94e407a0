import type { Disposer } from '../../core/base/disposable.ts'
import { MAX_FRAME, MAX_MESSAGE, type SyncLink } from './port.ts'
import { Malformed, type Message, readMessage, writeMessage } from './wire.ts'

/**
 * Messages in lanes, the first with something to say goes first (rule Y6). What is longer than a frame goes in parts,
 * between which the lanes above it speak. `live`, `docs` and `files` carry what the other side has to store: of these
 * so many bytes are under way as the other side's credit allows, so that neither side holds more than that and one
 * message (rule Y7).
 */
export const LANE = { control: 0, live: 1, compare: 2, docs: 3, files: 4 } as const
export type Lane = (typeof LANE)[keyof typeof LANE]
const LANES = [LANE.control, LANE.live, LANE.compare, LANE.docs, LANE.files] as const

/** Bytes that may be under way; the lanes that are not named carry no more than a few frames. */
export const WINDOW: Readonly<Record<number, number>> = {
  [LANE.live]: 1024 * 1024,
  [LANE.docs]: 4 * 1024 * 1024,
  [LANE.files]: 1024 * 1024,
}
/** Bytes of one message of the lanes that carry no docs. */
const SMALL = 1024 * 1024
const mostOf = (lane: number): number => (lane === LANE.live || lane === LANE.docs ? MAX_MESSAGE + MAX_FRAME : SMALL)
/** What a frame of parts says before its bytes. */
const PART_HEADER = 3
const ROOM = MAX_FRAME - PART_HEADER

/** The next message of a lane that makes its messages when their turn comes; null for none. */
export type Source = () => Message | null

type Out = {
  readonly queue: Message[]
  source: Source
  /** A message in the middle of its parts. */
  parts: { readonly bytes: Uint8Array; at: number } | null
  /** Bytes of whole messages, as both sides count them. */
  spent: number
  credited: number
}

export class Outbox {
  readonly #link: SyncLink
  readonly #lanes: Out[] = LANES.map(() => ({ queue: [], source: () => null, parts: null, spent: 0, credited: 0 }))
  readonly #stop: Disposer
  #writable = true
  #pumping = false
  #open = true
  /** Bytes that were handed to the connection. */
  sent = 0

  constructor(link: SyncLink) {
    this.#link = link
    this.#stop = link.onDrain(() => {
      this.#writable = true
      this.pump()
    })
  }

  /** What `source` makes goes when nothing waits in the lane itself. */
  feed(lane: Lane, source: Source): void {
    this.#lane(lane).source = source
  }

  send(lane: Lane, message: Message): void {
    this.#lane(lane).queue.push(message)
    this.pump()
  }

  /** Messages that wait in the lane, the one in parts too. */
  waiting(lane: Lane): number {
    const { queue, parts } = this.#lane(lane)
    return queue.length + (parts ? 1 : 0)
  }

  /** False where the other side has counted more than it was sent. */
  credit(lane: number, bytes: number): boolean {
    const out = this.#lanes[lane]
    if (!out || WINDOW[lane] === undefined || bytes < out.credited || bytes > out.spent) return false
    out.credited = bytes
    this.pump()
    return true
  }

  /** Sends what may be sent; called again whenever a source has something new. */
  pump(): void {
    if (this.#pumping || !this.#open) return
    this.#pumping = true
    try {
      while (this.#writable && this.#open) {
        const frame = this.#next()
        if (!frame) return
        this.sent += frame.length
        this.#writable = this.#link.send(frame)
      }
    } finally {
      this.#pumping = false
    }
  }

  close(): void {
    this.#open = false
    this.#stop()
    for (const out of this.#lanes) {
      out.queue.length = 0
      out.parts = null
    }
  }

  #lane(lane: Lane): Out {
    return this.#lanes[lane] as Out
  }

  #next(): Uint8Array | null {
    for (const lane of LANES) {
      const out = this.#lane(lane)
      if (!out.parts) {
        const window = WINDOW[lane]
        if (window !== undefined && out.spent - out.credited >= window) continue
        const message = out.queue.shift() ?? out.source()
        if (!message) continue
        const bytes = writeMessage(message)
        if (window !== undefined) out.spent += bytes.length
        if (bytes.length <= MAX_FRAME) return bytes
        out.parts = { bytes, at: 0 }
      }
      const { bytes, at } = out.parts
      const part = bytes.subarray(at, at + ROOM)
      const last = at + ROOM >= bytes.length
      out.parts = last ? null : { bytes, at: at + ROOM }
      return writeMessage({ kind: 'part', lane, last, bytes: part })
    }
    return null
  }
}

/** Which lane a message comes in: it has no other. */
export function laneOf({ kind }: Message): Lane {
  switch (kind) {
    case 'live':
    case 'heads':
    case 'root':
      return LANE.live
    case 'ask':
    case 'sums':
    case 'items':
      return LANE.compare
    case 'give':
      return LANE.docs
    case 'chunk':
      return LANE.files
    default:
      return LANE.control
  }
}

export class Overrun extends Error {
  override name = 'Overrun'
}
export class TooLarge extends Error {
  override name = 'TooLarge'
}

export type Arrived = { readonly message: Message; readonly lane: Lane; readonly size: number }

/** Puts parts together and counts what was not dealt with yet. */
export class Inbox {
  readonly #parts = new Map<number, { readonly pieces: Uint8Array[]; size: number }>()
  readonly #counted = LANES.map(() => ({ received: 0, done: 0, told: 0 }))
  readonly #tell: (lane: Lane, bytes: number) => void

  /** @param tell called with what was dealt with, often enough that the other side need not wait */
  constructor(tell: (lane: Lane, bytes: number) => void) {
    this.#tell = tell
  }

  /** Null in the middle of a message. Throws `Malformed`, `TooLarge` or `Overrun`. */
  take(frame: Uint8Array): Arrived | null {
    if (frame.length > MAX_FRAME) throw new TooLarge('frame')
    const first = readMessage(frame)
    if (first.kind !== 'part') return this.#count(first, frame.length)
    const { lane, last, bytes } = first
    if (LANES[lane] === undefined || (bytes.length === 0 && !last)) throw new Malformed('part')
    const open = this.#parts.get(lane) ?? { pieces: [], size: 0 }
    open.pieces.push(bytes)
    open.size += bytes.length
    this.#parts.set(lane, open)
    if (open.size > mostOf(lane)) throw new TooLarge('message')
    if (!last) return null
    this.#parts.delete(lane)
    const whole = new Uint8Array(open.size)
    let at = 0
    for (const piece of open.pieces) {
      whole.set(piece, at)
      at += piece.length
    }
    const message = readMessage(whole)
    // A part within parts would be a way round every limit, a message in another lane one round its credit.
    if (message.kind === 'part' || laneOf(message) !== lane) throw new Malformed('part')
    return this.#count(message, whole.length)
  }

  #count(message: Message, size: number): Arrived {
    const lane = laneOf(message)
    const counted = this.#counted[lane]
    const window = WINDOW[lane]
    if (counted && window !== undefined) {
      if (counted.received - counted.done >= window) throw new Overrun('beyond the credit')
      counted.received += size
    }
    return { message, lane, size }
  }

  /** The message is stored, refused or of no use: its bytes are held no longer. */
  done({ lane, size }: Arrived): void {
    const counted = this.#counted[lane]
    const window = WINDOW[lane]
    if (!counted || window === undefined) return
    counted.done += size
    const isIdle = counted.done === counted.received
    if (!isIdle && counted.done - counted.told < window / 4) return
    counted.told = counted.done
    this.#tell(lane, counted.done)
  }

  /** Bytes that came and were not dealt with; for tests of the bound. */
  get held(): number {
    let held = 0
    for (const { received, done } of this.#counted) held += received - done
    for (const { size } of this.#parts.values()) held += size
    return held
  }
}
