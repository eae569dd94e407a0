import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import { invariant } from '../../core/base/invariant.ts'
import type { Clock } from './clock.ts'
import { beatFrame, byeFrame, goFrame, type Hello, helloFrame, messageFrame, readFrame } from './frames.ts'
import type { Limits } from './limits.ts'
import { type CloseReason, type Connection, MAX_MESSAGE } from './transport.ts'
import type { Wire } from './wire.ts'

/** What the switchboard hears of a link. */
type LinkEvents = {
  /** The other side's greeting has come. */
  greeted(link: Link, hello: Hello): void
  /** The side that decides wants this connection (LN6). */
  chosen(link: Link): void
  closed(link: Link, why: CloseReason): void
}

/** Ends that the other side may have said something before: what has arrived is still given to the reader. */
const DRAINED: ReadonlySet<CloseReason> = new Set(['left', 'stopped', 'refused', 'broken'])

/** What a message takes beside its bytes: a flood of empty ones is a flood too. */
const ENTRY = 64

/** One wire with its greeting, its beats and its two bounded queues; as a Connection once it is chosen. */
export class Link implements Connection {
  readonly #wire: Wire
  readonly #clock: Clock
  readonly #limits: Limits
  readonly #events: LinkEvents
  readonly #closing = new Emitter<CloseReason>()
  readonly #draining = new Emitter<undefined>()
  #state: 'greeting' | 'open' | 'ending' | 'closed' = 'greeting'
  #timer: Disposer
  #hello: Hello | null = null
  #heard = true
  #said = true
  #missed = 0
  #reader: ((message: Uint8Array) => void | Promise<void>) | null = null
  #reading = false
  #inbox: Uint8Array[] = []
  #inboxBytes = 0
  #held = false
  #blocked = false
  #why: CloseReason = 'broken'

  constructor(wire: Wire, hello: Hello, events: LinkEvents, clock: Clock, limits: Limits) {
    this.#wire = wire
    this.#clock = clock
    this.#limits = limits
    this.#events = events
    this.#timer = clock.after(limits.greeting, () => this.#cut('late'))
    wire.listen({
      frame: (frame) => this.#frame(frame),
      drain: () => this.#drain(),
      end: (why) => this.#ended(why),
    })
    wire.send(helloFrame(hello))
  }

  get remote() {
    return this.#wire.remote
  }
  get path() {
    return this.#wire.path
  }
  get initiated() {
    return this.#wire.initiated
  }
  get id() {
    return this.#wire.id
  }
  get isOpen() {
    return this.#state === 'open'
  }
  /** The life of the other side, once it has greeted. */
  get life() {
    return this.#hello?.life ?? ''
  }
  /** Bytes that wait here: for the system to take them, and for the reader. */
  get held(): number {
    return this.#wire.waiting + this.#inboxBytes
  }

  /** Says that this is the connection to keep, and opens it. The side that decides calls it. */
  choose(): void {
    this.#wire.send(goFrame())
    this.#open()
  }

