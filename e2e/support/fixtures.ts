import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test as base, type ElectronApplication, expect, type Page, type TestInfo } from '@playwright/test'
import { type LaunchedApp, type LaunchOptions, launch } from './app.ts'
import { closeApp } from './close.ts'
import { type NewVault, SharedApp, type SharedTurn } from './shared-app.ts'

type Fixtures = {
  /** Set by `inEmptyVault` and `inStarterVault`. */
  shares: NewVault | null
  shared: SharedTurn | null
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

type WorkerFixtures = { sharedApp: SharedApp }

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throughline-e2e-'))
  await use(folder)
  // A Chromium that is just ending may still write: try again instead of failing a test that has passed.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}

/** What the app says of itself, where a test has failed: its log names states and codes, and no text of a note. */
async function tellLog(profile: string, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return
  const log = await readFile(path.join(profile, 'logs', 'main.log'), 'utf8').catch(() => 'there is none')
  process.stdout.write(`${info.titlePath.join(' › ')}: the app's log\n${log.split('\n').slice(-40).join('\n')}\n`)
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  sharedApp: [
    // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
    async ({}, use) => {
      const shared = new SharedApp()
      await use(shared)
      await shared.close()
    },
    { scope: 'worker' },
  ],
  shares: null,
  shared: async ({ shares, sharedApp }, use) => use(shares && (await sharedApp.turn(shares))),

  profile: async ({ shared }, use) => (shared ? use(shared.profile) : withFolder(use)),
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  folder: async ({}, use) => withFolder(use),

  launchApp: async ({ shared, sharedApp, profile }, use, info) => {
    const started: LaunchedApp[] = []
    await use(async (options) => {
      if (shared) throw new Error('a test that starts an app has no share in another one')
      await sharedApp.close()
      const app = await launch({ profile, ...options })
      started.push(app)
      return app
    })
    for (const app of started) await closeApp(app)
    await tellLog(profile, info)
  },

  app: async ({ shared, launchApp }, use) => {
    const app = shared?.app ?? (await launchApp())
    await use(app)
    expect(app.errors).toEqual([])
  },
  electron: async ({ app }, use) => use(app.electron),
  window: async ({ app }, use) => use(app.window),
})

/**
 * Tests in an app that goes on from test to test (`SharedApp`): each finds a new vault in its window. Not for tests
 * that start or end the app, or look at all of a profile.
 */
export const inEmptyVault = test.extend({ shares: 'empty' })
export const inStarterVault = test.extend({ shares: 'starter' })

export { expect } from '@playwright/test'
