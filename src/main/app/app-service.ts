import { shell } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import type { appContract, VaultInfo } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import { attachmentCalls } from '../attachments/attachment-calls.ts'
import { backupCalls } from '../backups/backup-calls.ts'
import type { RunningBackups } from '../backups/run-backups.ts'
import { crashCalls } from '../crash/crash-calls.ts'
import { exportCalls } from '../files/export-calls.ts'
import { ExportTurn } from '../files/export-turn.ts'
import { pageCalls } from '../files/html-calls.ts'
import { importCalls } from '../files/import-calls.ts'
import type { Jobs } from '../jobs.ts'
import { mirrorCalls } from '../mirror/mirror-calls.ts'
import type { Mirrors } from '../mirror/mirrors.ts'
import { externalUrl } from '../safety/urls.ts'
import type { Services } from '../services.ts'
import type { AppWindow } from './app-window.ts'
import type { Spelling } from './spelling.ts'

export type AppServiceOptions = {
  readonly services: Services
  readonly jobs: Jobs
  /** Flushes a window, and asks the person where that fails; false: stay. */
  readonly mayLeave: (window: AppWindow) => Promise<boolean>
  readonly backups: RunningBackups
  readonly mirrors: Mirrors
  readonly spelling: Spelling
  /** Opens another window on the vault of this one. */
  readonly openBeside: (window: AppWindow, place: string) => void
}

/** What main does for one window (ipc/app-contract.ts). */
export function appService(window: AppWindow, options: AppServiceOptions): Handlers<typeof appContract> {
  const { services, jobs, mayLeave } = options
  const { registry, settings, grants } = services
  const turn = new ExportTurn(window)

  const granted = async (folder: string) => {
    if (!(await grants.has(folder))) throw new CallError('refused', `${folder} was not chosen in a dialog.`)
    return folder
  }
  const shownVault = (): VaultInfo => {
    const info = window.vaultId && registry.get(window.vaultId)
    if (!info) throw new CallError('no-vault', 'No vault is open in this window.')
    return info
  }
  const known = (id: VaultId): VaultInfo => {
    const info = registry.get(id)
    if (!info) throw new CallError('not-found', 'There is no such vault.')
    return info
  }
  /** After the reply has left: the load that follows closes the port that would carry it. */
  const showSoon = (id: VaultId) => setImmediate(() => void window.show(id))
  const leave = async () => {
    if (!(await mayLeave(window))) throw new CallError('cancelled', 'The vault stays open.')
  }

  return {
    bootstrap: () => ({
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      version: services.version,
      vault: window.vaultId ? registry.get(window.vaultId) : null,
      settings: settings.settings,
      windowState: stateOf(window, settings),
      place: window.takePlace(),
      notice: window.takeNotice(),
    }),
    vaults: () => registry.list(),

    createVault: async ({ name, from }) => {
      await leave()
      const vault = await jobs.create(name, from)
      showSoon(vault.id)
      return known(vault.id)
    },
    openVault: async ({ id }) => {
      known(id)
      await leave()
      await registry.use(id)
      showSoon(id)
    },
    renameVault: ({ id, name }) => jobs.rename(id, name),

    openExternal: async ({ url }) => {
      const safe = externalUrl(url)
      if (safe === null) throw new CallError('refused', 'Only web and mail addresses are opened.')
      await shell.openExternal(safe)
    },
    showInFolder: async ({ folder }) => {
      const isExport = registry.list().some(({ exported }) => exported?.folder === folder)
      if (!isExport && !(await grants.has(folder))) throw new CallError('refused', 'That folder is not one of ours.')
      shell.showItemInFolder(folder)
    },
    spelling: () => options.spelling.state(),
    fetchDictionary: ({ language }) => options.spelling.fetch(language),
    setSettings: (change) => settings.set(change),
    saveWindowState: ({ state }) => {
      if (window.vaultId) settings.keepWindow(window.id, { vault: window.vaultId, state })
    },
    flushed: ({ token }) => window.flushed(token),
    newWindow: ({ place }) => {
      shownVault()
      options.openBeside(window, place)
    },
    ...attachmentCalls(window, { services, jobs, shownVault }),
    ...backupCalls(window, { services, jobs, running: options.backups, shownVault, leave, showSoon }),
    ...importCalls(window, { services, jobs, mirrors: options.mirrors, granted }),
    ...exportCalls(window, { services, jobs, turn, shownVault, granted }),
    ...pageCalls(window, { services, jobs, turn, shownVault }),
    ...mirrorCalls(options.mirrors, services, shownVault),
    ...crashCalls(services),
  }
}

/** As this window was, else as the last one on the vault was. */
function stateOf({ id, vaultId }: AppWindow, settings: Services['settings']): string | null {
  if (vaultId === null) return null
  const own = settings.openWindows.find((each) => each.id === id)
  return own?.state ?? settings.windowState(vaultId)
}
