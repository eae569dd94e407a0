import { z } from 'zod'
import { bytesShape } from './shapes.ts'

/**
 * The journal of a vault (ARCHITECTURE, "Second copy"; rules J… in src/main/journal/SPEC.md): main writes down
 * whatever the vault worker stores. Records travel on a port of their own as they come, unasked; questions are
 * calls of ipc/keeper-contract.ts.
 */

/** Key of the vault doc among the ids of notes. No note can have it: ids are 21 characters or more (core/base/ids.ts). */
export const VAULT_KEY = 'vault'

/**
 * - `update`: a Yjs update of the doc `key` (a note's id, or VAULT_KEY). They add up.
 * - `head`: the NoteHead of the note `key` as JSON. The last one counts; updates of the note that come after it
 *   make it a head of an older state.
 * - `attachment`: a StoredAttachment as JSON, `key` its path; empty bytes: the path is no more. The last one counts.
 * - `purge`: everything of the note `key` before this is to leave the disk. `bytes` is empty.
 */
export const journalRecordShape = z.object({
  kind: z.enum(['update', 'head', 'attachment', 'purge']),
  key: z.string().min(1).max(4096),
  bytes: bytesShape,
})
export type JournalRecord = z.infer<typeof journalRecordShape>

/** Records have numbers from 1, without gaps, given in the order of their arrival. */
export const toJournalShape = z.object({
  /** The number of the first of `records`. What the journal has already is passed over, a gap is refused. */
  first: z.number().int().positive(),
  records: z.array(journalRecordShape),
})
export type ToJournal = z.infer<typeof toJournalShape>

export const journalFaultShape = z.enum(['full', 'read-only', 'broken'])
export type JournalFault = z.infer<typeof journalFaultShape>

export const fromJournalShape = z.union([
  /** First message on the port: the number of the last record there is; 0 in an empty journal. */
  z.object({ opened: z.number().int() }),
  /** Everything up to this number has been given to the system, so it outlives this program. */
  z.object({ written: z.number().int() }),
  /** Everything up to this number is on the disk (fsync), so it outlives the power. */
  z.object({ synced: z.number().int() }),
  /** It cannot write. What it was sent is kept in memory and written when it can again, which null says. */
  z.object({ fault: journalFaultShape.nullable() }),
])
export type FromJournal = z.infer<typeof fromJournalShape>
