const FIRST_MS = 50
const LONGEST_MS = 10_000

/** How long to wait before a host is started again: at once for a single death, longer for a host that keeps dying. */
export const restartDelay = (deathsInTheLastMinute: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 4 ** Math.max(0, deathsInTheLastMinute - 1))
