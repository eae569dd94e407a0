import type { LogEntry } from '../../../core/commitment/entry.ts'
import { isMine } from '../../../core/commitment/ledger.ts'
import { orderLog } from '../../../core/commitment/order.ts'
import type { Ledger } from '../../platform/ledger.ts'
import { WORDS } from './words.ts'

/**
 * How it came to be over the limit, as far as the logs know: each computer asks before it goes over and keeps the
 * reason, so what went over without one was opened where the others were not known yet. Null where the logs do not
 * tell, as when the limit itself was lowered.
 */
export function howOver({
  limit,
  due,
  inProgress,
  me,
}: Pick<Ledger, 'limit' | 'due' | 'inProgress' | 'me'>): string | null {
  if (!limit.isOver) return null
  const begun = [...due, ...inProgress]
    .filter(({ reading }) => isMine(reading, me))
    .flatMap((commitment) => {
      const entry = beginning(commitment.entries)
      return entry ? [{ commitment, entry }] : []
    })
    .sort((a, b) => (a.entry.at < b.entry.at ? 1 : a.entry.at > b.entry.at ? -1 : 0))
  const reasoned = begun.find(({ commitment }) => commitment.reading.over !== null)
  const silent = begun.filter(({ commitment }) => commitment.reading.over === null)
  const byOther = silent.find(({ entry }) => entry.author !== '' && entry.author !== me)
  const devices = new Set(silent.map(({ entry }) => entry.device).filter(Boolean))
  if (begun.length - silent.length >= limit.mine - (limit.limit ?? 0) && reasoned) {
    return WORDS.wentOver(reasoned.commitment.title, reasoned.commitment.reading.over ?? '')
  }
  if (devices.size < 2) return null
  if (byOther) return WORDS.openedApart(byOther.entry.author, byOther.commitment.title)
  const [newest] = silent
  return newest ? WORDS.openedElsewhere(newest.commitment.title) : null
}

const BEGINS: ReadonlySet<string> = new Set(['opened', 'proceed'])
const ENDS: ReadonlySet<string> = new Set(['parked', 'kept', 'pivot', 'dropped'])

/** The entry by which it came to be in progress. */
function beginning(entries: readonly LogEntry[]): LogEntry | null {
  let found: LogEntry | null = null
  let isGoing = false
  for (const entry of orderLog(entries)) {
    if (BEGINS.has(entry.type)) {
      if (!isGoing || entry.type === 'opened') found = entry
      isGoing = true
    } else if (ENDS.has(entry.type)) isGoing = false
  }
  return found
}
