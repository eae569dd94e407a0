import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import type { ByteChannel } from './byte-channel.ts'
import { Origin } from './origins.ts'

/**
 * What both ends of a note's channel do alike (rules C1 to C8 in SPEC.md): send step 1 at once, answer
 * the other's, pass updates and awareness on. A frame is a kind and its body; sync frames hold the
 * messages of y-protocols.
 */
export const FRAME = { sync: 0, awareness: 1, ack: 2, fault: 3 } as const

/** Whether a frame says what somebody just did here, an edit or a caret; the others answer the other side. */
export const isOwnAct = ([kind, message]: Uint8Array): boolean =>
  kind === FRAME.awareness || (kind === FRAME.sync && message === sync.messageYjsUpdate)

/** Bytes. A note of 100,000 words is 1.7 MB; what is larger than this is no frame of ours. */
export const MAX_FRAME = 64 * 1024 * 1024
const MAX_AWARENESS = 64 * 1024

/** What the other side answers to a frame that it could not use. Never holds text of a note. */
export type ChannelFault = 'malformed' | 'not-stored'
const FAULTS: readonly ChannelFault[] = ['malformed', 'not-stored']

export type Link = { readonly doc: Y.Doc; readonly awareness: Awareness; readonly channel: ByteChannel }

export type SessionEvents = {
  /** An update is about to be applied. */
  receiving?(update: Uint8Array, whole: boolean): void
  /** An update was applied; `whole`: it was the answer to our step 1. */
  update?(whole: boolean): void
  /** A frame with an update was sent; `whole`: it answers the other's step 1 and carries all it lacks. */
  sentUpdate?(whole: boolean): void
  acked?(total: number): void
  fault?(fault: ChannelFault): void
  ended?(): void
  /** Nobody writes here before the doc's first state has come: it is applied without being encoded once more. */
  readonly fillsFirst?: boolean
}

type AwarenessChange = { added: number[]; updated: number[]; removed: number[] }

/** One attachment to one channel. Is the origin of what comes through it, so that nothing is sent back. */
export class ChannelSession extends Origin {
  readonly #link: Link
  readonly #events: SessionEvents
  /** Who is known through this channel only: their carets go with it. */
  readonly #others = new Set<number>()
  #joined = false
  #open = true

  constructor(link: Link, events: SessionEvents) {
    super('peer')
    this.#link = link
    this.#events = events
    link.doc.on('update', this.#onUpdate)
    link.awareness.on('update', this.#onAwareness)
    link.channel.onClose(() => this.end())
    link.channel.onFrame((frame) => this.#receive(frame))
    this.send(FRAME.sync, (encoder) => sync.writeSyncStep1(encoder, link.doc))
    const known = [...link.awareness.states.keys()].filter((id) => id !== link.awareness.clientID)
    if (known.length > 0) this.#sendAwareness(known)
    // A new clock: the other side refuses a state that it has seen and removed when a channel closed.
    const own = link.awareness.getLocalState()
    if (own) link.awareness.setLocalState(own)
  }

  get open(): boolean {
    return this.#open
  }

  /** Whether updates go through as they are made; before, the answer to step 1 will carry them. */
  get joined(): boolean {
    return this.#joined && this.#open
  }

  send(kind: number, write: (encoder: encoding.Encoder) => void): void {
    if (!this.#open) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, kind)
    write(encoder)
    this.#link.channel.send(encoding.toUint8Array(encoder))
  }

  fault(fault: ChannelFault): void {
    this.send(FRAME.fault, (encoder) => encoding.writeVarUint(encoder, FAULTS.indexOf(fault)))
  }

  end(): void {
    if (!this.#open) return
    this.#open = false
    this.#link.doc.off('update', this.#onUpdate)
    this.#link.awareness.off('update', this.#onAwareness)
    removeAwarenessStates(this.#link.awareness, [...this.#others], this)
    // Their clocks too: they may come back through the next channel, with nothing changed meanwhile.
    for (const id of this.#others) this.#link.awareness.meta.delete(id)
    this.#link.channel.close()
    this.#events.ended?.()
  }

  /** The encoder copies: other listeners share the buffer of an update (facts/path.md, "Ports and CSP"). */
  readonly #onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === this || !this.#joined) return
    this.send(FRAME.sync, (encoder) => sync.writeUpdate(encoder, update))
    this.#events.sentUpdate?.(false)
  }

  readonly #onAwareness = ({ added, updated, removed }: AwarenessChange, origin: unknown) => {
    if (origin === this) {
      for (const id of [...added, ...updated]) if (id !== this.#link.awareness.clientID) this.#others.add(id)
      for (const id of removed) this.#others.delete(id)
    } else {
      this.#sendAwareness([...added, ...updated, ...removed])
    }
  }

  /** Yjs encodes what it has applied for whoever listens: as much work again as applying it. */
  #apply(update: Uint8Array, doc: Y.Doc): void {
    const isFirst = this.#events.fillsFirst === true && doc.store.clients.size === 0
    if (isFirst) doc.off('update', this.#onUpdate)
    try {
      Y.applyUpdate(doc, update, this)
    } finally {
      if (isFirst && this.#open) doc.on('update', this.#onUpdate)
    }
  }

  #sendAwareness(ids: number[]): void {
    const update = encodeAwarenessUpdate(this.#link.awareness, ids)
    this.send(FRAME.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update))
  }

  #receive(frame: Uint8Array): void {
    if (!this.#open) return
    let understood = false
    try {
      understood = frame.length <= MAX_FRAME && this.#read(decoding.createDecoder(frame))
    } catch {
      // Decoders of lib0 and Yjs throw on bytes that are not theirs.
    }
    if (!understood) this.fault('malformed')
  }

  #read(decoder: decoding.Decoder): boolean {
    const { doc, awareness } = this.#link
    switch (decoding.readVarUint(decoder)) {
      case FRAME.sync:
        return this.#readSync(decoder, doc)
      case FRAME.awareness: {
        const update = decoding.readVarUint8Array(decoder)
        if (update.length > MAX_AWARENESS) return false
        applyAwarenessUpdate(awareness, update, this)
        return true
      }
      case FRAME.ack:
        this.#events.acked?.(decoding.readVarUint(decoder))
        return true
      case FRAME.fault: {
        const fault = FAULTS[decoding.readVarUint(decoder)]
        if (fault) this.#events.fault?.(fault)
        // Two sides must not answer each other's faults for ever.
        return true
      }
      default:
        return false
    }
  }

  #readSync(decoder: decoding.Decoder, doc: Y.Doc): boolean {
    const message = decoding.readVarUint(decoder)
    const body = decoding.readVarUint8Array(decoder)
    switch (message) {
      case sync.messageYjsSyncStep1: {
        // Encoded before anything is sent: a vector that cannot be read must leave no half frame.
        const update = Y.encodeStateAsUpdate(doc, body)
        this.#joined = true
        this.send(FRAME.sync, (encoder) => {
          encoding.writeVarUint(encoder, sync.messageYjsSyncStep2)
          encoding.writeVarUint8Array(encoder, update)
        })
        this.#events.sentUpdate?.(true)
        return true
      }
      case sync.messageYjsSyncStep2:
      case sync.messageYjsUpdate:
        this.#events.receiving?.(body, message === sync.messageYjsSyncStep2)
        this.#apply(body, doc)
        this.#events.update?.(message === sync.messageYjsSyncStep2)
        return true
      default:
        return false
    }
  }
}
