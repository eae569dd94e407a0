import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { CallError } from '../../ipc/rpc.ts'
import { collisionKey } from '../files/safe-path.ts'
import { PlaceError } from '../files/target.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { MirrorDisk } from './disk.ts'
import type { Lines } from './lines.ts'
import { type FolderNow, isForeign } from './look.ts'
import type { Problem } from './parts.ts'

type Parts = {
  readonly vault: VaultCalls
  readonly lines: Lines
  readonly disk: MirrorDisk
  readonly step?: (what: string) => void
}
type FolderId = Awaited<ReturnType<typeof vaultFolders>> extends ReadonlyMap<string, infer I> ? I : never

/** The vault's folders by path, but for those whose names other programs keep for themselves (F13). */
async function vaultFolders(vault: VaultCalls) {
  const folders = await vault.call('folders', {})
  const byId = new Map(folders.map((folder) => [folder.id, folder]))
  const pathOf = (folder: (typeof folders)[number]): string => {
    const parent = folder.parentId === null ? undefined : byId.get(folder.parentId)
    return parent ? `${pathOf(parent)}/${folder.name}` : folder.name
  }
  return new Map(folders.map((folder) => [pathOf(folder), folder.id] as const).filter(([at]) => isOurs(at)))
}

const isOurs = (below: string): boolean => !isForeign(`${below}/any.md`)

/** What another program did to folders (F15), after notes were read in. */
export async function readFolders(seen: FolderNow, parts: Parts): Promise<boolean> {
  const { vault, lines, disk, step = () => {} } = parts
  const key = (at: string) => collisionKey(at, disk.target.foldsCase)
  const known = new Set([...lines.folders()].map(key))
  const there = new Set([...seen.folders].map(key))
  const made = [...seen.empty].filter((at) => !known.has(key(at)))
  const gone = [...lines.folders()].filter((at) => !there.has(key(at)) && !seen.odd.has(at))
  if (made.length + gone.length === 0) return false
  const here = await vaultFolders(vault)
  const taken = new Set([...here.keys()].map(key))
  const missing = made.filter((at) => !taken.has(key(at)))
  if (missing.length > 0) {
    step('folder')
    await vault.call('placeFolders', { paths: missing })
  }
  for (const at of made) lines.addFolder(at)
  // The innermost first: one that holds others is not empty.
  for (const at of gone.sort((a, b) => b.length - a.length)) {
    const id = here.get(at)
    step('folder')
    if (id !== undefined) await removeIfEmpty(vault, id)
    lines.dropFolder(at)
  }
  return true
}

/** One that still holds notes or folders stays, and is made again. */
async function removeIfEmpty(vault: VaultCalls, id: FolderId): Promise<void> {
  await vault.call('removeFolder', { id }).catch((error: unknown) => {
    if (!(error instanceof CallError) || error.code === 'closed') throw error
  })
}

/** What was done to folders here (F15), after notes were written. */
export async function writeFolders({ vault, lines, disk }: Parts): Promise<Problem[]> {
  const problems: Problem[] = []
  const here = await vaultFolders(vault)
  const { root } = disk.target
  for (const at of [...here.keys()].sort((a, b) => a.length - b.length)) {
    try {
      const found = await lstat(path.join(root, at)).catch(() => null)
      if (!found) await disk.makeFolder(at)
      if (!found || found.isDirectory()) lines.addFolder(at)
    } catch (error) {
      if (!(error instanceof PlaceError)) throw error
      problems.push({ path: at, reason: error.message })
    }
  }
  for (const at of [...lines.folders()].sort((a, b) => b.length - a.length)) {
    if (here.has(at)) continue
    // One in which other programs have something stays, and is ours no more than that: it does not come back.
    const isGone = (await disk.removeFolder(at)) || !(await lstat(path.join(root, at)).catch(() => null))
    if (isGone) lines.dropFolder(at)
  }
  return problems
}
