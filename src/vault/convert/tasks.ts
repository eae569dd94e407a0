import type { FolderId, NoteId } from '../../core/base/ids.ts'
import type { KindRule } from '../../core/import/mapping.ts'
import type { Kind } from '../../core/note/note.ts'
import type {
  Compared,
  CompareTask,
  FindTask,
  Found,
  Replaced,
  ReplaceTask,
  Shown,
  ShowTask,
  VersionFacts,
  VersionTask,
} from './history-tasks.ts'
import type { HtmlResult, HtmlTask } from './html-task.ts'
import type { NoteState } from './read-note.ts'
import type { ReceiveResult, ReceiveTask } from './receive-updates.ts'

/**
 * What the pool does: plain data in, plain data out, no storage and no clock, so that a task gives the same
 * result in a worker, in a test and on another device. `state` is a note's whole doc as one update.
 */
export type ImportTask = {
  readonly kind: 'import'
  readonly vaultId: string
  readonly path: string
  readonly bytes: Uint8Array
  readonly folderId: FolderId | null
  /** Of `.throughline/ids.json`; the file's own frontmatter goes before it. null: none, or taken. */
  readonly listedId: NoteId | null
  /** The file's own id belongs to another note: it gets the id of its path and bytes. */
  readonly refuseIds: boolean
  /** Counts ids that were purged or taken: another number is another id. */
  readonly generation: number
  /** sha256 of the file as imported last; '' for a file that is new; anything else for a note that is not. */
  readonly knownHash: string
  /** sha256 of the file as the last export of its note into this folder left it. */
  readonly exportedHash?: string | undefined
  /** Reason for not reading it as Markdown; null to try. */
  readonly plain: string | null
  /** What `.throughline/` has of the note: see `readBeside`. */
  readonly beside?: string | undefined
  /** Of `.throughline/import.json`: goes before `rules`. */
  readonly givenKind?: Kind | undefined
  /** What gives a kind to a file that names none. */
  readonly rules?: readonly KindRule[]
}
export type ImportResult =
  | { readonly status: 'unchanged' }
  /** Known, with other bytes: the caller brings the note's doc to a `reimport`. */
  | { readonly status: 'changed' }
  | {
      readonly status: 'new'
      readonly id: NoteId
      readonly update: Uint8Array
      readonly state: NoteState
      readonly sourceHash: string
      readonly asText: string | null
    }

/** A file that changed outside, as an edit of its note (M8). */
export type ReimportTask = {
  readonly kind: 'reimport'
  readonly id: NoteId
  readonly path: string
  readonly bytes: Uint8Array
  readonly state: Uint8Array
  /** sha256 of what the file was when the note was taken in or exported last, as far as that is known. */
  readonly formerHashes: readonly string[]
  /** The file as both sides had it last; empty where they met just now, absent where only the source in the doc is known. */
  readonly base?: Uint8Array | undefined
  readonly beside?: string | undefined
  readonly plain: string | null
}
export type ReimportResult = {
  /** What the file's log has that the note's has not, and the other way round (G9, G10); null where neither has one. */
  readonly log: LogChanges | null
  readonly update: Uint8Array
  readonly state: NoteState
  readonly sourceHash: string
  readonly asText: string | null
}

export type LogChanges = { readonly added: number; readonly altered: number; readonly missing: number }

export type ExportTask = {
  readonly kind: 'export'
  readonly id: NoteId
  readonly state: Uint8Array
  readonly verify: boolean
  /** Of the proved export of this very state, where its bytes were those of the note's source. */
  readonly known?: { readonly sha256: string; readonly links: number; readonly blockIds: number } | null
}
/** `docHash` and `problem` (why the file, read again, is not the same note, M4): '' and null without `verify`. */
export type ExportResult = {
  readonly bytes: Uint8Array
  readonly docHash: string
  readonly problem: string | null
  /** For the receipt. */
  readonly links: number
  readonly blockIds: number
}

export type ReadTask = { readonly kind: 'read'; readonly state: Uint8Array }

type Tasks = {
  import: [ImportTask, ImportResult]
  reimport: [ReimportTask, ReimportResult]
  export: [ExportTask, ExportResult]
  read: [ReadTask, NoteState]
  version: [VersionTask, VersionFacts]
  compare: [CompareTask, Compared]
  show: [ShowTask, Shown]
  find: [FindTask, Found]
  replace: [ReplaceTask, Replaced]
  html: [HtmlTask, HtmlResult]
  receive: [ReceiveTask, ReceiveResult]
}
export type Task = Tasks[keyof Tasks][0]
type Results = { [K in keyof Tasks]: Tasks[K][1] }
export type TaskResult<K extends Task['kind'] = Task['kind']> = Results[K]
/** `failed`: the task threw or its worker died; the message would hold a note's text, so none is kept. */
export type Outcome<R> =
  | { readonly ok: true; readonly value: R }
  | { readonly ok: false; readonly error: 'timed-out' | 'failed' }
