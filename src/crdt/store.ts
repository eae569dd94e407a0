import type { Doc } from 'yjs'
import type { Disposer } from '../core/base/disposable.ts'
import type { FolderId, NoteId } from '../core/base/ids.ts'
import type { Kind, NoteMeta } from '../core/note/note.ts'

/**
 * The port to where docs are kept: IndexedDB in the vault worker, memory in tests. Rules P1 to P11 stand in
 * SPEC.md; testing/note-store-suite.ts checks every adapter against them. One process owns a store.
 */

/** `purged`: nothing of the note is stored any more, and no import may bring its id back by itself. */
export type NoteState = 'live' | 'trashed' | 'purged'

/** What lists and links need to know of a note without opening its doc. Derived: the doc is right. */
export type HeadFacts = {
  readonly title: string
  /** The frontmatter's `title` where there is one, else the title. */
  readonly shownTitle: string
  readonly kind: Kind
  readonly folderId: FolderId | null
  readonly file: string
  readonly created: string
  readonly aliases: readonly string[]
  readonly formerTitles: readonly string[]
  readonly tags: readonly string[]
  /** Entries of its log, and pins; absent where there are none. */
  readonly log?: number
  readonly pins?: number
}

export type NoteHead = HeadFacts & {
  readonly id: NoteId
  /** docHash of the doc when it was last stored clean; not to be trusted while `dirty`. */
  readonly docHash: string
  /** docHash of the state that the index holds; '' where it holds none. */
  readonly indexedHash: string
  /** docHash of the state that was exported last; '' where none was. */
  readonly exportHash: string
  readonly state: NoteState
  /** Set before the first write of a session, cleared with the new hash: what start-up computes again. */
  readonly dirty: boolean
  /** Milliseconds since 1970 by this computer's clock; for display only. */
  readonly updated: number
  /** Path in the folder that the note was imported from; '' for a note written here. */
  readonly importPath: string
  /** Which folder that was, as main names it; absent for a note written here. */
  readonly importOrigin?: string
  /** sha256 of the file's bytes as imported last; '' for a note written here. */
  readonly sourceHash: string
  /** As the note's layout says; absent where it says none. */
  readonly kindBeside?: Kind
  /** When it was put in the trash on this computer, ms since 1970; absent where that is not known. */
  readonly trashedAt?: number
}

export const headFacts = (meta: NoteMeta): HeadFacts => {
  const shown = meta.properties.find((property) => property.key === 'title')?.value
  return {
    title: meta.title,
    shownTitle: typeof shown === 'string' && shown.trim() !== '' ? shown.trim() : meta.title,
    kind: meta.kind,
    folderId: meta.folderId,
    file: meta.file,
    created: meta.created,
    aliases: meta.aliases,
    formerTitles: meta.formerTitles,
    tags: meta.tags,
  }
}

/** An update of a note that is not open. The head, where given, is written in the same transaction. */
export type InboxEntry = { readonly id: NoteId; readonly update: Uint8Array; readonly head?: NoteHead }

/** A doc bound to its database. Every update of the doc is stored until `close`. */
export interface OpenNote {
  /**
   * Settles when all that was applied to the doc before the call is durable: the acknowledgement of
   * facts/path.md, "Flush". While the disk fails it stays open, and settles when saving has resumed.
   */
  whenStored(): Promise<void>
  /** Stores what is left and lets go of the database. The doc itself is the caller's to destroy. */
  close(): Promise<void>
}

export type StoredAttachment = {
  readonly path: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /**
   * Where it lay in the folders that it came in with. A note from there that means `path` means this file, whatever
   * lies at that path of the vault; only `notes` do, by the paths they came from, where they are named.
   */
  readonly from?: readonly {
    readonly origin: string
    readonly path: string
    readonly notes?: readonly string[] | undefined
  }[]
}

