import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

export const root = path.resolve(import.meta.dirname, '../..')

export type LaunchOptions = {
  /** Where this app keeps its data. */
  readonly profile: string
  /** Added to the environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Arguments of the app, behind its path. */
  readonly args?: readonly string[]
  /** More of Chromium's flags. */
  readonly flags?: readonly string[]
}

export type LaunchedApp = {
  readonly electron: ElectronApplication
  readonly window: Page
  /** Errors of every window so far, console and uncaught; a test that expects one takes it out. */
  readonly errors: string[]
}

/** Chromium's flags for this machine; `npm run test:e2e` brings the screen and the runtime by its environment. */
export function chromiumFlags(profile: string): string[] {
  const root = process.platform === 'linux' && process.getuid?.() === 0
  return ['--log-level=3', `--user-data-dir=${profile}`, ...(root ? ['--no-sandbox'] : [])]
}

/** Starts the build in out/ and waits for its first window; the caller closes it. */
export async function launch({ profile, env = {}, args = [], flags = [] }: LaunchOptions): Promise<LaunchedApp> {
  const environment = Object.entries({ ...process.env, ...env })
  const electron = await _electron.launch({
    args: [...chromiumFlags(profile), ...flags, root, ...args],
    cwd: root,
    env: Object.fromEntries(environment.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    // Playwright adds --no-sandbox of its own unless told otherwise
    chromiumSandbox: process.platform !== 'linux' || process.getuid?.() !== 0,
  })
  const errors: string[] = []
  electron.on('window', (page) => collectErrors(page, errors))
  // Also before any evaluate(): while the app is still starting it can fail with 'promise was garbage collected'.
  const window = await appWindow(electron)
  collectErrors(window, errors)
  return { electron, window, errors }
}

/** The interface's window. The hidden page of a vault is a window to Playwright as well, and may come first. */
export async function appWindow(electron: ElectronApplication): Promise<Page> {
  await electron.firstWindow()
  for (;;) {
    const window = electron.windows().find((page) => new URL(page.url() || 'about:blank').pathname === '/index.html')
    if (window) return window
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const watched = new WeakSet<Page>()

function collectErrors(page: Page, errors: string[]): void {
  if (watched.has(page)) return
  watched.add(page)
  page.on('console', (message) => message.type() === 'error' && errors.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.message}`))
}
