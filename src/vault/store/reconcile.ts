import * as Y from 'yjs'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import { LOCAL } from '../../crdt/origins.ts'
import type { NoteHead, NoteStore } from '../../crdt/store.ts'
import { readVault } from '../../crdt/vault-doc.ts'
import { VAULT_KEY } from '../../ipc/journal-port.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Client, Output } from '../../ipc/rpc.ts'
import { lacking } from './doc-difference.ts'
import { headFromState } from './head-from-state.ts'
import type { Journal } from './journal.ts'
import {
  attachmentRecord,
  decodeAttachment,
  decodeHead,
  headRecord,
  isShort,
  purgeRecord,
  updateRecord,
} from './journal-records.ts'
import { loadMended } from './mend.ts'

/** Notes between two pauses: typing and the index come first. */
const BATCH = 32

type JournalIndex = Output<typeof keeperContract, 'journalIndex'>

export type ReconcileParts = {
  readonly store: NoteStore
  readonly journal: Journal
  readonly keeper: Client<typeof keeperContract>
  /** As stored; put back heads are set here too. */
  readonly heads: Map<NoteId, NoteHead>
  readonly vaultDoc: Y.Doc | null
  readonly opened: (id: NoteId) => Y.Doc | undefined
  /** Deleted in this run. */
  readonly isGone: (id: NoteId) => boolean
  /** One task of a note at a time. */
  readonly run: <T>(id: NoteId, task: () => Promise<T>) => Promise<T>
  /** From now on clean heads may be written down, but for these notes until they have been merged. */
  readonly releaseHeads: (isOther: (id: NoteId) => boolean) => void
  readonly putBack: (heads: readonly NoteHead[]) => void
}

export type Found = { readonly missing: number; readonly changed: number }

/**
 * Store and journal, compared by heads and merged both ways where those differ. A vault that has no journal yet
 * is written into one by this, and it goes on where an end of the program cut it off: what has been written is
 * equal by then.
 */
export async function reconcile(parts: ReconcileParts, everything = false): Promise<Found> {
  const { keeper, heads, journal } = parts
  const index = await keeper.call('journalIndex', {})
  const purged = new Set<NoteId>(parts.vaultDoc ? readVault(parts.vaultDoc).purged.keys() : [])
  const lacksNotes = isShort(index.docs, (id) => heads.has(id) || purged.has(id) || parts.isGone(id))
  const other = differing(index, heads, purged, everything || lacksNotes || index.damage !== null)
  parts.releaseHeads((id) => other.has(id))
  // A purge that an end of the program cut off.
  for (const { key } of index.docs) {
    const id = noteId(key)
    if (key !== VAULT_KEY && (purged.has(id) || heads.get(id)?.state === 'purged')) journal.append([purgeRecord(key)])
  }
  await reconcileVault(parts)
  await reconcileAttachments(parts, index)
  const ids = [...other]
  const headBytes = new Map(index.docs.map(({ key, head }) => [key, head]))
  const found = { missing: 0, changed: 0 }
  for (let at = 0; at < ids.length; at += BATCH) {
    const part = ids.slice(at, at + BATCH)
    const read = await keeper.call('journalRead', { keys: part })
    const updates = new Map(read.map((one) => [one.key, one.updates]))
    const back: NoteHead[] = []
    for (const id of part) {
      const head = headBytes.get(id)
      const result = await parts.run(id, () =>
        reconcileNote(parts, id, updates.get(id) ?? [], head ? decodeHead(head) : null),
      )
      if (!result) continue
      found[result.was]++
      back.push(result.head)
    }
    if (back.length > 0) parts.putBack(back)
    await journal.room()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return found
}

/** Notes of which it is not certain that both hold the same. */
function differing(
  index: JournalIndex,
  heads: ReadonlyMap<NoteId, NoteHead>,
  purged: ReadonlySet<NoteId>,
  everything: boolean,
): Set<NoteId> {
  const other = new Set<NoteId>()
  const same = new Set<NoteId>()
  const gone = new Set<string>(index.purged)
  for (const { key, head, isLater } of index.docs) {
    const id = noteId(key)
    gone.delete(key)
    if (key === VAULT_KEY || purged.has(id)) continue
    const own = heads.get(id)
    if (own?.state === 'purged') continue
    const isSame = own && !own.dirty && !isLater && head && decodeHead(head)?.docHash === own.docHash
    // A head of a damaged journal may have lost the updates that it speaks of.
    if (isSame && !everything) same.add(id)
    else other.add(id)
  }
  for (const [id, { state }] of heads) {
    if (state !== 'purged' && !same.has(id) && !purged.has(id) && !gone.has(id)) other.add(id)
  }
  return other
}

async function reconcileNote(
  parts: ReconcileParts,
  id: NoteId,
  updates: readonly Uint8Array[],
  journalHead: NoteHead | null,
): Promise<{ was: 'missing' | 'changed'; head: NoteHead } | null> {
  const { store, journal, keeper, heads, opened } = parts
  const doc = opened(id)
  const before = heads.get(id)
  // Purged since the lists were compared.
  if (before?.state === 'purged' || parts.isGone(id)) return null
  const stored = doc ? Y.encodeStateAsUpdate(doc) : (await loadMended(store, keeper, id)).update
  const toStore = lacking(stored ? [stored] : [], updates)
  const toJournal = lacking(updates, stored ? [stored] : [])
  if (toJournal) journal.append([updateRecord(id, toJournal)])
  if (!toStore) {
    const head = heads.get(id)
    if (head && head === before && !head.dirty) journal.append([headRecord(head)])
    return null
  }
  if (doc) {
    Y.applyUpdate(doc, toStore, LOCAL)
    return null
  }
  const head = { ...(before ?? journalHead ?? headFromState(id, toStore)), dirty: true }
  await store.appendInbox([{ id, update: toStore, head }])
  heads.set(id, head)
  return { was: before && stored ? 'changed' : 'missing', head }
}

async function reconcileVault({ vaultDoc, keeper, journal }: ReconcileParts): Promise<void> {
  if (!vaultDoc) return
  const [read] = await keeper.call('journalRead', { keys: [VAULT_KEY] })
  const updates = read?.updates ?? []
  const state = vaultDoc.store.clients.size === 0 ? [] : [Y.encodeStateAsUpdate(vaultDoc)]
  const toJournal = lacking(updates, state)
  if (toJournal) journal.append([updateRecord(VAULT_KEY, toJournal)])
  const toStore = lacking(state, updates)
  if (toStore) Y.applyUpdate(vaultDoc, toStore, LOCAL)
}

async function reconcileAttachments({ store, journal }: ReconcileParts, index: JournalIndex): Promise<void> {
  const own = await store.attachments()
  const listed = index.attachments.flatMap((bytes) => decodeAttachment(bytes) ?? [])
  const inJournal = new Map(listed.map((one) => [one.path, one.sha256]))
  const missing = own.filter(({ path, sha256 }) => inJournal.get(path) !== sha256)
  if (missing.length > 0) journal.append(missing.map(attachmentRecord))
}
