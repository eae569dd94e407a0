import type { FolderId, NoteId } from '../../../core/base/ids.ts'
import type { PageScope } from '../../../ipc/shapes.ts'
import type { ExportStart } from '../../state/overlay.ts'

export const WHATS = ['vault', 'folder', 'linked', 'note', 'search'] as const
export type What = (typeof WHATS)[number]
export const FORMS = ['folder', 'zip', 'html', 'pdf', 'archive'] as const
export type Form = (typeof FORMS)[number]

/** What the window has to offer: null where there is none of it. */
export type Offer = { readonly note: NoteId | null; readonly folder: FolderId | null; readonly query: string | null }

export function firstWhat(start: ExportStart | undefined): What {
  return start === undefined ? 'vault' : start.kind === 'note' ? 'note' : start.kind
}

/** null where the window has nothing of the kind. */
export function scopeOf(what: What, { note, folder, query }: Offer): PageScope | null {
  switch (what) {
    case 'vault':
      return { kind: 'folder', id: null }
    case 'folder':
      return folder && { kind: 'folder', id: folder }
    case 'linked':
      return note && { kind: 'note', id: note, linked: true }
    case 'note':
      return note && { kind: 'note', id: note }
    case 'search':
      return query === null || query === '' ? null : { kind: 'search', query, prefix: true }
  }
}

/** An archive is of a whole vault. */
export const isOffered = (form: Form, what: What): boolean => form !== 'archive' || what === 'vault'
