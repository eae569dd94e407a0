import { type Day, isDay } from '../base/calendar-day.ts'
import { entryDay, type LogEntry } from './entry.ts'

/** What a mark counts towards. */
export type Towards = 'proceed' | 'pivot'

/** A detail as text; '' where it is missing or of another kind (G15). */
export function detailText({ details }: LogEntry, key: string): string {
  const value = Object.hasOwn(details, key) ? details[key] : ''
  return typeof value === 'string' ? value : ''
}

/** A detail as a day; '' where it is none. */
export function detailDay(entry: LogEntry, key: string): Day | '' {
  const text = detailText(entry, key)
  return isDay(text) ? text : ''
}

/** The day that an entry was written on, as its writer had it; '' where that is not known. */
export function dayOf(entry: LogEntry): Day | '' {
  const day = entryDay(entry)
  return isDay(day) ? day : ''
}

export function towardsOf(entry: LogEntry): Towards | null {
  const towards = detailText(entry, 'towards')
  return towards === 'proceed' || towards === 'pivot' ? towards : null
}

/** Ids of the notes that an entry cites; `'none'` where its writer said that there is no evidence, null for neither. */
export function citesOf({ details }: LogEntry): readonly string[] | 'none' | null {
  const { cites } = details
  if (cites === 'none') return 'none'
  const ids = (Array.isArray(cites) ? cites : [cites]).filter((id) => typeof id === 'string' && id !== '')
  return ids.length > 0 ? [...new Set(ids as string[])] : null
}

/** Ids of the entries that were withdrawn (G22), by whomever and in whatever order. */
export const withdrawnIds = (entries: readonly LogEntry[]): ReadonlySet<string> =>
  new Set(
    entries
      .filter(({ type }) => type === 'withdrawn')
      .map((entry) => detailText(entry, 'of'))
      .filter((id) => id !== ''),
  )
