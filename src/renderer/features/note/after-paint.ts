import type { Disposer } from '../../../core/base/disposable.ts'
import type { ByteChannel } from '../../../crdt/byte-channel.ts'
import { isOwnAct } from '../../../crdt/channel-session.ts'

/**
 * Runs `work` when the page has painted what is on its way to the screen, soon where it paints nothing, and at once
 * where the page goes: what waited for a frame would go with it.
 */
export type AfterPaint = (work: () => void) => void

/** A window that is not seen paints no frames. */
const LATEST_MS = 100

export const whenPainted: AfterPaint = (work) => {
  if (typeof requestAnimationFrame !== 'function' || document.hidden) return work()
  let isDone = false
  const once = () => {
    if (isDone) return
    isDone = true
    clearTimeout(timer)
    removeEventListener('pagehide', once)
    work()
  }
  addEventListener('pagehide', once)
  const timer = setTimeout(once, LATEST_MS)
  requestAnimationFrame(() => {
    // posted in the frame, heard when it has been painted
    inNextTask(once)
  })
}

/** For work in pieces: the first waits until what is there is painted, each other for a task of its own. */
export function soonAfterPaint(): (work: () => void) => Disposer {
  let isFirst = true
  return (work) => {
    if (!isFirst) return inNextTask(work)
    isFirst = false
    let isTakenBack = false
    whenPainted(() => void (isTakenBack || work()))
    return () => {
      isTakenBack = true
    }
  }
}

/** Not by a timer: those of a window that is not seen come once a second. */
export function inNextTask(work: () => void): Disposer {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    work()
  }
  port2.postMessage(null)
  return () => port1.close()
}

/**
 * A channel on which edits and carets leave when the letter stands on the screen: handing them to another process
 * takes as long as drawing it. All frames stay in their order, and those that wait leave before the channel closes.
 */
export function afterPaint(channel: ByteChannel, later: AfterPaint = whenPainted): ByteChannel {
  let waiting: Uint8Array[] = []
  const flush = () => {
    const frames = waiting
    waiting = []
    for (const frame of frames) channel.send(frame)
  }
  return {
    ...channel,
    send: (frame) => {
      if (waiting.length === 0 && !isOwnAct(frame)) return channel.send(frame)
      waiting.push(frame)
      if (waiting.length === 1) later(flush)
    },
    close: () => {
      flush()
      channel.close()
    },
  }
}
