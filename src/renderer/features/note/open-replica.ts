import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Disposer } from '../../../core/base/disposable.ts'
import { Emitter } from '../../../core/base/emitter.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { byteChannel } from '../../../crdt/byte-channel.ts'
import type { LossLedger } from '../../../crdt/losses/ledger.ts'
import { connectReplica, type Replica } from '../../../crdt/note-channel.ts'
import { domPort } from '../../../ipc/port.ts'
import { CallError } from '../../../ipc/rpc.ts'
import type { VaultClient } from '../../platform/clients.ts'
import { afterPaint } from './after-paint.ts'
import { keepLedger, ledgerFor } from './losses/ledgers.ts'

/** What of a vault's client a replica needs. */
export type NoteHost = Pick<VaultClient, 'call' | 'closed'>

export type OpenReplica = {
  readonly id: NoteId
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** What merges took away, which is offered back. */
  readonly losses: LossLedger
  /** Settles when the note is here: synced, with at least one block. */
  readonly ready: Promise<void>
  /** Joins the note at a host; called again with every new one. What was not acknowledged is sent again. */
  attach(host: NoteHost): void
  /** Edits that the vault has not acknowledged. */
  readonly pending: number
  onPending(listener: (pending: number) => void): Disposer
  /** The host has no such note, or will not give it: a code of the vault's contract. */
  onRefused(listener: (code: string) => void): Disposer
  /**
   * Lets go once everything written is acknowledged, or after a while where a host has the words and cannot store
   * them. Where there is no host, it waits for the next one: whoever follows the hosts does so until `closed`.
   */
  close(): void
  readonly closed: Promise<void>
}

/** A channel that closed under a living host is opened again, not sooner than this. */
const RETRY_MS = 500
/** The words lie in the host's port by then; waiting longer would only keep a dead note in memory. */
const CLOSE_MS = 5000

/** Replicas that nobody looks at any more and that still hold words which are not stored. */
const closing = new Set<Promise<void>>()

/** Replicas that somebody looks at, or may again. */
const open = new Set<OpenReplica>()

export const isOpen = (id: NoteId): boolean => [...open].some((replica) => replica.id === id)

/** Settles when no note of this window has words that are not stored, whether it is shown or was left. */
export async function replicasStored(): Promise<void> {
  for (;;) {
    const waiting = [...open].filter(({ pending }) => pending > 0).map(stored)
    if (waiting.length === 0 && closing.size === 0) return
    await Promise.all([...waiting, ...closing])
  }
}

/** Also when it closes: then it is among the closing ones. */
const stored = (replica: OpenReplica) =>
  new Promise<void>((resolve) => {
    const stop = replica.onPending((count) => {
      if (count > 0 && open.has(replica)) return
      stop()
      resolve()
    })
    void replica.closed.then(() => {
      stop()
      resolve()
    })
  })

/** A copy of a note's doc in this window, in step with the vault worker over a port of its own. */
export function openReplica(id: NoteId): OpenReplica {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const losses = ledgerFor(id, doc)
  const pending = new Emitter<number>()
  const refused = new Emitter<string>()
  const root = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
  let replica: Replica | null = null
  let current: NoteHost | null = null
  let isClosed = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let settle = () => {}
  const ready = new Promise<void>((resolve) => {
    settle = resolve
  })

  let settleClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    settleClosed = resolve
  })

  // an empty root is a note that is still on its way: binding it would write into it (facts/path.md)
  const whenFilled = () => {
    if (root.length > 0) return settle()
    const look = () => {
      if (root.length === 0) return
      root.unobserve(look)
      settle()
    }
    root.observe(look)
  }

  const attach = (host: NoteHost) => {
    if (isClosed) return
    clearTimeout(retry)
    current = host
    const { port1, port2 } = new MessageChannel()
    const channel = afterPaint(byteChannel(domPort(port1)))
    if (replica) {
      replica.reconnect(channel)
    } else {
      replica = connectReplica({
        doc,
        awareness,
        channel,
        receiving: (update, whole) => losses.receive(update, whole),
      })
      void replica.synced.then(whenFilled)
      replica.onPending((count) => pending.emit(count))
      replica.onConnected((isConnected) => {
        if (isConnected || isClosed) return
        const host = current
        // where the host itself is gone, its successor attaches
        retry = setTimeout(() => {
          if (host && host === current) attach(host)
        }, RETRY_MS)
      })
    }
    host.call('openNote', { id }, [port2]).catch((error: unknown) => {
      const code = error instanceof CallError ? error.code : 'internal'
      if (code === 'closed') return
      if (host === current) refused.emit(code)
    })
    void host.closed.then(() => {
      if (host !== current) return
      current = null
      clearTimeout(retry)
    })
  }

  const end = () => {
    open.delete(self)
    clearTimeout(retry)
    replica?.close()
    keepLedger(id, losses)
    awareness.destroy()
    doc.destroy()
    settleClosed()
  }

  const self: OpenReplica = {
    id,
    doc,
    awareness,
    losses,
    ready,
    attach,
    get pending() {
      return replica?.pending ?? 0
    },
    onPending: (listener) => pending.on(listener),
    onRefused: (listener) => refused.on(listener),
    closed,
    close: () => {
      if (isClosed || closing.has(closed)) return
      if (!replica || replica.pending === 0) {
        isClosed = true
        return end()
      }
      open.delete(self)
      closing.add(closed)
      void closed.then(() => closing.delete(closed))
      const finish = () => {
        if (isClosed) return
        isClosed = true
        clearTimeout(timer)
        stop()
        stopRefused()
        end()
      }
      // A note that is gone for good has nobody left to tell.
      const stopRefused = refused.on((code) => void (code === 'not-found' && finish()))
      const giveUp = () => {
        if (replica?.connected) return finish()
        timer = setTimeout(giveUp, CLOSE_MS)
      }
      let timer = setTimeout(giveUp, CLOSE_MS)
      const stop = replica.onPending((count) => {
        if (count === 0) finish()
      })
    },
  }
  open.add(self)
  return self
}
