import type { FolderId, NoteId } from '../../../core/base/ids.ts'
import type { Status } from '../../../core/commitment/status.ts'
import type { NoteRow } from '../../../core/note/note.ts'
import type { FolderRow } from '../../platform/notes.ts'
import { shownTitle } from '../../ui/shown-title.ts'
import type { TreeRow } from '../../ui/Tree.tsx'
import { WORDS } from './words.ts'

export type FolderTreeRow = TreeRow &
  (
    | { readonly is: 'folder'; readonly id: FolderId; readonly notes: number }
    | { readonly is: 'note'; readonly id: NoteId; readonly kind: NoteRow['kind'] }
  )

type Input = {
  readonly folders: readonly FolderRow[]
  /** Notes of open folders; null is the top. */
  readonly notes: ReadonlyMap<FolderId | null, readonly NoteRow[]>
  readonly expanded: ReadonlySet<string>
  /** Of commitments, where it is known. */
  readonly statuses?: ReadonlyMap<string, Status> | undefined
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }).compare

/** The rows of the tree in reading order: folders by name, then the notes beside them by title. */
export function folderRows({ folders, notes, expanded, statuses }: Input): FolderTreeRow[] {
  const children = new Map<FolderId | null, FolderRow[]>()
  const known = new Set(folders.map(({ id }) => id))
  for (const folder of folders) {
    // A parent that has not arrived yet leaves its children at the top rather than nowhere.
    const parent = folder.parentId !== null && known.has(folder.parentId) ? folder.parentId : null
    children.set(parent, [...(children.get(parent) ?? []), folder])
  }
  const rows: FolderTreeRow[] = []
  const add = (parent: FolderId | null, parentKey: string | null, level: number) => {
    const inside = (children.get(parent) ?? []).toSorted((a, b) => byName(a.name, b.name))
    const leaves = notes.get(parent) ?? []
    const siblings = inside.length + leaves.length
    inside.forEach((folder, at) => {
      const isExpanded = expanded.has(folder.id)
      const key = `folder:${folder.id}`
      rows.push({
        is: 'folder',
        id: folder.id,
        key,
        parent: parentKey,
        level,
        isExpanded,
        text: folder.name,
        name: WORDS.folderName(folder.name, folder.notes),
        notes: folder.notes,
        position: at + 1,
        siblings,
      })
      if (isExpanded) add(folder.id, key, level + 1)
    })
    leaves.forEach((note, at) => {
      rows.push({
        is: 'note',
        id: note.id,
        kind: note.kind,
        key: `note:${note.id}`,
        parent: parentKey,
        level,
        isExpanded: null,
        text: shownTitle(note.title, note.path),
        name: WORDS.noteName(shownTitle(note.title, note.path), WORDS.kinds[note.kind], statuses?.get(note.id) ?? null),
        position: inside.length + at + 1,
        siblings,
      })
    })
  }
  add(null, null, 1)
  return rows
}
