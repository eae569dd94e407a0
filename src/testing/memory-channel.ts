import type { ByteChannel } from '../crdt/byte-channel.ts'

/** Two ends of a channel. Frames wait until `deliver`, so that a test decides what has arrived. */
export type ChannelPair = {
  readonly near: ByteChannel
  readonly far: ByteChannel
  /** Delivers one waiting frame, the oldest; false when there is none. */
  step(): boolean
  /** Delivers everything, and what is sent in answer. */
  deliver(): void
  /** Both ends close; what was on the way is lost. */
  cut(): void
  /** Frames that were delivered, in order. */
  readonly delivered: { readonly to: 'near' | 'far'; readonly frame: Uint8Array }[]
}

export function channelPair(): ChannelPair {
  type End = {
    frame: ((frame: Uint8Array) => void) | null
    close: (() => void)[]
    early: Uint8Array[]
  }
  const ends: Record<'near' | 'far', End> = {
    near: { frame: null, close: [], early: [] },
    far: { frame: null, close: [], early: [] },
  }
  let waiting: { to: 'near' | 'far'; frame: Uint8Array }[] = []
  let open = true
  const delivered: ChannelPair['delivered'] = []

  const cut = () => {
    if (!open) return
    open = false
    waiting = []
    for (const end of [ends.near, ends.far]) for (const listener of end.close) listener()
  }
  const end = (own: 'near' | 'far', other: 'near' | 'far'): ByteChannel => ({
    send: (frame) => {
      // A port copies: whoever changes a buffer that was sent must not change what arrives.
      if (open) waiting.push({ to: other, frame: frame.slice() })
    },
    onFrame: (listener) => {
      ends[own].frame = listener
      for (const frame of ends[own].early.splice(0)) listener(frame)
    },
    onClose: (listener) => ends[own].close.push(listener),
    close: cut,
  })
  const step = () => {
    const next = waiting.shift()
    if (!next) return false
    delivered.push(next)
    const target = ends[next.to]
    if (target.frame) target.frame(next.frame)
    else target.early.push(next.frame)
    return true
  }
  return {
    near: end('near', 'far'),
    far: end('far', 'near'),
    step,
    deliver: () => {
      while (step());
    },
    cut,
    delivered,
  }
}
