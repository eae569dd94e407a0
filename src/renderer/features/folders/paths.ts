import type { FolderId } from '../../../core/base/ids.ts'
import type { FolderRow } from '../../platform/notes.ts'

export type FolderPath = { readonly id: FolderId; readonly path: string }

/** Every folder by its whole path, in the order of the paths. `without`: left out with all that is in it. */
export function folderPaths(folders: readonly FolderRow[], without: FolderId | null): FolderPath[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]))
  const paths: FolderPath[] = []
  for (const folder of folders) {
    const names: string[] = []
    const seen = new Set<FolderId>()
    let isInside = false
    // `seen`: a cycle that peers made of two moves is resolved by the vault, but may be seen before.
    for (let at: FolderRow | undefined = folder; at && !seen.has(at.id); at = byId.get(at.parentId ?? at.id)) {
      seen.add(at.id)
      names.unshift(at.name)
      if (at.id === without) isInside = true
      if (at.parentId === null) break
    }
    if (!isInside) paths.push({ id: folder.id, path: names.join(' / ') })
  }
  return paths.toSorted((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }))
}
