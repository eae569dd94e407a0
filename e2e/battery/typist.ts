import type { ElectronApplication } from '@playwright/test'
import { expect } from '../support/fixtures.ts'
import { beforeEachPage, inWindow, readInWindow } from './page-script.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
/** Keys that wait for their acknowledgement at most. */
const AHEAD = 20
/** What is typed in a round is the same each time, so what is found afterwards can be judged by itself. */
export const typedText = (keys: number): string => LETTERS.repeat(Math.ceil(keys / LETTERS.length)).slice(0, keys)

export type Typed = {
  /** Keys of this round, each of them one update. */
  readonly keys: number
  /** How many of them were known to be durable. */
  readonly kept: number
  /** Acknowledgements that came in this round. */
  readonly acks: number
}

type Probe = {
  port: MessagePort | null
  sent: number
  acked: number
  acks: number
  keys: number
  /** Before the keys of this round. */
  start: { sent: number; acks: number }
  timer: number
}
type Scope = { probe: Probe }

/**
 * Watches the frames of the note's port from outside the app's code, by wrapping the page's own MessagePort: frame 0 with
 * message 1 (step 2) or 2 is an update, frame 2 an acknowledgement and how many updates it covers
 * (src/crdt/channel-session.ts).
 */
function installProbe(): void {
  const probe: Probe = { port: null, sent: 0, acked: 0, acks: 0, keys: 0, start: { sent: 0, acks: 0 }, timer: 0 }
  ;(window as unknown as Scope).probe = probe
  const post = MessagePort.prototype.postMessage
  MessagePort.prototype.postMessage = function (this: MessagePort, ...args: unknown[]) {
    const [data] = args
    if (data instanceof Uint8Array && data[0] === 0) {
      if (this !== probe.port) {
        // Step 1 is the first frame of a session: its updates are counted from here.
        Object.assign(probe, { port: this, sent: 0, acked: 0, acks: 0, start: { sent: 0, acks: 0 } })
        this.addEventListener('message', ({ data: frame }) => {
          if (probe.port !== this || !(frame instanceof Uint8Array) || frame[0] !== 2) return
          let [value, scale] = [0, 1]
          for (const byte of frame.subarray(1)) {
            value += (byte & 127) * scale
            scale *= 128
            if (byte < 128) break
          }
          probe.acked = value
          probe.acks++
        })
      }
      if (data[1] !== 0) probe.sent++
    }
    return Reflect.apply(post, this, args)
  }
}

/** Writes into the note in front of the window as input events do, one a task and faster than anybody types. */
export class Typist {
  readonly #electron: ElectronApplication

  private constructor(electron: ElectronApplication) {
    this.#electron = electron
  }

  /** Loads the window again. */
  static async at(electron: ElectronApplication): Promise<Typist> {
    await beforeEachPage(electron, installProbe)
    return new Typist(electron)
  }

  /** The paragraphs of the note in front; null while there is none. */
  async paragraphs(): Promise<string[] | null> {
    const read = () => {
      const shown = document.querySelector('.content-layer:not([hidden]) [aria-label="Text of the note"]')
      if (shown?.getAttribute('contenteditable') !== 'true') return null
      return [...shown.querySelectorAll('p')].map((p) => p.textContent ?? '')
    }
    return readInWindow(this.#electron, read, null).catch(() => null)
  }

  /** Waits until a note that says `words` can be written into. */
  async ready(words: string): Promise<string[]> {
    let found: string[] | null = null
    const read = async () => {
      found = await this.paragraphs()
      return found?.join('\n') ?? ''
    }
    await expect.poll(read, { timeout: 20_000, intervals: [20, 20, 50, 100] }).toContain(words)
    return found ?? []
  }

  /** A new paragraph at the end, known to be durable; then one letter every `every` ms until `state` is asked to stop. */
  async start(every: number): Promise<void> {
    const begin = () => {
      const shown = document.querySelector<HTMLElement>('.content-layer:not([hidden]) [aria-label="Text of the note"]')
      if (!shown) throw new Error('there is no note')
      shown.focus()
      const selection = window.getSelection()
      selection?.selectAllChildren(shown.lastElementChild ?? shown)
      selection?.collapseToEnd()
      const count = shown.querySelectorAll('p').length
      const enter = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }
      return new Promise<void>((resolve) => {
        setTimeout(() => shown.dispatchEvent(new KeyboardEvent('keydown', enter)), 50)
        const timer = setInterval(() => {
          if (shown.querySelectorAll('p').length === count) return
          clearInterval(timer)
          resolve()
        }, 10)
      })
    }
    await inWindow(this.#electron, begin, null)
    await expect.poll(() => this.isKept(), { intervals: [20] }).toBe(true)
    const type = ({ every, letters, ahead }: { every: number; letters: string; ahead: number }) => {
      const { probe } = window as unknown as Scope
      probe.keys = 0
      probe.start = { sent: probe.sent, acks: probe.acks }
      probe.timer = window.setInterval(() => {
        // No further ahead than a person is on a slow disk: a backlog of thousands would be another test.
        if (probe.sent - probe.acked > ahead) return
        document.execCommand('insertText', false, letters[probe.keys % letters.length])
        probe.keys++
      }, every)
    }
    await inWindow(this.#electron, type, { every, letters: LETTERS, ahead: AHEAD })
  }

  /** Whether something was sent and all of it is acknowledged. */
  async isKept(): Promise<boolean> {
    const isAcked = () => {
      const { probe } = window as unknown as Scope
      return probe.sent > 0 && probe.acked === probe.sent
    }
    return readInWindow(this.#electron, isAcked, null)
  }

  async state(): Promise<Typed & { readonly sent: number }> {
    const read = () => {
      const { sent, acked, acks, keys, start } = (window as unknown as Scope).probe
      return { keys, sent: sent - start.sent, kept: Math.max(0, acked - start.sent), acks: acks - start.acks }
    }
    return readInWindow(this.#electron, read, null)
  }

  /** How many keys there were in the end. */
  async stop(): Promise<number> {
    const end = () => {
      const { probe } = window as unknown as Scope
      window.clearInterval(probe.timer)
      return probe.keys
    }
    return readInWindow(this.#electron, end, null)
  }

  /** Types until so many acknowledgements have come and then for `more` ms; what is known last is a lower bound. */
  async typeUntil(acks: number, more: number, every: number): Promise<Typed> {
    await this.start(every)
    let state = await this.state()
    const limit = performance.now() + 60_000
    while (state.acks < acks) {
      if (performance.now() > limit) throw new Error(`only ${state.acks} acknowledgements in a minute`)
      state = await this.state()
    }
    const end = performance.now() + more
    while (performance.now() < end) state = await this.state()
    // Updates leave when their letters are painted: those of the last frame may still be in the page.
    const { keys } = state
    await expect
      .poll(async () => {
        state = await this.state()
        return state.sent
      })
      .toBeGreaterThanOrEqual(keys)
    expect(state.sent, 'no key is more than one update').toBeLessThanOrEqual(state.keys)
    return state
  }
}
