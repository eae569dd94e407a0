import type { Disposer } from '../../core/base/disposable.ts'

/** Time as the network asks for it. Simulations put their own in its place. */
export type Clock = {
  /** Milliseconds since 1970. Only differences and the day are used. */
  now(): number
  /** Runs once, `ms` from now, unless it is disposed of first. */
  after(ms: number, run: () => void): Disposer
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}
