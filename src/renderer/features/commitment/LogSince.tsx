import type { NoteId } from '../../../core/base/ids.ts'
import { entryDay } from '../../../core/commitment/entry.ts'
import { logRows } from './log-rows.ts'
import { useCommitment } from './use-commitment.ts'
import { WORDS } from './words.ts'

/** How much a commitment's log says, and since when; nothing for any other note. */
export function LogSince({ id }: { id: NoteId }) {
  const commitment = useCommitment(id)
  const rows = commitment ? logRows(commitment.entries) : []
  const first = rows.findLast(({ entry }) => entryDay(entry) !== '')
  if (!commitment || !first) return null
  return <span>{WORDS.logSince(rows.length, entryDay(first.entry), commitment.today)}</span>
}
