import { app, nativeTheme } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import type { Jobs } from '../jobs.ts'
import { errorCode } from '../log.ts'
import type { Services } from '../services.ts'
import { appService } from './app-service.ts'
import type { AppWindow } from './app-window.ts'
import { askPerson } from './ask-person.ts'
import { installMenu } from './menu.ts'
import { storedOrAgreed } from './patience.ts'
import { Windows } from './windows.ts'

const COUNT_AFTER_MS = 1000

/** The app with windows. Call once, when Electron is ready. */
export async function runApp(services: Services, jobs: Jobs): Promise<void> {
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
  const windows: Windows = new Windows(services, (window) => appService(window, { services, jobs, mayLeave }))

  const theme = () => {
    nativeTheme.themeSource = settings.settings.theme
  }
  theme()
  settings.changed.on((now) => {
    theme()
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
  installMenu(process.platform, app.isPackaged, (id) => windows.focused()?.emit('command', { id }))

  const openOne = async () => {
    const [window] = windows.all()
    if (window) window.focus()
    else await windows.open(registry.last()?.id ?? null)
  }
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    if (!isForCli(data)) void openOne()
  })
  app.on('activate', () => void openOne())
  windows.onClose = mayLeave
  windows.onAllClosed = () => {
    if (process.platform !== 'darwin') app.quit()
  }
  quitWhenStored(services, windows)
  await openOne()
  log.info('app.started', { vaults: registry.list().length })
}

/** What a start of the command line hands to the instance that runs: it wants no window. */
export const CLI_START = { cli: true }
const isForCli = (data: unknown): boolean => typeof data === 'object' && data !== null && 'cli' in data

function quitWhenStored({ hosts, settings, log }: Services, windows: Windows): void {
  let isStored = false
  let isAsking = false
  app.on('before-quit', (event) => {
    if (isStored) return
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    const front = windows.focused()
    if (front) windows.remember(front)
    const store = async () => {
      await Promise.all(windows.all().map((window) => window.flush()))
      await Promise.all([hosts.flush(), settings.flush()])
    }
    const ask = () => askPerson(windows.focused())
    void storedOrAgreed(store, ask).then((answer) => {
      isAsking = false
      if (!answer) return
      isStored = true
      log.info('app.ended')
      windows.closeAll()
      hosts.endAll()
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
