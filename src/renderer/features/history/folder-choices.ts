import type { FolderId } from '../../../core/base/ids.ts'

type Folder = { readonly id: FolderId; readonly parentId: FolderId | null; readonly name: string }
export type FolderChoice = { readonly id: FolderId; readonly path: string }

/** Folders by their paths, in the order of these. */
export function folderChoices(folders: readonly Folder[]): FolderChoice[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]))
  const pathOf = ({ id, parentId, name }: Folder, seen: ReadonlySet<FolderId>): string => {
    const parent = parentId === null || seen.has(parentId) ? undefined : byId.get(parentId)
    return parent ? `${pathOf(parent, new Set([...seen, id]))} / ${name}` : name
  }
  return folders
    .map((folder) => ({ id: folder.id, path: pathOf(folder, new Set([folder.id])) }))
    .sort((a, b) => a.path.localeCompare(b.path))
}

/** A folder and all that are in it. */
export function foldersWithin(folders: readonly Folder[], id: FolderId): ReadonlySet<FolderId> {
  const within = new Set([id])
  for (let before = 0; before !== within.size; ) {
    before = within.size
    for (const folder of folders) if (folder.parentId !== null && within.has(folder.parentId)) within.add(folder.id)
  }
  return within
}
