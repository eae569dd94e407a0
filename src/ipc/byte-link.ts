import type { Disposer } from '../core/base/disposable.ts'
import { Emitter } from '../core/base/emitter.ts'
import type { Port } from './port.ts'

/** Ordered messages over a port that hold a writer back, as a peer's connection does. */
export interface ByteLink {
  /** False: wait for onDrain. */
  send(message: Uint8Array): boolean
  /** One listener; what came before is given to it. Where it returns a promise, the next message waits for that. */
  onMessage(listener: (message: Uint8Array) => void | Promise<void>): Disposer
  onDrain(listener: () => void): Disposer
  /** Once, with what the other side said; 'gone' where it said nothing. */
  onClose(listener: (why: string) => void): Disposer
  close(why?: string): void
}

/** Bytes that may be on their way; a writer that goes on to eight times as many is a bug, and is cut off. */
const WINDOW = 1024 * 1024
/** What a message takes beside its bytes. */
const ENTRY = 64

/** A port queues without end. Here its reader gives back what it has read: a number is credit, a text is the end. */
export function byteLink(port: Port): ByteLink {
  const drained = new Emitter<undefined>()
  const closed = new Emitter<string>()
  let inbox: Uint8Array[] = []
  let reader: ((message: Uint8Array) => void | Promise<void>) | null = null
  let reading = false
  let under = 0
  let blocked = false
  let read = 0
  let why: string | null = null

  const end = (reason: string) => {
    if (why !== null) return
    why = reason
    inbox = []
    port.close()
    closed.emit(reason)
  }
  const credit = () => {
    if (read < WINDOW / 4 && inbox.length > 0) return
    if (read > 0 && why === null) port.post(read)
    read = 0
  }
  const deliver = () => {
    while (reader && !reading && why === null) {
      const message = inbox.shift()
      if (!message) break
      read += message.length + ENTRY
      const waits = reader(message)
      if (waits) {
        reading = true
        const next = () => {
          reading = false
          credit()
          deliver()
        }
        void waits.then(next, next)
      } else credit()
    }
  }
  port.onMessage((data) => {
    if (why !== null) return
    if (data instanceof Uint8Array) {
      inbox.push(data)
      deliver()
    } else if (typeof data === 'number') {
      under -= data
      if (!blocked || under > WINDOW / 2) return
      blocked = false
      drained.emit(undefined)
    } else end(typeof data === 'string' ? data : 'gone')
  })
  port.onClose(() => end('gone'))

  return {
    send(message) {
      if (why !== null) return false
      under += message.length + ENTRY
      if (under > WINDOW * 8) {
        port.post('overflow')
        end('overflow')
        return false
      }
      port.post(message)
      blocked ||= under > WINDOW
      return !blocked
    },
    onMessage(listener) {
      reader = listener
      deliver()
      return () => {
        if (reader === listener) reader = null
      }
    },
    onDrain: (listener) => drained.on(listener),
    onClose(listener) {
      if (why === null) return closed.on(listener)
      listener(why)
      return () => {}
    },
    close(reason = 'left') {
      if (why !== null) return
      port.post(reason)
      end(reason)
    },
  }
}
