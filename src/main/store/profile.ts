import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'

/** Where everything of one profile lies. Chromium's own folders (`Partitions/` holds the vaults' docs) are beside. */
export type Profile = {
  readonly folder: string
  readonly vaults: string
  readonly settings: string
  readonly logs: string
  /** Reports of what ended without being asked to. */
  readonly crashes: string
  /** Exists while windows run on this profile. */
  readonly running: string
  /** How a second start reaches this one: address and secret. */
  readonly door: string
  /** What is known of backups beside the archives themselves. */
  readonly backupsFile: string
  /** The daily archives of a vault. */
  backups(id: VaultId): string
  vaultFolder(id: VaultId): string
  attachments(id: VaultId): string
}

export const profileAt = (folder: string): Profile => ({
  folder,
  vaults: path.join(folder, 'vaults.json'),
  settings: path.join(folder, 'settings.json'),
  logs: path.join(folder, 'logs'),
  crashes: path.join(folder, 'crashes'),
  running: path.join(folder, 'running.json'),
  door: path.join(folder, 'door.json'),
  backupsFile: path.join(folder, 'backups.json'),
  backups: (id) => path.join(folder, 'backups', id),
  vaultFolder: (id) => path.join(folder, 'vaults', id),
  attachments: (id) => path.join(folder, 'vaults', id, 'files'),
})
