import type { Clock } from '../main/network/clock.ts'

export type VirtualClock = Clock & {
  /** Runs what is due next, at its time; false when nothing waits. Promises that settled meanwhile have run. */
  step(): Promise<boolean>
  /** Runs everything that is due in the next `ms`. */
  run(ms: number): Promise<void>
}

/** Time that passes when a test says so. What is due at the same moment runs in the order in which it was asked for. */
export function virtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start
  let asked = 0
  let waiting: { at: number; order: number; run: () => void }[] = []

  const step = async (until = Number.POSITIVE_INFINITY) => {
    await promises()
    let next = waiting[0]
    for (const one of waiting) {
      if (next && (one.at < next.at || (one.at === next.at && one.order < next.order))) next = one
    }
    if (!next || next.at > until) return false
    waiting = waiting.filter((one) => one !== next)
    now = Math.max(now, next.at)
    next.run()
    await promises()
    return true
  }

  return {
    now: () => now,
    after: (ms, run) => {
      const entry = { at: now + Math.max(0, ms), order: asked++, run }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((one) => one !== entry)
      }
    },
    step: () => step(),
    run: async (ms) => {
      const until = now + ms
      while (await step(until));
      now = until
    },
  }
}

/** Long chains of promises settle before the clock goes on. */
async function promises(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve()
}
