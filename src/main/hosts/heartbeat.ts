export type HeartbeatOptions = {
  /** Settles when the other side has answered. A rejection counts as an answer: somebody else notices a closed port. */
  readonly ask: () => Promise<unknown>
  readonly onSilent: () => void
  readonly tick?: (run: () => void) => () => void
}

const TICK_MS = 5000
/** The first answer waits until the store has opened and every dirty note is hashed. */
const FIRST_TICKS = 60
const TICKS = 12

const everyTick = (run: () => void): (() => void) => {
  const timer = setInterval(run, TICK_MS)
  return () => clearInterval(timer)
}

/**
 * Notices a side that no longer answers, though its process lives. Counts ticks, not the clock: a computer
 * that slept for an hour has missed none.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #stop: () => void
  #waiting = 0
  #asking = false
  #answeredOnce = false

  constructor(options: HeartbeatOptions) {
    this.#options = options
    this.#stop = (options.tick ?? everyTick)(() => this.#onTick())
  }

  stop(): void {
    this.#stop()
  }

  #onTick(): void {
    if (this.#asking) {
      this.#waiting++
      if (this.#waiting < (this.#answeredOnce ? TICKS : FIRST_TICKS)) return
      this.#stop()
      this.#options.onSilent()
      return
    }
    this.#asking = true
    this.#waiting = 0
    const answered = () => {
      this.#asking = false
      this.#answeredOnce = true
    }
    this.#options.ask().then(answered, answered)
  }
}
