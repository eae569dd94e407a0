import type { NoteId } from '../base/ids.ts'

/** Why a version was kept. `first`: the state before the first edit made here, such as the text as imported. */
export const VERSION_REASONS = [
  'first',
  'pause',
  'session',
  'before-merge',
  'before-import',
  'before-bulk',
  'before-restore',
  'named',
] as const
export type VersionReason = (typeof VERSION_REASONS)[number]

/** A kept state of one note. The state itself lies beside, by `hash`. */
export type Version = {
  readonly id: string
  /** Milliseconds since 1970 by this computer's clock. Versions stand in the order in which they were kept, not by it. */
  readonly at: number
  readonly reason: VersionReason
  /** Given by a person; such a version is never thinned. */
  readonly name: string | null
  /** The title that the note had. */
  readonly title: string
  /** docHash: two versions with one are the same note. */
  readonly docHash: string
  /** sha256 of the state, lower-case hexadecimal: the state's address. */
  readonly hash: string
  /** Bytes of the state, before compression. */
  readonly bytes: number
  readonly words: number
  /** Against the version before it; 0 where there is none. */
  readonly wordsAdded: number
  readonly wordsRemoved: number
  /** The big change before which it was kept; else null. */
  readonly change: string | null
  /** Keeps it from being thinned: what refers to it, such as `trail:…` or `made:…`. */
  readonly pins: readonly string[]
  /** sha256 of the attachments that the text names, so that they stay as long as it. */
  readonly attachments: readonly string[]
  /** Clock of every clientID in the state: what this version adds was written since the version before. */
  readonly clocks: Readonly<Record<string, number>>
}

/** One step over many notes: an import, a rename with its links, a replacement. It can be undone as one. */
export type BigChange = {
  readonly id: string
  readonly at: number
  readonly kind: 'import' | 'rename' | 'move' | 'replace' | 'merge' | 'restore'
  /** What was done, in words: “Import of Field notes”. Holds titles, so it stays out of logs. */
  readonly title: string
  /** Notes that were there before: the version kept of each, and the docHash that the change left. */
  readonly changed: readonly { readonly id: NoteId; readonly version: string; readonly after: string }[]
  /** Notes that the change made, with the docHash that it left. */
  readonly created: readonly { readonly id: NoteId; readonly after: string }[]
  readonly undone: boolean
}
