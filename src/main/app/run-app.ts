import { app, nativeTheme } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import { type RunningBackups, runBackups } from '../backups/run-backups.ts'
import { endedUncleanText } from '../crash/running.ts'
import type { Jobs } from '../jobs.ts'
import { errorCode } from '../log.ts'
import { Mirrors } from '../mirror/mirrors.ts'
import type { Services } from '../services.ts'
import { startUpkeep } from '../upkeep.ts'
import { appService } from './app-service.ts'
import type { AppWindow } from './app-window.ts'
import { askPerson } from './ask-person.ts'
import { leaveWithTheSystem } from './leaving.ts'
import { installMenu } from './menu.ts'
import { inTime, storedOrAgreed } from './patience.ts'
import { runReviewNotices } from './run-review-notices.ts'
import { Windows } from './windows.ts'

const COUNT_AFTER_MS = 1000

/** The app with windows. Call once, when Electron is ready. @param endedUnclean the run before did not end as it should */
export async function runApp(services: Services, jobs: Jobs, endedUnclean: boolean): Promise<void> {
  const { registry, settings, hosts, log } = services
  const storeWindow = async (window: AppWindow) => {
    await window.flush()
    await window.host?.repeatable.call('flush', {})
    await settings.flush()
  }
  const mayLeave = (window: AppWindow) =>
    storedOrAgreed(
      () => storeWindow(window),
      () => askPerson(window),
    )
  const openBeside = (window: AppWindow, place: string) =>
    void windows.open(window.vaultId, { place, beside: window.browser })
  const backups = runBackups(services, jobs)
  const mirrors = new Mirrors(services, jobs)
  const windows: Windows = new Windows(services, (window) =>
    appService(window, { services, jobs, mayLeave, backups, mirrors, openBeside, spelling: windows.spelling }),
  )
  mirrors.told.on(({ id, level, text }) => {
    for (const window of windows.all()) if (window.vaultId === id) window.notify(level, text)
  })
  mirrors.changed.on((id) => {
    for (const window of windows.all()) if (window.vaultId === id) window.emit('mirror', {})
  })
  services.backups.changed.on(() => windows.emit('backups', {}))

  const theme = () => {
    nativeTheme.themeSource = settings.settings.theme
  }
  const menu = () =>
    installMenu(settings.settings.keys, app.isPackaged, (id) => windows.focused()?.emit('command', { id }))
  theme()
  menu()
  let keys = settings.settings.keys
  settings.changed.on((now) => {
    theme()
    windows.spelling.follow()
    if (now.keys !== keys) menu()
    keys = now.keys
    windows.emit('settings', now)
  })
  registry.changed.on(() => windows.emit('vaults', {}))
  countAfterChanges(services, jobs)
  hosts.restarted.on((id) => {
    for (const window of windows.all()) {
      if (window.vaultId !== id) continue
      window.notify('info', 'The part that keeps this vault stopped and was started again. Your words are kept.')
    }
  })
  hosts.givenUp.on((id) => {
    for (const window of windows.all()) {
      if (window.vaultId !== id) continue
      window.notify('error', 'This vault does not open. Nothing was changed; close Throughline and open it again.')
    }
  })

  const openOne = async () => {
    const window = windows.focused()
    if (window) window.focus()
    else await openAsLast(services, windows)
  }
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    if (wantsWindow(data)) void openOne()
  })
  app.on('activate', () => void openOne())
  windows.onClose = mayLeave
  windows.onAllClosed = () => {
    if (process.platform !== 'darwin') app.quit()
  }
  quitWhenStored(services, windows, backups, mirrors)
  leaveWithTheSystem()
  // Said by the window that opens first, before it asks.
  if (endedUnclean) windows.greet('info', endedUncleanText)
  await openOne()
  app.on('will-quit', startUpkeep(services))
  app.on('will-quit', runReviewNotices(services, windows))
  log.info('app.started', { vaults: registry.list().length })
}

/** The windows of the last session, where they were; without one, a window on the vault used last. */
async function openAsLast({ registry, settings }: Services, windows: Windows): Promise<void> {
  const known = settings.openWindows.filter(({ vault }) => vault !== null && registry.get(vault) !== null)
  for (const each of settings.openWindows) if (!known.includes(each)) settings.forgetWindow(each.id)
  if (known.length === 0) await windows.open(registry.last()?.id ?? null)
  else await Promise.all(known.map((from) => windows.open(from.vault, { from })))
}

/** What a start hands to the instance that runs when it wants no window of it. */
export const NO_WINDOW = { noWindow: true }
const wantsWindow = (data: unknown): boolean => typeof data !== 'object' || data === null || !('noWindow' in data)

function quitWhenStored(
  { hosts, keepers, settings, log }: Services,
  windows: Windows,
  backups: RunningBackups,
  mirrors: Mirrors,
): void {
  let isStored = false
  let isAsking = false
  app.on('before-quit', (event) => {
    if (isStored) return
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    for (const window of windows.all()) windows.remember(window)
    const store = async () => {
      await Promise.all(windows.all().map((window) => window.flush()))
      await Promise.all([hosts.flush(), settings.flush()])
    }
    const ask = () => askPerson(windows.focused())
    void storedOrAgreed(store, ask).then(async (answer) => {
      if (!answer) {
        isAsking = false
        return
      }
      log.info('app.ended')
      backups.stop()
      // what was written a moment ago belongs into the folder too
      await inTime(mirrors.end())
      windows.closeAll()
      hosts.endAll()
      // what the hosts sent last is still on its way to the journals
      await inTime(keepers.close())
      isStored = true
      app.quit()
    })
  })
}

/** Keeps the counts in the list of vaults about right while people write. */
function countAfterChanges({ hosts, log }: Services, jobs: Jobs): void {
  const timers = new Map<VaultId, NodeJS.Timeout>()
  hosts.changed.on((id) => {
    if (timers.has(id)) return
    const count = () => {
      timers.delete(id)
      if (!hosts.get(id)) return
      jobs.count(id).catch((error: unknown) => log.warn('vault.not-counted', { code: errorCode(error) }))
    }
    timers.set(id, setTimeout(count, COUNT_AFTER_MS))
  })
}
