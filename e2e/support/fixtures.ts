import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test as base, type ElectronApplication, expect, type Page, type TestInfo } from '@playwright/test'
import { type LaunchedApp, type LaunchOptions, launch } from './app.ts'

/** More than the five seconds after which the app asks the person. */
const CLOSE_MS = 20_000

type Fixtures = {
  /** A folder of this test's own for the app's data, gone afterwards. */
  profile: string
  /** Another folder of this test's own, for notes to import or export. */
  folder: string
  /** Starts the app (again); whatever is still running at the end of the test is closed. */
  launchApp: (options?: Partial<LaunchOptions>) => Promise<LaunchedApp>
  /** The app, started once with `profile`. At the end of the test its windows must have logged no error. */
  app: LaunchedApp
  electron: ElectronApplication
  window: Page
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throughline-e2e-'))
  await use(folder)
  // A Chromium that is just ending may still write: try again instead of failing a test that has passed.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** One that has ended already, or was killed, is not an error; one that does not end is. */
async function close({ electron }: LaunchedApp): Promise<void> {
  let stuck = false
  const limit = setTimeout(() => {
    stuck = true
    electron.process().kill('SIGKILL')
  }, CLOSE_MS)
  await electron.close().catch(() => {})
  clearTimeout(limit)
  expect(stuck, 'the app did not end when it was closed').toBe(false)
}

/** What the app says of itself, where a test has failed: its log names states and codes, and no text of a note. */
async function tellLog(profile: string, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return
  const log = await readFile(path.join(profile, 'logs', 'main.log'), 'utf8').catch(() => 'there is none')
  process.stdout.write(`${info.titlePath.join(' › ')}: the app's log\n${log.split('\n').slice(-40).join('\n')}\n`)
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  profile: async ({}, use) => withFolder(use),
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  folder: async ({}, use) => withFolder(use),

  launchApp: async ({ profile }, use, info) => {
    const started: LaunchedApp[] = []
    await use(async (options) => {
      const app = await launch({ profile, ...options })
      started.push(app)
      return app
    })
    for (const app of started) await close(app)
    await tellLog(profile, info)
  },

  app: async ({ launchApp }, use) => {
    const app = await launchApp()
    await use(app)
    expect(app.errors).toEqual([])
  },
  electron: async ({ app }, use) => use(app.electron),
  window: async ({ app }, use) => use(app.window),
})

export { expect } from '@playwright/test'
