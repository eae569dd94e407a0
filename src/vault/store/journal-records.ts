import { isId, type NoteId, noteId } from '../../core/base/ids.ts'
import type { NoteHead, StoredAttachment } from '../../crdt/store.ts'
import { type JournalRecord, VAULT_KEY } from '../../ipc/journal-port.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const NONE = new Uint8Array()

export const updateRecord = (key: string, bytes: Uint8Array): JournalRecord => ({ kind: 'update', key, bytes })

/** What the index holds is the index's to say, so it is not written down. */
export const headRecord = (head: NoteHead): JournalRecord => ({
  kind: 'head',
  key: head.id,
  bytes: encoder.encode(JSON.stringify({ ...head, indexedHash: '' })),
})

/** Whether two heads are one record. */
export const isSameRecord = (a: NoteHead, b: NoteHead): boolean =>
  JSON.stringify({ ...a, indexedHash: '' }) === JSON.stringify({ ...b, indexedHash: '' })

export const attachmentRecord = (attachment: StoredAttachment): JournalRecord => ({
  kind: 'attachment',
  key: attachment.path,
  bytes: encoder.encode(JSON.stringify(attachment)),
})

export const attachmentGone = (path: string): JournalRecord => ({ kind: 'attachment', key: path, bytes: NONE })

export const purgeRecord = (key: string): JournalRecord => ({ kind: 'purge', key, bytes: NONE })

/**
 * Whether the journal has notes that a store does not know. Then older files of the store are gone while newer ones
 * are there, and what it says of its other notes proves nothing.
 */
export const isShort = (docs: readonly { readonly key: string }[], isKnown: (id: NoteId) => boolean): boolean =>
  docs.some(({ key }) => key !== VAULT_KEY && !isKnown(noteId(key)))

/** null where the bytes are no head; what it says is computed again from the doc anyway. */
export function decodeHead(bytes: Uint8Array): NoteHead | null {
  const value = parsed(bytes) as Partial<NoteHead> | null
  if (typeof value?.id !== 'string' || !isId(value.id)) return null
  if (typeof value.docHash !== 'string' || typeof value.title !== 'string') return null
  return value as NoteHead
}

export function decodeAttachment(bytes: Uint8Array): StoredAttachment | null {
  const value = parsed(bytes) as Partial<StoredAttachment> | null
  if (typeof value?.path !== 'string' || typeof value.sha256 !== 'string' || typeof value.size !== 'number') return null
  return value as StoredAttachment
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch {
    return null
  }
}
