import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { session } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import type { Profile } from '../store/profile.ts'

/** Copies that are kept of stores which could not be opened. */
const MOST = 2

const asideFolder = (profile: Profile, id: VaultId): string => path.join(profile.vaultFolder(id), 'set-aside')

/**
 * Makes room for a new store of a vault whose store Chromium cannot open at all: a damaged LevelDB stays so for
 * ever. What there is is copied first, so a disk that cannot be written changes nothing; then Chromium itself
 * removes it, whose handles stay right by that. `now`: ms since 1970, for the name of the copy.
 */
export async function setStoreAside(profile: Profile, id: VaultId, now: number): Promise<void> {
  const own = session.fromPartition(`persist:vault-${id}`)
  const folder = asideFolder(profile, id)
  await mkdir(folder, { recursive: true })
  if (own.storagePath !== null) {
    const name = new Date(now).toISOString().replaceAll(/[:.]/g, '-')
    await cp(path.join(own.storagePath, 'IndexedDB'), path.join(folder, name), { recursive: true })
  }
  await own.clearStorageData({ storages: ['indexdb'] })
  const copies = (await readdir(folder)).sort()
  for (const old of copies.slice(0, -MOST)) await rm(path.join(folder, old), { recursive: true, force: true })
}

/** They hold words of notes that are to leave this computer. */
export const removeStoresAside = (profile: Profile, id: VaultId): Promise<void> =>
  rm(asideFolder(profile, id), { recursive: true, force: true })
