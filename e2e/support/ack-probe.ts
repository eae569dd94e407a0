import type { Page } from '@playwright/test'

/** A frame of the note's own port: when an update was sent, and when so many of them were known to be durable. */
export type Acknowledgements = {
  /** Page time of each update that was sent, in order. */
  readonly sent: readonly number[]
  /** Page time of each acknowledgement, with how many updates it covers. */
  readonly acked: readonly { readonly at: number; readonly count: number }[]
  /** Page time of each key of one character. */
  readonly keys: readonly number[]
  /** Page time now. */
  readonly now: number
}

type Probe = { sent: number[]; acked: { at: number; count: number }[]; keys: number[] }
type Scope = { ackProbe?: Probe }

/**
 * Watches the frames of the note's port from outside the app's code, by wrapping the page's own MessagePort:
 * frame 0 with message 1 (step 2) or 2 is an update, frame 2 an acknowledgement (src/crdt/channel-session.ts). The page is
 * loaded again with the probe in place.
 */
export async function watchAcknowledgements(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: Probe = { sent: [], acked: [], keys: [] }
    window.addEventListener('keydown', ({ key }) => key.length === 1 && probe.keys.push(performance.now()), true)
    ;(window as unknown as Scope).ackProbe = probe
    const readVarUint = (bytes: Uint8Array, at: number): number => {
      let [value, shift, n] = [0, 1, at]
      for (let byte = bytes[n] ?? 0; ; byte = bytes[++n] ?? 0) {
        value += (byte & 127) * shift
        shift *= 128
        if (byte < 128) return value
      }
    }
    const post = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
      const [data] = args
      if (data instanceof Uint8Array && data[0] === 0 && data[1] !== 0) probe.sent.push(performance.now())
      return Reflect.apply(post, this, args)
    }
    const hear = ({ data }: MessageEvent) => {
      if (data instanceof Uint8Array && data[0] === 2)
        probe.acked.push({ at: performance.now(), count: readVarUint(data, 1) })
    }
    const own = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')
    Object.defineProperty(MessagePort.prototype, 'onmessage', {
      configurable: true,
      get: own?.get,
      set(this: MessagePort, listener: unknown) {
        this.addEventListener('message', hear)
        own?.set?.call(this, listener)
      },
    })
  })
  await page.reload()
}

export const acknowledgements = (page: Page): Promise<Acknowledgements> =>
  page.evaluate(() => {
    const { sent, acked, keys } = (window as unknown as Scope).ackProbe ?? { sent: [], acked: [], keys: [] }
    return { sent, acked, keys, now: performance.now() }
  })
