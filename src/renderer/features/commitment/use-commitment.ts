import type { NoteId } from '../../../core/base/ids.ts'
import type { LogEntry } from '../../../core/commitment/entry.ts'
import { type CommitmentFacts, readFacts } from '../../../core/commitment/facts.ts'
import { type CommitmentReading, readCommitment } from '../../../core/commitment/reading.ts'
import { type NoteDetails, useNote } from '../../platform/notes.ts'
import { useVault } from '../../platform/use-live.ts'
import { useToday } from '../../platform/use-today.ts'
import { useSession } from '../../state/session.ts'

/** A commitment as its page shows it: what is typed of it, what its log says, and from whose seat. */
export type Commitment = {
  readonly id: NoteId
  readonly note: NoteDetails
  readonly facts: CommitmentFacts
  readonly entries: readonly LogEntry[]
  readonly reading: CommitmentReading
  readonly today: string
  /** The reader's name; '' while it is not known. */
  readonly me: string
}

/** null for a note of another kind, and while it is not known yet. */
export function useCommitment(id: NoteId): Commitment | null {
  const { data: note } = useNote(id)
  return useReading(id, note?.kind === 'commitment' ? note : null)
}

/** The same of a note of any kind: one that was a commitment keeps its log. null while it is not known yet. */
export function useLogged(id: NoteId): Commitment | null {
  const { data: note } = useNote(id)
  return useReading(id, note)
}

function useReading(id: NoteId, note: NoteDetails | null): Commitment | null {
  const { data: log } = useVault(note && `log:${id}`, (vault) => vault.call('noteLog', { id }))
  const me = useSession(({ settings }) => settings.personName)
  const today = useToday()
  if (!note || !log) return null
  const facts = readFacts(note.properties)
  return { id, note, facts, entries: log.entries, reading: readCommitment(facts, log.entries, today), today, me }
}
