import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { type LaunchedApp, type LaunchOptions, launch } from './app.ts'

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

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  profile: async ({}, use) => withFolder(use),
  // biome-ignore lint/correctness/noEmptyPattern: the form that Playwright asks for
  folder: async ({}, use) => withFolder(use),

  launchApp: async ({ profile }, use) => {
    const started: LaunchedApp[] = []
    await use(async (options) => {
      const app = await launch({ profile, ...options })
      started.push(app)
      return app
    })
    // closing one that has ended, or was killed, is not an error
    for (const { electron } of started) await electron.close().catch(() => {})
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
