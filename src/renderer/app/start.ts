import { CallError } from '../../ipc/rpc.ts'
import { runCommand } from '../features/commands/index.ts'
import { replicasStored, titlesGiven } from '../features/note/index.ts'
import { factsGiven } from '../features/note-actions/index.ts'
import { readBackups } from '../features/settings/index.ts'
import { type AppClient, acceptPorts, requestClients, useClients } from '../platform/clients.ts'
import { paced } from '../platform/paced.ts'
import { followBreadth } from '../state/layout.ts'
import { closeNotice, showNotice } from '../state/notices.ts'
import { useSession } from '../state/session.ts'
import { onWindowChange, packWindow, unpackWindow } from './window-state.ts'
import { WORDS } from './words.ts'

const SAVE_MS = 500

/** Joins this window to main and to the host of its vault, and keeps the stores true from then on. */
export function startWindow(): void {
  acceptPorts()
  followBreadth()
  useSession.subscribe(dress)
  let former: AppClient | null = null
  useClients.subscribe(({ app }) => {
    if (!app || app === former) return
    former = app
    join(app).catch(ignoreClosed)
  })
  useClients.subscribe(({ vault }, before) => {
    if (vault && vault !== before.vault) {
      useSession.setState({ indexing: null })
      vault.on('fault', ({ text }) => useSession.setState({ fault: text }))
      vault.on('restored', ({ text }) => showRestored(text))
      vault.on('progress', ({ job, done, total }) => {
        if (job === 'index') useSession.setState({ indexing: done < total ? { done, total } : null })
        if (job === 'restore') tellRestoring(done, total)
      })
      void vault.call('info', {}).then(
        ({ fault, restored }) => {
          useSession.setState({ fault })
          closeNotice('restoring')
          // It was mostly put right before this window could hear of it.
          if (restored !== null) showRestored(restored)
        },
        () => {},
      )
    }
  })
  useSession.subscribe(({ fault }, before) => {
    if (fault === before.fault) return
    if (fault === null) closeNotice('fault')
    else showNotice({ key: 'fault', level: 'error', text: fault, canClose: false })
  })
  requestClients(['app'])
}

/** Words that were put back: said once, and there until the person has read it. */
const showRestored = (text: string) => showNotice({ key: 'restored', level: 'warning', text })

/** Before any list can be shown, where a whole vault is put back. */
function tellRestoring(done: number, total: number): void {
  if (done >= total) closeNotice('restoring')
  else showNotice({ key: 'restoring', level: 'warning', text: WORDS.restoring(done, total), canClose: false })
}

let isFirstJoin = true

async function join(app: AppClient): Promise<void> {
  app.on('settings', (settings) => useSession.setState({ settings }))
  app.on('notice', ({ level, text }) => showNotice({ key: `main:${text}`, level, text }))
  app.on('command', ({ id }) => runCommand(id))
  app.on('vaults', () => readVaults(app).catch(ignoreClosed))
  app.on('backups', () => readBackups(app).catch(ignoreFailed))
  app.on('flush', ({ token }) => flush(app, token).catch(ignoreClosed))

  const { platform, version, vault, settings, windowState, place, notice } = await app.call('bootstrap', {})
  const isFirst = isFirstJoin && vault !== null
  if (isFirst) unpackWindow(windowState, vault.id, place)
  useSession.setState({ platform, version, vault, settings })
  if (isFirst) {
    isFirstJoin = false
    requestClients(['vault', 'index'])
    // Also of a window that nobody touches: it is to come back as it opened.
    saveWindow()
    onWindowChange(paced(() => saveWindow(), SAVE_MS))
  }
  document.documentElement.dataset.platform = platform
  if (notice !== null) showNotice({ key: 'start', ...notice })
  await readVaults(app)
  // Nobody waits for what is known of backups.
  if (vault) readBackups(app).catch(ignoreFailed)
}

/** A port closes when the window loads another vault or main goes: there is nobody left to tell. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof CallError && error.code === 'closed')) throw error
}

/** What is not known now is read again when it changes; whoever needs it asks, and is told. */
function ignoreFailed(error: unknown): void {
  if (!(error instanceof CallError)) throw error
}

async function readVaults(app: AppClient): Promise<void> {
  const vaults = await app.call('vaults', {})
  useSession.setState(({ vault }) => ({ vaults, vault: vaults.find(({ id }) => id === vault?.id) ?? vault }))
}

let saved = ''

function saveWindow(): void {
  const { app } = useClients.getState()
  const { vault } = useSession.getState()
  if (!app || !vault) return
  const state = packWindow(vault.id)
  if (state === saved) return
  saved = state
  app.call('saveWindowState', { state }).catch(ignoreClosed)
}

/** Everything written in this window is stored, or the vault has said that it cannot. */
async function flush(app: AppClient, token: number): Promise<void> {
  // A title that is being edited is written when its field is left.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  saveWindow()
  await titlesGiven()
  await factsGiven()
  // Also of notes that were left, and are in no view any more.
  await replicasStored()
  await app.call('flushed', { token })
}

/** Theme, density and size of text stand on the page's root, where the tokens read them. */
function dress({ settings, vault }: ReturnType<typeof useSession.getState>): void {
  const { dataset, style } = document.documentElement
  if (settings.theme === 'system') delete dataset.theme
  else dataset.theme = settings.theme
  dataset.density = settings.density
  style.setProperty('--t-body', `${settings.bodySize / 16}rem`)
  if (!vault) document.title = WORDS.appName
}
