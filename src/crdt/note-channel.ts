import * as encoding from 'lib0/encoding'
import type * as Y from 'yjs'
import type { Disposer } from '../core/base/disposable.ts'
import { Emitter } from '../core/base/emitter.ts'
import type { ByteChannel } from './byte-channel.ts'
import { type ChannelFault, ChannelSession, FRAME, type Link } from './channel-session.ts'

export type { ChannelFault } from './channel-session.ts'

export type ServedDoc = Link & {
  /** Settles when what was applied so far is durable; OpenNote of store.ts. */
  readonly whenStored: () => Promise<void>
}

/**
 * One channel of a doc on the side that stores it; a doc may have several. Lets go by itself when the
 * channel closes, and takes the caret of whoever was there with it.
 */
export function serveDoc({ doc, awareness, channel, whenStored }: ServedDoc): Disposer {
  let received = 0
  let acknowledging = false
  const session = new ChannelSession(
    { doc, awareness, channel },
    {
      update: () => {
        received++
        void acknowledge()
      },
    },
  )

  /** One wait at a time: its answer covers every frame that had come when it began. */
  const acknowledge = async () => {
    if (acknowledging) return
    acknowledging = true
    let acked = 0
    while (acked < received && session.open) {
      const count = received
      try {
        await whenStored()
      } catch {
        // The store resumes by itself and the next frame asks again; until then nothing counts as saved.
        session.fault('not-stored')
        break
      }
      acked = count
      session.send(FRAME.ack, (encoder) => encoding.writeVarUint(encoder, acked))
    }
    acknowledging = false
  }
  return () => session.end()
}

export interface Replica {
  /** Settles with the first answer of the other side; stays open while there is none. */
  readonly synced: Promise<void>
  /** Updates that are not known to be durable; 0 is "saved". */
  readonly pending: number
  onPending(listener: (pending: number) => void): Disposer
  /** The other side refused a frame or could not store one. */
  onFault(listener: (fault: ChannelFault) => void): Disposer
  readonly connected: boolean
  onConnected(listener: (connected: boolean) => void): Disposer
  /** Takes over from the former channel, open or not, and sends again what was not acknowledged. */
  reconnect(channel: ByteChannel): void
  close(): void
}

export type ReplicaLink = Link & {
  /** Told of every update before it is applied; `whole`: it is all that was missing, not one transaction's. */
  readonly receiving?: (update: Uint8Array, whole: boolean) => void
}

/** A window's side. The doc is empty or holds what it held before; its first state comes with `synced`. */
export function connectReplica({ doc, awareness, channel, receiving }: ReplicaLink): Replica {
  const pendingChanged = new Emitter<number>()
  const faulted = new Emitter<ChannelFault>()
  const connectedChanged = new Emitter<boolean>()
  let settle: () => void = () => {}
  const synced = new Promise<void>((resolve) => {
    settle = resolve
  })
  /** Updates that no frame of this channel carries yet: made while it was away or before its step 1 came. */
  let waiting = 0
  let sent = 0
  let acked = 0
  let session: ChannelSession | null = null
  let closed = false

  const pending = () => waiting + sent - acked
  const count = (change: () => void) => {
    const before = pending()
    change()
    if (pending() !== before) pendingChanged.emit(pending())
  }

  const attach = (next: ByteChannel) => {
    session?.end()
    count(() => {
      waiting += sent - acked
      sent = 0
      acked = 0
    })
    const own: ChannelSession = new ChannelSession(
      { doc, awareness, channel: next },
      {
        fillsFirst: true,
        receiving: (update, whole) => receiving?.(update, whole),
        update: (whole) => {
          if (whole) settle()
        },
        sentUpdate: (whole) =>
          count(() => {
            if (whole) waiting = 0
            sent++
          }),
        acked: (total) =>
          count(() => {
            acked = Math.max(acked, Math.min(total, sent))
          }),
        fault: (fault) => faulted.emit(fault),
        ended: () => {
          if (session !== own) return
          session = null
          connectedChanged.emit(false)
        },
      },
    )
    session = own
    connectedChanged.emit(true)
  }
  // not `update`: Yjs would encode what comes for a listener that only counts
  const onTransaction = (transaction: Y.Transaction) => {
    if (transaction.origin instanceof ChannelSession || session?.joined) return
    if (hasWritten(transaction)) count(() => waiting++)
  }
  doc.on('afterTransactionCleanup', onTransaction)
  attach(channel)

  return {
    synced,
    get pending() {
      return pending()
    },
    get connected() {
      return session !== null
    },
    onPending: (listener) => pendingChanged.on(listener),
    onFault: (listener) => faulted.on(listener),
    onConnected: (listener) => connectedChanged.on(listener),
    reconnect: (next) => {
      if (closed) next.close()
      else attach(next)
    },
    close: () => {
      closed = true
      doc.off('afterTransactionCleanup', onTransaction)
      session?.end()
    },
  }
}

const hasWritten = ({ deleteSet, beforeState, afterState }: Y.Transaction): boolean =>
  deleteSet.clients.size > 0 || [...afterState].some(([client, clock]) => beforeState.get(client) !== clock)
