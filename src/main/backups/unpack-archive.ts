import { constants, copyFile, link, mkdir, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'
import type { VaultInfo } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import { eachOf } from '../files/flow.ts'
import type { Progress } from '../files/vault-calls.ts'
import { nameOf } from '../journal/names.ts'
import { syncFolder } from '../store/atomic.ts'
import type { Profile } from '../store/profile.ts'
import { newVaultId, type VaultRegistry } from '../store/registry.ts'
import { archiveDisk, diskError } from './archive-disk.ts'
import { ArchiveReader } from './archive-reader.ts'
import { isUnpacked } from './entry-names.ts'
import { FILES, type Manifest, SNAPSHOT, VERSIONS } from './manifest.ts'

export type UnpackOptions = {
  /** The archive. */
  readonly file: string
  readonly profile: Profile
  readonly registry: VaultRegistry
  /** An attachment that the archive only names, wherever this profile has it; null where it has not. */
  readonly attachment: (sha256: string) => Promise<{ readonly path: string; readonly size: number } | null>
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** Tests end it here. */
  readonly at?: (step: UnpackStep) => void
}
export const UNPACK_STEPS = ['folder', 'entry', 'unpacked', 'synced', 'renamed', 'adopted'] as const
export type UnpackStep = (typeof UNPACK_STEPS)[number]

export type Unpacked = {
  readonly vault: VaultInfo
  readonly manifest: Manifest
  /** Of the archive. */
  readonly bytes: number
  /** Attachments that are neither in the archive nor on this computer. */
  readonly missing: readonly string[]
}

const PREFIX = '.restoring-'
/** In a vault's folder until the list of vaults has it. */
const MARK = 'restoring'
const SYNCS = 8
/** Left free: a disk without any room is a trouble of its own. */
const SPARE_BYTES = 16 << 20

/**
 * Makes a new vault of an archive, in a folder of its own that gets its place when it is whole; the list of vaults
 * comes last. Cut off at any step it leaves no vault, and `tidyRestores` takes away what lies about. Fails as
 * `ArchiveReader.open` does, with `damaged`, `disk-full`, `read-only` and `cancelled`. Opening the vault then fills
 * its store from the journal.
 */
export async function unpackArchive(options: UnpackOptions): Promise<Unpacked> {
  const { file, profile, registry, at = () => {} } = options
  const reader = await ArchiveReader.open(file)
  const id = newVaultId()
  const place = profile.vaultFolder(id)
  const parent = path.dirname(place)
  const temporary = path.join(parent, PREFIX + id)
  try {
    await mkdir(temporary, { recursive: true, mode: 0o700 })
    at('folder')
    await mustHaveRoom(temporary, reader.manifest)
    const missing = await unpackInto(temporary, reader, options)
    await writeFile(path.join(temporary, MARK), '')
    at('unpacked')
    await syncTree(temporary)
    at('synced')
    await rename(temporary, place)
    await syncFolder(parent)
    at('renamed')
    const { manifest, bytes } = reader
    const vault = await registry.adopt(id, manifest.vault.name, manifest.counts.notes)
    at('adopted')
    await rm(path.join(place, MARK), { force: true })
    return { vault, manifest, bytes, missing }
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => {})
    if (!registry.get(id)) await rm(place, { recursive: true, force: true }).catch(() => {})
    throw diskError(error, 'The disk of the vaults')
  } finally {
    await reader.close()
  }
}

/** Removes what restores that were cut off left. Call before the first restore of a run, and after the list of vaults. */
export async function tidyRestores(profile: Profile, registry: VaultRegistry): Promise<void> {
  const parent = path.dirname(profile.vaultFolder('any' as VaultId))
  for (const name of await readdir(parent).catch(() => [])) {
    const folder = path.join(parent, name)
    if (name.startsWith(PREFIX)) await rm(folder, { recursive: true, force: true })
    else if (await stat(path.join(folder, MARK)).catch(() => null)) {
      const isKnown = registry.get(name as VaultId) !== null
      await rm(isKnown ? path.join(folder, MARK) : folder, { recursive: true, force: true })
    }
  }
}

async function mustHaveRoom(folder: string, { entries }: Manifest): Promise<void> {
  const needed = Object.entries(entries).reduce((sum, [name, { size }]) => sum + (isUnpacked(name) ? size : 0), 0)
  const disk = await statfs(folder).catch(() => null)
  if (disk && disk.bavail * disk.bsize < needed + SPARE_BYTES) {
    throw new CallError('disk-full', 'There is not enough room on the disk for this vault. Nothing was restored.')
  }
}

async function unpackInto(folder: string, reader: ArchiveReader, options: UnpackOptions): Promise<string[]> {
  const { signal, onProgress, at = () => {} } = options
  const { manifest } = reader
  for (const below of ['journal', 'versions', 'files']) await mkdir(path.join(folder, below), { mode: 0o700 })
  if (!reader.has(SNAPSHOT)) throw new CallError('damaged', 'The archive holds no notes.')
  const names = [SNAPSHOT, ...reader.names(VERSIONS), ...reader.names(FILES)]
  for (const [done, name] of names.entries()) {
    if (signal.aborted) throw new CallError('cancelled', 'Stopped; nothing was restored.')
    // The reader lets no other names through (F2).
    const below = name === SNAPSHOT ? `journal/${nameOf(manifest.journal.last, 0, 'snapshot')}` : name
    await reader.unpack(name, path.join(folder, below))
    onProgress({ phase: 'write', done: done + 1, total: names.length })
    at('entry')
  }
  const missing: string[] = []
  for (const { sha256, held } of manifest.attachments) {
    if (held && reader.has(FILES + sha256)) continue
    const found = await options.attachment(sha256)
    if (found) await copyWhole(found.path, path.join(folder, 'files', sha256))
    else missing.push(sha256)
  }
  return missing
}

/** Attachments are never written to, so two vaults may share the bytes. */
async function copyWhole(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE))
}

async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  await eachOf(files, SYNCS, (file) => archiveDisk.sync(file))
  for (const below of ['journal', 'versions', 'files']) await syncFolder(path.join(folder, below))
  await syncFolder(folder)
}
