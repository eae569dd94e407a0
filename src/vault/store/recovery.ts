import * as Y from 'yjs'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import type { InboxEntry, NoteHead, NoteStore, StoredAttachment } from '../../crdt/store.ts'
import { readVault } from '../../crdt/vault-doc.ts'
import { type JournalRecord, VAULT_KEY } from '../../ipc/journal-port.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import { CallError, type Client, type Output } from '../../ipc/rpc.ts'
import { applyReadable, lacking, lackingUpdates } from './doc-difference.ts'
import { headFromState, purgedHead } from './head-from-state.ts'
import type { Journal } from './journal.ts'
import { decodeAttachment, decodeHead, isShort } from './journal-records.ts'
import { loadMended } from './mend.ts'

/** Records since the mark beyond which everything is compared: reading the journal's own index is cheaper then. */
const LONG_TAIL = 20_000
/** Notes in one transaction, and read from the journal at once. */
const BATCH = 64
/** A kill costs the store what was typed in its last moments: putting that back is nothing to tell of. */
const SILENT_UPDATES = 100

type Keeper = Client<typeof keeperContract>
type JournalIndex = Output<typeof keeperContract, 'journalIndex'>

export type RecoveryParts = {
  readonly store: NoteStore
  readonly journal: Journal
  readonly keeper: Keeper
  readonly progress: (done: number, total: number) => void
}

export type Recovered = {
  readonly heads: Map<NoteId, NoteHead>
  /** Updates of the vault doc that the store may lack. The mark must not move before they are in it. */
  readonly vaultUpdates: readonly Uint8Array[]
  /** Whole notes that the store did not have, and notes whose text it had in part. */
  readonly missing: number
  readonly changed: number
  readonly wasEmpty: boolean
  /** The journal could not be asked: no mark may be set before everything has been compared. */
  readonly isPartial: boolean
  /** Worth a sentence: more than the last moments before a kill were lacking. */
  readonly isLoss: boolean
}

/**
 * Brings a store up to its journal before anybody reads it (SPEC.md, R1 to R6). Every step only adds, in
 * transactions of their own, and may run any number of times; the mark moves afterwards.
 */
export async function recover(parts: RecoveryParts): Promise<Recovered> {
  const { store, journal } = parts
  const [mark, heads] = await Promise.all([store.journalMark(), store.heads()])
  const run = new Recovery(parts, heads)
  const isEmpty = heads.length === 0
  // A journal that cannot be opened keeps nobody from a store that is there; an empty store it does, for who knows
  // what it should hold.
  const last = isEmpty ? await journal.opened : await openedOrFault(journal)
  if (last === null) return run.result(false, true)
  // The journal was lost or replaced: its numbers say nothing about this store, and what it lacks is written behind.
  if (mark > last) await store.setJournalMark(0)
  try {
    if (isEmpty && last > 0) await run.everything()
    else if (mark < last) await run.since(mark, last)
  } catch (error) {
    if (isEmpty || !(error instanceof CallError)) throw error
    return run.result(false, true)
  }
  return run.result(isEmpty, false)
}

/** Null where the journal says that it cannot be opened before it has been. */
function openedOrFault(journal: Journal): Promise<number | null> {
  return new Promise((resolve) => {
    const tell = () => {
      if (journal.fault) resolve(null)
    }
    const stop = journal.onFault(tell)
    void journal.opened.then(resolve).finally(stop)
    tell()
  })
}

type Group = { purged: boolean; updates: Uint8Array[]; head: NoteHead | null }

class Recovery {
  readonly #parts: RecoveryParts
  readonly #heads: Map<NoteId, NoteHead>
  readonly #vaultUpdates: Uint8Array[] = []
  #missing = 0
  #changed = 0
  /** Records of the tail that the store lacked. */
  #lacking = 0
  #wasWhole = false

  constructor(parts: RecoveryParts, heads: readonly NoteHead[]) {
    this.#parts = parts
    this.#heads = new Map(heads.map((head) => [head.id, head]))
  }

