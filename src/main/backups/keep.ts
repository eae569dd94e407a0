import { calendarDay } from '../../core/base/calendar-day.ts'

/** When archives are due and which of them stay. Days and weeks are those of this computer's calendar. */

export type Kept = {
  /** Absolute; what tells archives apart. */
  readonly path: string
  /** When it was made, ms since 1970, by the clock of that time. */
  readonly at: number
  readonly verified: boolean
}

const DAYS = 7
const WEEKS = 4
/** A clock that is put right by less than this did not jump. */
const LEEWAY_MS = 60 * 60_000

const two = (n: number) => String(n).padStart(2, '0')
const dayOf = (at: number): string => calendarDay(new Date(at))

/** The Thursday that the ISO week of `at` has: weeks start on Monday. */
function weekOf(at: number): string {
  const date = new Date(at)
  const fromMonday = (date.getDay() + 6) % 7
  return dayOf(new Date(date.getFullYear(), date.getMonth(), date.getDate() - fromMonday + 3, 12).getTime())
}

/** `2026-11-22 1405`, by the local clock: how an archive's name begins. */
export function stamp(at: number): string {
  const date = new Date(at)
  return `${dayOf(at)} ${two(date.getHours())}${two(date.getMinutes())}`
}

/**
 * No whole archive of this calendar day. One from the future counts as not there: the clock was wrong then, or is
 * now, and either way it says nothing about today.
 */
export function isDue(archives: readonly Kept[], now: number): boolean {
  return !archives.some(({ at, verified }) => verified && at <= now + LEEWAY_MS && dayOf(at) === dayOf(now))
}

/**
 * The archives that may go. Of whole ones stay the newest of each of the last 7 days that have any, and of those
 * older than that the newest of each of the last 4 weeks that have any: days and weeks without an archive use
 * nothing up, so however the clock jumps, no number of archives is ever deleted by the calendar alone. Those from
 * the future are sifted the same way for themselves, and neither push others out nor are pushed out. One that is
 * not whole stays until there is a newer whole one.
 */
export function toRemove(archives: readonly Kept[], now: number): string[] {
  const isFuture = ({ at }: Kept) => at > now + LEEWAY_MS
  const staying = new Set([...sift(archives.filter((a) => !isFuture(a))), ...sift(archives.filter(isFuture))])
  return archives.filter((archive) => !staying.has(archive)).map(({ path }) => path)
}

function sift(archives: readonly Kept[]): Kept[] {
  const newestFirst = [...archives].sort((a, b) => b.at - a.at || (a.path < b.path ? 1 : -1))
  const whole = newestFirst.filter(({ verified }) => verified)
  const daily = newestOfEach(whole, dayOf, DAYS)
  const oldest = daily.at(-1)?.at ?? Number.NEGATIVE_INFINITY
  const weekly = newestOfEach(
    whole.filter(({ at }) => at < oldest && dayOf(at) !== dayOf(oldest)),
    weekOf,
    WEEKS,
  )
  const newest = whole[0]?.at ?? Number.NEGATIVE_INFINITY
  return [...daily, ...weekly, ...newestFirst.filter(({ at, verified }) => !verified && at > newest)]
}

function newestOfEach(newestFirst: readonly Kept[], groupOf: (at: number) => string, most: number): Kept[] {
  const groups = new Map<string, Kept>()
  for (const archive of newestFirst) {
    const group = groupOf(archive.at)
    if (!groups.has(group) && groups.size < most) groups.set(group, archive)
  }
  return [...groups.values()]
}
