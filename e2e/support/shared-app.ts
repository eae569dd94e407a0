import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect } from '@playwright/test'
import { DEFAULT_SETTINGS } from '../../src/ipc/settings-shapes.ts'
import { Shell } from '../pages/shell.ts'
import { type LaunchedApp, launch } from './app.ts'
import { closeApp } from './close.ts'
import { callPort } from './ports.ts'

/** What a vault begins with. */
export type NewVault = 'empty' | 'starter'

export type SharedTurn = { readonly app: LaunchedApp; readonly profile: string }

/** What the first run calls it. */
const NAMES: Record<NewVault, string> = { empty: 'My notes', starter: 'Starter vault' }

/** As Playwright starts with. */
const MEDIA = { colorScheme: 'light', reducedMotion: 'no-preference', forcedColors: 'none', contrast: null } as const

/**
 * One app for all tests of a worker whose subject is not its start or end: a start costs two to three seconds, a new
 * vault a third of one. A failed test ends its worker, and the app with it.
 */
export class SharedApp {
  #running: SharedTurn | null = null

  /** The app as one finds it after the first run: its settings as new, one window, a vault of this test's own. */
  async turn(from: NewVault): Promise<SharedTurn> {
    const isKept = this.#running !== null
    this.#running ??= await start()
    const { app } = this.#running
    app.errors.length = 0
    if (isKept) await resetApp(app)
    await showNewVault(app, from)
    return this.#running
  }

  /** Also where another app is started: of two windows on one screen, one has no focus. */
  async close(): Promise<void> {
    const running = this.#running
    this.#running = null
    if (!running) return
    await closeApp(running.app)
    await rm(running.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

async function start(): Promise<SharedTurn> {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'throughline-e2e-'))
  const app = await launch({ profile })
  // Before any test can put an answer of its own in their place.
  await app.electron.evaluate(({ dialog, shell }) => {
    const scope = globalThis as typeof globalThis & { asStarted?: () => void }
    const [dialogs, openExternal, openPath] = [{ ...dialog }, shell.openExternal, shell.openPath]
    scope.asStarted = () => {
      Object.assign(dialog, dialogs)
      Object.assign(shell, { openExternal, openPath })
    }
  })
  return { app, profile }
}

/** What outlives a load of the window: main's stand-ins, other windows, the clipboard, the look, the settings. */
async function resetApp({ electron, window }: LaunchedApp): Promise<void> {
  await callPort(window, 'app', 'setSettings', DEFAULT_SETTINGS)
  await window.emulateMedia(MEDIA)
  for (const event of ['request', 'dialog', 'framenavigated'] as const) window.removeAllListeners(event)
  // A window counts its loads in its address, and ours has loaded more than once: no other one is at the same.
  await electron.evaluate(({ BrowserWindow, clipboard }, load) => {
    ;(globalThis as typeof globalThis & { asStarted?: () => void }).asStarted?.()
    clipboard.clear()
    for (const each of BrowserWindow.getAllWindows()) {
      if (each.webContents.getURL() !== load) {
        each.destroy()
        continue
      }
      each.setBounds({ x: 0, y: 0, width: 1440, height: 900 })
      each.webContents.setZoomFactor(1)
    }
  }, window.url())
}

async function showNewVault({ electron, window }: LaunchedApp, from: NewVault): Promise<void> {
  const before = new URL(window.url()).searchParams.get('vault')
  // The window loads anew, and may do so before the answer has reached us.
  const made = callPort(window, 'app', 'createVault', { name: NAMES[from], from }).catch(() => null)
  await window.waitForURL(({ searchParams }) => searchParams.has('vault') && searchParams.get('vault') !== before)
  await made
  await new Shell(window).ready()
  // The host of the vault before it ends when everything is stored.
  const hosts = () =>
    electron.evaluate(
      ({ webContents }) =>
        webContents.getAllWebContents().filter((page) => page.getURL().includes('/host.html')).length,
    )
  await expect.poll(hosts, { intervals: [20, 50, 100] }).toBe(1)
}
