import { create } from 'zustand'
import type { FolderId, NoteId } from '../../core/base/ids.ts'
import type { Kind } from '../../core/note/note.ts'

/** What a copy was asked for: the dialog begins with it, and offers the rest. */
export type ExportStart =
  | { readonly kind: 'note'; readonly id: NoteId }
  | { readonly kind: 'folder'; readonly id: FolderId }
  | { readonly kind: 'search'; readonly query: string }

/** The one thing that lies over the window and waits for an answer. */
export type Overlay =
  | { readonly is: 'jump'; readonly query?: string }
  | { readonly is: 'commands' }
  | { readonly is: 'move-note'; readonly id: NoteId }
  | { readonly is: 'move-folder'; readonly id: FolderId }
  | { readonly is: 'new-folder'; readonly parentId: FolderId | null }
  | { readonly is: 'rename-folder'; readonly id: FolderId; readonly name: string }
  | { readonly is: 'rename-note'; readonly id: NoteId; readonly title: string }
  | { readonly is: 'new-vault' }
  | { readonly is: 'rename-vault' }
  /** Into a new vault of the folder's name, or into this one. Without a folder it is asked for. */
  | { readonly is: 'import'; readonly into: 'new' | 'this'; readonly folder?: string; readonly isFile?: boolean }
  /** Of the whole vault, or opened for a part of it. */
  | { readonly is: 'export'; readonly start?: ExportStart }
  | { readonly is: 'empty-trash'; readonly ids: readonly NoteId[] }
  | { readonly is: 'merge-note'; readonly id: NoteId }
  /** What a commitment rests on, or an example shows. */
  | { readonly is: 'relate'; readonly id: NoteId; readonly title: string; readonly word: 'rests_on' | 'illustrates' }
  /** What rests on a note; the same before it goes to the trash. */
  | { readonly is: 'blast-radius'; readonly id: NoteId }
  /** What another kind changes about a note, where it does. */
  | { readonly is: 'change-kind'; readonly id: NoteId; readonly kind: Kind }
  /** A verb of the vault’s own, or a new one; what goes with one that is removed. */
  | { readonly is: 'relation-word'; readonly word: string | null }
  | { readonly is: 'remove-relation-word'; readonly word: string }
  /** Notes of a kind, or of all, that a new one can be made like. */
  | { readonly is: 'start-from'; readonly kind: Kind | null }
  /** What a note has otherwise than the one that it was made from. */
  | { readonly is: 'source-difference'; readonly id: NoteId }
  | { readonly is: 'trash-note'; readonly id: NoteId }

export const useOverlay = create<{ readonly overlay: Overlay | null }>(() => ({ overlay: null }))

export const showOverlay = (overlay: Overlay): void => useOverlay.setState({ overlay })
export const closeOverlay = (): void => useOverlay.setState({ overlay: null })