  result(wasEmpty: boolean, isPartial: boolean): Recovered {
    const found = this.#missing + this.#changed
    return {
      heads: this.#heads,
      vaultUpdates: this.#vaultUpdates,
      missing: this.#missing,
      changed: this.#changed,
      wasEmpty,
      isPartial,
      isLoss: this.#missing > 0 || (found > 0 && (this.#wasWhole || this.#lacking > SILENT_UPDATES)),
    }
  }

  /** The records after the mark, or everything where they are too many or only in a snapshot by now. */
  async since(mark: number, last: number): Promise<void> {
    if (mark === 0 || last - mark > LONG_TAIL) return this.everything()
    let after: number | null = mark
    while (after !== null) {
      const answer: Output<typeof keeperContract, 'journalSince'> | null = await this.#parts.keeper
        .call('journalSince', { after })
        .catch((error: unknown) => {
          if (error instanceof CallError && error.code === 'compacted') return null
          throw error
        })
      if (!answer) return this.everything()
      await this.#replay(answer.records)
      after = answer.next
    }
  }

  async everything(): Promise<void> {
    const { keeper, store, progress } = this.#parts
    this.#wasWhole = true
    const index: JournalIndex = await keeper.call('journalIndex', {})
    const [vault] = await keeper.call('journalRead', { keys: [VAULT_KEY] })
    this.#vaultUpdates.push(...(vault?.updates ?? []))
    const purged = purgedIn(this.#vaultUpdates)
    const lacksNotes = isShort(index.docs, (id) => this.#heads.has(id) || purged.has(id))
    const journalHeads = new Map<NoteId, NoteHead | null>()
    for (const { key, head, isLater } of index.docs) {
      const id = noteId(key)
      if (key === VAULT_KEY || purged.has(id)) continue
      const own = this.#heads.get(id)
      const known = head && decodeHead(head)
      if (own?.state === 'purged') continue
      if (!lacksNotes && own && !own.dirty && !isLater && own.docHash === known?.docHash) continue
      journalHeads.set(id, known)
    }
    const ids = [...journalHeads.keys()]
    for (let at = 0; at < ids.length; at += BATCH) {
      progress(at, ids.length)
      await this.#putBack(ids.slice(at, at + BATCH), (id) => journalHeads.get(id) ?? null)
    }
    if (ids.length > 0) progress(ids.length, ids.length)
    const living = new Set(index.docs.map(({ key }) => key))
    const gone = [...new Set([...index.purged.map(noteId), ...purged])].filter(
      (id) => !this.#heads.has(id) && (purged.has(id) || !living.has(id)),
    )
    if (gone.length > 0) await this.#putHeads(gone.map(purgedHead))
    const known = new Set((await store.attachments()).map(({ path }) => path))
    const lost = index.attachments.flatMap((bytes) => decodeAttachment(bytes) ?? [])
    const missing = lost.filter(({ path }) => !known.has(path))
    if (missing.length > 0) await store.putAttachments(missing)
  }

  async #replay(records: readonly JournalRecord[]): Promise<void> {
    const { store } = this.#parts
    const groups = new Map<NoteId, Group>()
    const attachments = new Map<string, StoredAttachment | null>()
    for (const { kind, key, bytes } of records) {
      if (kind === 'attachment') {
        attachments.set(key, bytes.length === 0 ? null : decodeAttachment(bytes))
        continue
      }
      if (key === VAULT_KEY) {
        if (kind === 'update') this.#vaultUpdates.push(bytes)
        continue
      }
      const id = noteId(key)
      const group = groups.get(id) ?? { purged: false, updates: [], head: null }
      groups.set(id, group)
      if (kind === 'update') group.updates.push(bytes)
      else if (kind === 'head') group.head = decodeHead(bytes)
      else groups.set(id, { purged: true, updates: [], head: null })
    }
    const put = [...attachments.values()].filter((attachment) => attachment !== null)
    if (put.length > 0) await store.putAttachments(put)
    const gone = [...attachments].flatMap(([path, attachment]) => (attachment === null ? [path] : []))
    if (gone.length > 0) await store.deleteAttachments(gone)
    const all = [...groups]
    for (let at = 0; at < all.length; at += BATCH) await this.#replayBatch(all.slice(at, at + BATCH))
  }

  async #replayBatch(batch: readonly (readonly [NoteId, Group])[]): Promise<void> {
    const { store } = this.#parts
    const entries: InboxEntry[] = []
    const heads: NoteHead[] = []
    const whole: NoteId[] = []
    for (const [id, { purged, updates, head }] of batch) {
      if (purged) {
        await store.delete(id)
        this.#heads.delete(id)
        if (updates.length === 0) heads.push(purgedHead(id))
      }
      const own = this.#heads.get(id)
      if (head?.state === 'purged') {
        if (!own) heads.push(head)
        continue
      }
      if (own?.state === 'purged') continue
      const stored = updates.length > 0 || !own ? await this.#load(id) : null
      if (!own || (updates.length > 0 && !stored)) {
        // What came before the mark may be gone with it: all of the note is read.
        if (updates.length > 0 || head) whole.push(id)
        continue
      }
      const made = stored ? lackingUpdates([stored], updates) : []
      if (made.length > 0) {
        this.#changed++
        this.#lacking += made.length
        entries.push({ id, update: Y.mergeUpdates(made), head: { ...own, dirty: true } })
      } else if (head && head.docHash !== own.docHash && !own.dirty) {
        // The text is here and its head is an older one: computed again with the dirty ones.
        heads.push({ ...own, dirty: true })
      }
    }
    await this.#append(entries)
    await this.#putHeads(heads)
    const byId = new Map(batch)
    await this.#putBack(whole, (id) => byId.get(id)?.head ?? null)
  }

