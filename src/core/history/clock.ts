const HOUR = 3_600_000
/** A clock that goes on for so long without a leap is right. */
const TRIAL = 24 * HOUR
/** The longest time between two looks at it that is no leap: a night and a day. */
const LEAP = 36 * HOUR

/**
 * What is known of this computer's clock. A clock that was set ten years ahead must not make every version old, so a
 * time is believed only after it went on for a day without a leap (SPEC.md, H9).
 */
export type SeenClock = {
  /** Milliseconds since 1970. */
  readonly believed: number
  /** Since when it goes on without a leap, and when it was looked at last. */
  readonly since: number
  readonly last: number
}

/** After a look at the clock. `seen` is null at the very first. */
export function seeClock(seen: SeenClock | null, now: number): SeenClock {
  if (!seen) return { believed: now, since: now, last: now }
  const isLeap = now < seen.last || now - seen.last > LEAP
  const since = isLeap ? now : seen.since
  const believed = now - since >= TRIAL ? now : seen.believed
  return { believed, since, last: now }
}

/** The time that ages are counted against: never later than the clock says, nor than is believed. */
export const believedTime = ({ believed, last }: SeenClock): number => Math.min(believed, last)
