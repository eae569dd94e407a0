import { dialog, shell } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import type { appContract, VaultInfo } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { AppWindow } from '../app/app-window.ts'
import { inTime } from '../app/patience.ts'
import type { Jobs } from '../jobs.ts'
import type { Services } from '../services.ts'
import type { RunningBackups } from './run-backups.ts'

type Calls = Pick<
  Handlers<typeof appContract>,
  'backups' | 'backupNow' | 'chooseSecondDisk' | 'secondDiskAsked' | 'restoreBackup' | 'rehearseRestore' | 'showArchive'
>

export type BackupCallsOptions = {
  readonly services: Services
  readonly jobs: Jobs
  readonly running: RunningBackups
  /** Fails with `no-vault`. */
  readonly shownVault: () => VaultInfo
  /** Flushes the window; fails with `cancelled` where the person stays. */
  readonly leave: () => Promise<void>
  readonly showSoon: (id: VaultId) => void
}

/** What a window may ask of the archives of the vault that it shows (ipc/app-contract.ts). */
export function backupCalls(window: AppWindow, options: BackupCallsOptions): Calls {
  const { services, jobs, running, shownVault, leave, showSoon } = options
  const { backups, grants } = services
  const never = new AbortController().signal

  const mayRestore = async (file: string): Promise<string> => {
    const isOurs = window.vaultId !== null && (await isListed(file, window.vaultId))
    if (!isOurs && !(await grants.has(file))) throw new CallError('refused', 'That file was not chosen in a dialog.')
    return file
  }
  const isListed = async (file: string, vault: VaultId) =>
    (await backups.state(vault)).archives.some((archive) => archive.path === file)
  const chooseArchive = async (): Promise<string | null> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window.browser, {
      title: 'An archive',
      properties: ['openFile'],
      filters: [{ name: 'Throughline archives', extensions: ['throughline'] }],
    })
    return canceled ? null : (filePaths[0] ?? null)
  }

  return {
    backups: () => backups.state(shownVault().id),
    backupNow: async () => {
      const { id } = shownVault()
      // What is still in the window belongs into it; a window that does not answer holds it up no longer.
      await inTime(window.flush())
      return jobs.backup(id, 'here', never, () => {})
    },
    chooseSecondDisk: async ({ forget }) => {
      if (forget) {
        await backups.setSecond(null)
        return null
      }
      const { canceled, filePaths } = await dialog.showOpenDialog(window.browser, {
        title: 'A folder on a second disk',
        properties: ['openDirectory', 'createDirectory'],
      })
      const [folder] = filePaths
      if (canceled || folder === undefined) return null
      await backups.setSecond(folder)
      running.soon()
      return folder
    },
    secondDiskAsked: () => backups.setAsked(),
    restoreBackup: async ({ path }) => {
      const file = path === null ? await chooseArchive() : await mayRestore(path)
      if (file === null) return null
      await leave()
      const { vault, problems } = await jobs.restore(file, never, () => {})
      if (problems.length > 0) window.notify('warning', problems.join(' '))
      showSoon(vault.id)
      return vault
    },
    rehearseRestore: async () => {
      const { id } = shownVault()
      await running.rehearse(id)
      return backups.state(id)
    },
    showArchive: async ({ path }) => {
      if (!(await isListed(path, shownVault().id))) throw new CallError('refused', 'That file is none of the archives.')
      shell.showItemInFolder(path)
    },
  }
}