/** A piece of work that must be finished after a crash. `state` is structured-cloneable, owned by its maker. */
export type Job = { readonly key: string; readonly state: unknown }

/** `full`: no room; `broken`: a write failed or the database closed by itself; `slow`: no answer in time. */
export type StoreFault = { readonly code: 'full' | 'broken' | 'slow'; readonly where: 'note' | 'vault' | 'inbox' }

/** What is stored of a note cannot be read: its database does not open, or its bytes are no updates. */
export class DamagedNote extends Error {
  override name = 'DamagedNote'
}

/** The store as a whole cannot be opened, and it is not for want of room. */
export class StoreUnreadable extends Error {
  override name = 'StoreUnreadable'
}

/** The moves of `open` between inbox and database, in their order; tests stop the store at each. */
export const STORE_STEPS = [
  'inbox-write',
  'inbox-written',
  'move-read',
  'move-write',
  'move-written',
  'move-delete',
  'move-deleted',
] as const
export type StoreStep = (typeof STORE_STEPS)[number]

/** Tests only: a throw from `at` is a crash at that step, after which the store object is abandoned. */
export type StoreHooks = { at(step: StoreStep): void }

export interface NoteStore {
  /** Set by tests; see StoreHooks. */
  hooks?: StoreHooks | undefined

  /** Rejects with StoreUnreadable where nothing of the store can be read. */
  heads(): Promise<NoteHead[]>
  /**
   * Durable when settled. Replaces heads with the same id, all or none. `relaxed` need not outlive the power,
   * only the process; a later write that does carries it along.
   */
  putHeads(heads: readonly NoteHead[], durability?: 'relaxed'): Promise<void>

  /**
   * Updates of notes that are not open, with their heads, in one transaction; durable when settled.
   * A note that is open here is a bug of the caller (invariant): apply to its doc instead.
   */
  appendInbox(entries: readonly InboxEntry[]): Promise<void>
  /**
   * The merged state of a note wherever it lies, as one V1 update; null for an unknown id. Opens nothing.
   * Rejects with DamagedNote, as `open` does.
   */
  load(id: NoteId): Promise<Uint8Array | null>
  /** Applies what is stored, moves the inbox's rows into the note's database, stores every later update. */
  open(id: NoteId, doc: Doc): Promise<OpenNote>
  /** What can still be read of a note that is not open, update by update; never rejects. */
  salvage(id: NoteId): Promise<Uint8Array[]>
  /**
   * Makes this update all that is stored of a note that is not open, at once; its head stays. A database that
   * cannot be read is set aside (P11).
   */
  replace(id: NoteId, update: Uint8Array): Promise<void>
  /**
   * Rejects with DamagedNote where what is stored cannot be read. `isAnew`: that is left aside, and the doc is stored
   * as it is.
   */
  openVaultDoc(doc: Doc, isAnew?: boolean): Promise<OpenNote>
  /** Removes database, inbox rows and head of a note that is not open. Unknown ids are no error. */
  delete(id: NoteId): Promise<void>

  attachments(): Promise<StoredAttachment[]>
  /** By path; a known path is replaced. */
  putAttachments(attachments: readonly StoredAttachment[]): Promise<void>
  deleteAttachments(paths: readonly string[]): Promise<void>

  jobs(): Promise<Job[]>
  putJob(job: Job): Promise<void>
  deleteJob(key: string): Promise<void>

  /**
   * The number of the journal's record up to which everything is in this store for sure (P10); 0 in a store that
   * is new or was lost. It is never larger than what is stored, also after a crash that took the end of the store.
   */
  journalMark(): Promise<number>
  /** Call when everything up to that record is durable here. */
  setJournalMark(mark: number): Promise<void>

  /** A fault that began, or null when none is left. Edits are kept meanwhile and stored afterwards. */
  onFault(listener: (fault: StoreFault | null) => void): Disposer
  /** Waits for what is being written, then closes every database. Open notes are closed too. */
  close(): Promise<void>
}
