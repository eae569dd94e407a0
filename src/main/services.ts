import type { AttachmentStore } from './attachments/attachment-store.ts'
import type { RemotePictures } from './attachments/remote-pictures.ts'
import type { Backups } from './backups/backups.ts'
import type { CrashReports } from './crash/reports.ts'
import type { Grants } from './files/grants.ts'
import type { LookFiles } from './files/look-files.ts'
import type { OpenWriter } from './files/write-files.ts'
import type { Hosts } from './hosts/hosts.ts'
import type { Keepers } from './keeper/keepers.ts'
import type { Logger } from './log.ts'
import type { Profile } from './store/profile.ts'
import type { VaultRegistry } from './store/registry.ts'
import type { SettingsStore } from './store/settings.ts'

/** What the windows and the command line both work with. Made once, in `start.ts`. */
export type Services = {
  readonly profile: Profile
  readonly log: Logger
  readonly registry: VaultRegistry
  readonly settings: SettingsStore
  readonly hosts: Hosts
  readonly keepers: Keepers
  readonly attachments: AttachmentStore
  readonly remotePictures: RemotePictures
  readonly backups: Backups
  readonly grants: Grants
  /** Read and write many files, in threads. */
  readonly look: LookFiles
  readonly write: OpenWriter
  readonly crashes: CrashReports
  /** Where the built pages lie. */
  readonly pages: string
  /** The preload script, absolute. */
  readonly preload: string
  /** The folder of the starter vault. */
  readonly starter: string
  readonly version: string
}
