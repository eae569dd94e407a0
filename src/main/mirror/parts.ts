import type { NoteId, VaultId } from '../../core/base/ids.ts'
import type { MirrorHappened } from '../../ipc/mirror-shapes.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { Lines } from './lines.ts'
import type { Texts } from './texts.ts'

/** What happened in a round; `HappenedList` says when. */
export type Happened = Readonly<Omit<MirrorHappened, 'entry' | 'at' | 'undone'>>
/** What a round reads in. */
export type Counts = Readonly<Required<NonNullable<MirrorHappened['counts']>>>
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
