import type { Version } from './version.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** Four weeks, so that every span is a whole number of the one before it: see H8. */
const MONTH = 4 * WEEK

/** From an age on, ms, one version of each span stays: the last that was kept in it. */
const SPANS = [
  { age: DAY, span: HOUR },
  { age: 7 * DAY, span: DAY },
  { age: 90 * DAY, span: WEEK },
  { age: 2 * 365 * DAY, span: MONTH },
] as const
/** How long the versions before a big change stay, ms. */
const CHANGE_KEPT = 90 * DAY

/**
 * The versions of a note that may go (SPEC.md, H7 to H9).
 * @param versions in the order in which they were kept
 * @param now milliseconds since 1970, as far as the clock is believed (clock.ts)
 */
export function thin(versions: readonly Version[], now: number): Version[] {
  const gone: Version[] = []
  const taken = new Set<string>()
  // From the last to the first: whoever is met first in a span is its last.
  for (let at = versions.length - 1; at >= 0; at--) {
    const version = versions[at] as Version
    const span = spanOf(version.at, now)
    if (span === null) continue
    const isLast = !taken.has(span)
    taken.add(span)
    const isEnd = at === 0 || at === versions.length - 1
    if (!isLast && !isEnd && !staysAnyway(version, versions[at - 1], now)) gone.push(version)
  }
  return gone.reverse()
}

function staysAnyway(version: Version, former: Version | undefined, now: number): boolean {
  const { name, pins, reason } = version
  if (name !== null || pins.length > 0 || reason === 'first') return true
  // The one after it is what the change left: without that nobody could tell what was written since (H7).
  return isBeforeChange(version, now) || (former !== undefined && isBeforeChange(former, now))
}

const isBeforeChange = ({ change, at }: Version, now: number): boolean => change !== null && now - at < CHANGE_KEPT

/** The span that a version shares with others; null while it is too young. Only whole spans are old (H8). */
function spanOf(at: number, now: number): string | null {
  let found: string | null = null
  for (const { age, span } of SPANS) {
    const number = Math.floor(at / span)
    if (now - (number + 1) * span >= age) found = `${span}:${number}`
  }
  return found
}

/** The newest version at or before a time; null where there is none (H10). */
export function versionAt(versions: readonly Version[], at: number): Version | null {
  let found: Version | null = null
  for (const version of versions) if (version.at <= at && (!found || version.at >= found.at)) found = version
  return found
}

/** A run of what one client wrote: `length` units from `clock` on. */
export type Written = { readonly client: number; readonly clock: number; readonly length: number }

/**
 * Between which times something was written, as far as versions tell (H11): after the last version without it, until
 * the first one with it. Null where that is not known: before all versions, or since the last.
 */
export function writtenBetween(
  versions: readonly Version[],
  runs: readonly Written[],
): { from: number | null; to: number | null } {
  let first = versions.length
  let last = -1
  for (const { client, clock, length } of runs) {
    first = Math.min(first, firstWith(versions, client, clock))
    last = Math.max(last, firstWith(versions, client, clock + length - 1))
  }
  const from = versions[first - 1]?.at ?? null
  const to = versions[last]?.at ?? null
  // A clock that was set back in between says nothing.
  return from !== null && to !== null && from > to ? { from: null, to: null } : { from: last < 0 ? null : from, to }
}

function firstWith(versions: readonly Version[], client: number, clock: number): number {
  const found = versions.findIndex(({ clocks }) => (clocks[String(client)] ?? 0) > clock)
  return found < 0 ? versions.length : found
}