  /** Notes as the journal has them, joined with what the store has of them. */
  async #putBack(ids: readonly NoteId[], journalHead: (id: NoteId) => NoteHead | null): Promise<void> {
    if (ids.length === 0) return
    const read = await this.#parts.keeper.call('journalRead', { keys: [...ids] })
    const entries: InboxEntry[] = []
    const heads: NoteHead[] = []
    for (const { key, updates } of read) {
      const id = noteId(key)
      const own = this.#heads.get(id)
      const stored = await this.#load(id)
      const update = lacking(stored ? [stored] : [], updates)
      const known = own ?? journalHead(id)
      if (update) {
        if (own && stored) this.#changed++
        else this.#missing++
        const head = known ?? headFromState(id, stored ? joined(stored, update) : update)
        entries.push({ id, update, head: { ...head, indexedHash: stored ? head.indexedHash : '', dirty: true } })
      } else if (!own && stored) {
        // Its text is here and it is in no list.
        this.#missing++
        heads.push({ ...(known ?? headFromState(id, stored)), dirty: true })
      }
    }
    await this.#append(entries)
    await this.#putHeads(heads)
  }

  #load(id: NoteId): Promise<Uint8Array | null> {
    const { store, keeper } = this.#parts
    return loadMended(store, keeper, id).then(({ update }) => update)
  }

  async #append(entries: readonly InboxEntry[]): Promise<void> {
    if (entries.length === 0) return
    await this.#parts.store.appendInbox(entries)
    for (const { id, head } of entries) if (head) this.#heads.set(id, head)
  }

  async #putHeads(heads: readonly NoteHead[]): Promise<void> {
    if (heads.length === 0) return
    await this.#parts.store.putHeads(heads)
    for (const head of heads) this.#heads.set(head.id, head)
  }
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => Y.mergeUpdates([a, b])

function purgedIn(vaultUpdates: readonly Uint8Array[]): ReadonlySet<NoteId> {
  const doc = new Y.Doc()
  applyReadable(doc, vaultUpdates)
  const purged = new Set(readVault(doc).purged.keys())
  doc.destroy()
  return purged
}
