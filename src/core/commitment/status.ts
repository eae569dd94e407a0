import type { LogEntry } from './entry.ts'
import { seenBy } from './order.ts'

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

/** `twice`: people who did not see each other's entries ended it differently; it is open until an entry settles it. */
export type StatusReading = { readonly status: Status; readonly twice: boolean }

/**
 * What the log says of the status (G5): the last words that nobody who spoke later had seen decide, by what each
 * entry saw and never by time or place. null where no entry speaks of it.
 */
export function statusOf(entries: readonly LogEntry[]): StatusReading | null {
  const speaking = entries.filter(({ type }) => Object.hasOwn(AFTER, type))
  if (speaking.length === 0) return null
  const seen = seenBy(entries)
  const answered = new Set(speaking.flatMap(({ id }) => [...(seen.get(id) ?? [])]))
  const last = new Set(speaking.filter(({ id }) => !answered.has(id)).map(({ type }) => AFTER[type] as Status))
  const [only, another] = last
  if (only !== undefined && another === undefined) return { status: only, twice: false }
  return { status: 'in progress', twice: true }
}