  send(message: Uint8Array): boolean {
    invariant(message.length <= MAX_MESSAGE, 'a message is longer than a frame may be')
    if (this.#state !== 'open') return false
    this.#wire.send(messageFrame(message))
    this.#said = true
    if (this.#wire.waiting > this.#limits.outgoingMost) {
      this.#cut('overflow')
      return false
    }
    this.#blocked ||= this.#wire.waiting > this.#limits.outgoing
    return !this.#blocked
  }

  onMessage(listener: (message: Uint8Array) => void | Promise<void>): Disposer {
    invariant(this.#reader === null, 'a connection has one reader')
    this.#reader = listener
    this.#deliver()
    return () => {
      if (this.#reader === listener) this.#reader = null
    }
  }

  onDrain(listener: () => void): Disposer {
    return this.#draining.on(listener)
  }

  onClose(listener: (why: CloseReason) => void): Disposer {
    if (this.#state !== 'closed') return this.#closing.on(listener)
    listener(this.#why)
    return () => {}
  }

  close(why: CloseReason = 'left'): void {
    if (this.#state === 'closed' || this.#state === 'ending') return
    this.#wire.send(byeFrame(why))
    this.#wire.finish()
    this.#close(why)
  }

  /** Ends without a byte. */
  #cut(why: CloseReason): void {
    if (this.#state === 'closed' || this.#state === 'ending') return
    this.#wire.destroy()
    this.#close(why)
  }

  /** The same, for whom the other side may learn nothing. */
  revoke(): void {
    if (this.#state === 'ending') this.#close('not-allowed')
    else this.#cut('not-allowed')
  }

  #open(): void {
    this.#state = 'open'
    this.#timer()
    this.#timer = this.#clock.after(this.#limits.beat, () => this.#tick())
  }

  // Beats are counted, not measured: a machine that slept, or a page of work that held this thread up, is not silence.
  #tick(): void {
    if (this.#state !== 'open') return
    this.#missed = this.#heard || this.#held ? 0 : this.#missed + 1
    if (this.#missed >= this.#limits.missed) {
      this.#cut('silent')
      return
    }
    this.#heard = false
    // What waits is as good as a beat, and a beat behind it would come no sooner.
    if (!this.#said && this.#wire.waiting === 0) this.#wire.send(beatFrame())
    this.#said = false
    this.#timer = this.#clock.after(this.#limits.beat, () => this.#tick())
  }

  #frame(bytes: Uint8Array): void {
    if (this.#state === 'closed' || this.#state === 'ending') return
    this.#heard = true
    const frame = readFrame(bytes)
    if (frame?.kind === 'bye') {
      this.#wire.destroy()
      this.#ended(frame.why)
    } else if (frame?.kind === 'hello' && this.#state === 'greeting' && !this.#hello) {
      this.#hello = frame.hello
      this.#events.greeted(this, frame.hello)
    } else if (frame?.kind === 'go' && this.#state === 'greeting' && this.#hello) {
      this.#open()
      this.#events.chosen(this)
    } else if (frame?.kind === 'message' && this.#state === 'open') {
      this.#message(frame.message)
    } else if (frame?.kind !== 'beat' || this.#state !== 'open') {
      this.#cut('malformed')
    }
  }

  #message(message: Uint8Array): void {
    if (message.length > MAX_MESSAGE) {
      this.#cut('oversized')
      return
    }
    this.#inbox.push(message)
    this.#inboxBytes += message.length + ENTRY
    this.#deliver()
    if (this.#inboxBytes > this.#limits.incoming && !this.#held && this.#state === 'open') {
      this.#held = true
      this.#wire.pause()
    }
  }

  #deliver(): void {
    while (this.#reader && !this.#reading && this.#state !== 'closed') {
      const message = this.#inbox.shift()
      if (!message) break
      this.#inboxBytes -= message.length + ENTRY
      const read = this.#reader(message)
      if (read) {
        this.#reading = true
        const next = () => {
          this.#reading = false
          this.#deliver()
        }
        // A reader that fails is that reader's bug; for us it has read.
        void read.then(next, next)
      }
    }
    if (this.#held && this.#inboxBytes <= this.#limits.incoming / 2) {
      this.#held = false
      if (this.#state === 'open') this.#wire.resume()
    }
    if (this.#state === 'ending' && (this.#inbox.length === 0 || !this.#reader) && !this.#reading)
      this.#close(this.#why)
  }

  #drain(): void {
    if (!this.#blocked || this.#state !== 'open' || this.#wire.waiting > this.#limits.outgoing / 2) return
    this.#blocked = false
    this.#draining.emit(undefined)
  }

  #ended(why: CloseReason): void {
    if (this.#state === 'closed' || this.#state === 'ending') return
    if (this.#state === 'greeting' || !DRAINED.has(why)) {
      this.#close(why)
      return
    }
    this.#state = 'ending'
    this.#why = why
    this.#timer()
    this.#events.closed(this, why)
    this.#deliver()
  }

  #close(why: CloseReason): void {
    const told = this.#state === 'ending'
    this.#state = 'closed'
    this.#why = why
    this.#timer()
    this.#inbox = []
    this.#inboxBytes = 0
    if (!told) this.#events.closed(this, why)
    this.#closing.emit(why)
  }
}
