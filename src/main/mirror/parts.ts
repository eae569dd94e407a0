import type { NoteId, VaultId } from '../../core/base/ids.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { Lines } from './lines.ts'
import type { Texts } from './texts.ts'

export type Happened = {
  /** `changes`: all that a round read in, as one big change. `compared`: the whole folder, for the first time. */
  readonly kind:
    | 'written'
    | 'read'
    | 'renamed'
    | 'both'
    | 'trashed'
    | 'restored'
    | 'put-back'
    | 'removed'
    | 'log-kept'
    | 'changes'
    | 'compared'
  readonly path: string
  readonly id: NoteId | null
  /** The former path of a rename; else ''. */
  readonly from: string
  /** The version kept of the note before. */
  readonly before?: string | undefined
  /** The big change that takes this back, and nothing else. */
  readonly change?: string | undefined
  /** Of what was changed in a log and is as it was: a copy of the file with the changed words, by its name. */
  readonly kept?: string | undefined
  /** Of `changes`: how many of each; of `compared`: how many files. */
  readonly counts?: Partial<Counts> | undefined
}
/** What a round reads in. */
export type Counts = {
  readonly edits: number
  readonly made: number
  readonly back: number
  readonly deletes: number
  readonly renames: number
  readonly files: number
}
export type Problem = { readonly path: string; readonly reason: string }

export type MirrorParts = {
  readonly folder: string
  readonly vaultId: VaultId
  readonly vault: VaultCalls
  readonly attachments: Pick<AttachmentStore, 'addFile' | 'verified'>
  readonly lines: Lines
  readonly texts: Texts
  /** The app's own folder, never written to. */
  readonly forbidden: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onHappened: (happened: Happened) => void
  /** Keeps the bytes of a file whose words go nowhere else; answers a name (`KeptCopies`). */
  readonly keepCopy?: (id: NoteId, bytes: Uint8Array) => Promise<string>
  /** Called before each change of the disk or the vault: a test ends the program there. */
  readonly step?: (what: string) => void
}
