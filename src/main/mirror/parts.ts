import type { NoteId, VaultId } from '../../core/base/ids.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { Lines } from './lines.ts'
import type { Texts } from './texts.ts'

export type Happened = {
  readonly kind: 'written' | 'read' | 'renamed' | 'both' | 'trashed' | 'restored' | 'put-back' | 'removed' | 'log-kept'
  readonly path: string
  readonly id: NoteId | null
  /** The former path of a rename; else ''. */
  readonly from: string
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
  /** Called before each change of the disk or the vault: a test ends the program there. */
  readonly step?: (what: string) => void
}
