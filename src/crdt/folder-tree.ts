import type { FolderId } from '../core/base/ids.ts'
import type { Folder } from '../core/note/note.ts'

/**
 * Folders as every peer shows them, whatever a merge left behind: a parent that is missing is the top
 * (rule V2), and of the folders of a circle the one with the smallest id hangs at the top (rule V3).
 * In the order of ids. Names that stand twice under one parent are shown as they are (rule V4).
 */
export function folderTree(stored: readonly Folder[]): Folder[] {
  const folders = [...stored].sort((a, b) => (a.id < b.id ? -1 : 1))
  const parents = new Map<FolderId, FolderId | null>(folders.map((folder) => [folder.id, folder.parentId]))
  for (const folder of folders) {
    if (folder.parentId !== null && !parents.has(folder.parentId)) parents.set(folder.id, null)
  }
  const settled = new Set<FolderId>()
  for (const folder of folders) {
    const way: FolderId[] = []
    let at: FolderId | null = folder.id
    while (at !== null && !settled.has(at) && !way.includes(at)) {
      way.push(at)
      at = parents.get(at) ?? null
    }
    if (at !== null && !settled.has(at)) {
      // Ids are walked in order, so a circle is met at or below the first folder that leads into it.
      const circle = way.slice(way.indexOf(at))
      parents.set(
        circle.reduce((least, id) => (id < least ? id : least)),
        null,
      )
    }
    for (const id of way) settled.add(id)
  }
  return folders.map((folder) => ({ ...folder, parentId: parents.get(folder.id) ?? null }))
}

/**
 * The path of each folder in an exported vault, with `/`, one for each. Names that differ in case only stay what
 * they are (they came from a disk that can hold both; a target that cannot says so at export, M6): of folders with one name under one parent the smallest id keeps it, the next are `name 2`,
 * `name 3` and so on (rule V4). `folders` are those of `folderTree`.
 */
export function folderPaths(folders: readonly Folder[]): Map<FolderId, string> {
  const children = new Map<FolderId | null, Folder[]>()
  for (const folder of [...folders].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const list = children.get(folder.parentId)
    if (list) list.push(folder)
    else children.set(folder.parentId, [folder])
  }
  const paths = new Map<FolderId, string>()
  const queue: (FolderId | null)[] = [null]
  for (const parentId of queue) {
    const above = parentId === null ? '' : `${paths.get(parentId)}/`
    const list = children.get(parentId) ?? []
    const taken = new Set<string>()
    const waiting: Folder[] = []
    const take = (folder: Folder, name: string): boolean => {
      if (taken.has(name)) return false
      taken.add(name)
      paths.set(folder.id, above + name)
      queue.push(folder.id)
      return true
    }
    // Own names first, so that a folder really called `name 2` is not pushed aside by a second `name`.
    for (const folder of list) if (!take(folder, segment(folder.name))) waiting.push(folder)
    for (const folder of waiting) {
      let number = 2
      while (!take(folder, `${segment(folder.name)} ${number}`)) number++
    }
  }
  return paths
}

/** The path of one folder of `folderTree`; '' for the top and for ids that are not there. */
export function folderPath(folders: readonly Folder[], id: FolderId | null): string {
  return id === null ? '' : (folderPaths(folders).get(id) ?? '')
}

/** A name from a peer must not lead out of the vault (rule V5). */
function segment(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL ends a path in C.
  const safe = name.replace(/[/\\\u0000]/g, '-')
  return safe === '' || safe === '.' || safe === '..' ? '_' : safe
}
