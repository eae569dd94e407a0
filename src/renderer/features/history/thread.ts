import type { BigChange, Version } from '../../../core/history/version.ts'
import { clockLabel, dayOf } from '../../ui/dates.ts'
import { capital, isNear, monthOf, shortDayOf } from './moments.ts'
import { WORDS } from './words.ts'

export type ThreadEntry = {
  readonly version: Version
  /** The name that a person gave, else when it was: "16:20", "16 Feb". */
  readonly label: string
  /** What it is: "You, 41 words added". */
  readonly line: string
}
/** The versions of a day, or of a month that is long past. */
export type ThreadGroup = { readonly heading: string; readonly entries: readonly ThreadEntry[] }

/** Kinds of the big changes of the vault, by their ids. */
export type ChangeKinds = ReadonlyMap<string, BigChange['kind']>

/**
 * Versions as the pane shows them, the newest first. `versions` stand in the order in which they were kept, and stay
 * in it: a clock that was set back makes a second group of a day, never another order.
 */
export function threadOf(versions: readonly Version[], now: Date, kinds: ChangeKinds): ThreadGroup[] {
  const groups: { heading: string; isDay: boolean; versions: Version[] }[] = []
  for (const version of versions.toReversed()) {
    const isDay = isNear(version.at, now)
    const heading = isDay ? capital(dayOf(version.at, now)) : monthOf(version.at, now)
    const last = groups.at(-1)
    if (last?.heading === heading) last.versions.push(version)
    else groups.push({ heading, isDay, versions: [version] })
  }
  return groups.map(({ heading, isDay, versions: members }) => {
    const days = members.map(({ at }) => shortDayOf(at))
    return {
      heading,
      entries: members.map((version) => {
        const day = shortDayOf(version.at)
        const isOnly = days.filter((other) => other === day).length === 1
        const clock = clockLabel(version.at)
        const when = isDay ? clock : isOnly ? day : `${day}, ${clock}`
        return {
          version,
          label: version.name ?? when,
          line: version.name === null ? WORDS.by(reasonOf(version, kinds)) : WORDS.namedByYou(when),
        }
      }),
    }
  })
}

/** Why a version was kept, or what was written up to it. */
export function reasonOf(version: Version, kinds: ChangeKinds): string {
  const kind = version.change === null ? undefined : kinds.get(version.change)
  switch (version.reason) {
    case 'first':
      return WORDS.firstKept(version.words)
    case 'before-import':
      return WORDS.before.import
    case 'before-merge':
      return WORDS.before.merge
    case 'before-restore':
      return WORDS.before.restore
    case 'before-bulk':
      return kind ? WORDS.before[kind] : WORDS.before.bulk
    case 'pause':
    case 'session':
    case 'named':
      return WORDS.delta(version.wordsAdded, version.wordsRemoved)
  }
}
