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
    leaving.delete(once)
    work()
  }
  runAtLeaving(once)
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

/** What is still to be done where the page goes. */
const leaving = new Set<() => void>()
let isWatching = false

/** By one listener for good: Chromium tells other processes of each that comes or goes, half a millisecond a key. */
function runAtLeaving(work: () => void): void {
  leaving.add(work)
  if (isWatching) return
  isWatching = true
  addEventListener('pagehide', () => {
    for (const each of [...leaving]) each()
  })
}

const turns: (() => void)[] = []
let turn: MessagePort | undefined

/** Not by a timer: those of a window that is not seen come once a second. */
export function inNextTask(work: () => void): Disposer {
  let isTakenBack = false
  turns.push(() => void (isTakenBack || work()))
  turn ??= openTurns()
  turn.postMessage(null)
  return () => {
    isTakenBack = true
  }
}

function openTurns(): MessagePort {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => turns.shift()?.()
  return port2
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
