import type { LogEntry } from './entry.ts'
import { lastAmong, type Seen, seenBy } from './order.ts'

export const STATUSES = ['considering', 'in progress', 'kept', 'pivoted', 'dropped'] as const
export type Status = (typeof STATUSES)[number]

const AFTER: Readonly<Record<string, Status>> = {
  opened: 'in progress',
  proceed: 'in progress',
  parked: 'considering',
  kept: 'kept',
  pivot: 'pivoted',
  dropped: 'dropped',
}

export const isClosed = (status: Status): boolean => status === 'kept' || status === 'pivoted' || status === 'dropped'

/** `twice`: people who did not see each other's entries ended it differently; it is open until an entry settles it. */
export type StatusReading = { readonly status: Status; readonly twice: boolean }

/** The entries that decide the status (G5): of those that speak of it, the ones that no other of them saw. */
export function decidingEntries(entries: readonly LogEntry[], seen: Seen = seenBy(entries)): readonly LogEntry[] {
  return lastAmong(
    entries.filter(({ type }) => Object.hasOwn(AFTER, type)),
    seen,
  )
}

/**
 * What the log says of the status (G5): the last words that nobody who spoke later had seen decide, by what each
 * entry saw and never by time or place. null where no entry speaks of it.
 */
export const statusOf = (entries: readonly LogEntry[]): StatusReading | null => statusAfter(decidingEntries(entries))

/** The same of the entries that decide. */
export function statusAfter(deciding: readonly LogEntry[]): StatusReading | null {
  const [only, another] = new Set(deciding.map(({ type }) => AFTER[type] as Status))
  if (only === undefined) return null
  return another === undefined ? { status: only, twice: false } : { status: 'in progress', twice: true }
}
