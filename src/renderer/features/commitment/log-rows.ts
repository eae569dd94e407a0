import type { LogEntry } from '../../../core/commitment/entry.ts'
import { orderLog } from '../../../core/commitment/order.ts'
import type { Status } from '../../../core/commitment/status.ts'

/** An entry as it is shown: with the one that withdrew it, which has no row of its own. */
export type LogRow = { readonly entry: LogEntry; readonly withdrawn: LogEntry | null }

/** The log as it is read, newest first. */
export function logRows(entries: readonly LogEntry[]): LogRow[] {
  const ordered = orderLog(entries)
  const ids = new Set(ordered.map(({ id }) => id))
  const withdrawals = new Map<string, LogEntry>()
  for (const entry of ordered) {
    const of = entry.type === 'withdrawn' ? entry.details.of : undefined
    if (typeof of === 'string' && ids.has(of) && !withdrawals.has(of)) withdrawals.set(of, entry)
  }
  const shown = ordered.filter(
    ({ type, details }) => type !== 'withdrawn' || !withdrawals.has(String(details.of ?? '')),
  )
  return shown.toReversed().map((entry) => ({ entry, withdrawn: withdrawals.get(entry.id) ?? null }))
}

/** What its mark on the thread says: a status that it made, a review, or something seen. */
export function markOf({ type }: LogEntry): Status | 'review' | 'dot' {
  switch (type) {
    case 'opened':
    case 'parked':
      return 'considering'
    case 'kept':
      return 'kept'
    case 'pivot':
      return 'pivoted'
    case 'dropped':
      return 'dropped'
    case 'review':
    case 'proceed':
      return 'review'
    default:
      return 'dot'
  }
}

/** Who wrote it, from the seat of whoever reads; a name that is not known is the reader's own (issue 7 has keys). */
export const isOwn = (author: string, me: string): boolean => author === '' || author === me

const SAYS: Readonly<Record<string, string>> = {
  pivot: 'pivoted',
  proceed: 'proceed',
}

/** "Jonas saw", "review", "evidence, Jonas", "withdrawn by Jonas". `long`: beside a review, where who and how are said. */
export function sayWhat({ entry, withdrawn }: LogRow, me: string, long = false): string {
  if (withdrawn) return `withdrawn by ${isOwn(withdrawn.author, me) ? 'you' : withdrawn.author}`
  const mine = isOwn(entry.author, me)
  const who = mine ? 'you' : entry.author
  switch (entry.type) {
    case 'saw':
      return mine && !long ? 'saw' : `${who} saw`
    case 'invited':
    case 'accepted':
    case 'declined': {
      const person = typeof entry.details.person === 'string' ? entry.details.person : ''
      // who answers is who writes, unless it says of whom it speaks
      return isOwn(person || entry.author, me)
        ? `${long ? 'you ' : ''}${entry.type}`
        : `${person || entry.author} ${entry.type}`
    }
    default: {
      const answers = entry.details.review !== undefined && entry.type !== 'review'
      const did = SAYS[entry.type] ?? entry.type
      const what = answers ? (entry.type === 'proceed' && !long ? 'review' : `review, ${did}`) : did
      if (mine) return long && !answers && entry.type !== 'evidence' ? `${what} by you` : what
      return answers || entry.type === 'evidence' ? `${what}, ${who}` : `${what} by ${who}`
    }
  }
}
