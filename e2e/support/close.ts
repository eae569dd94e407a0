import { expect } from '@playwright/test'
import type { LaunchedApp } from './app.ts'

/** More than the five seconds after which the app asks the person. */
const CLOSE_MS = 20_000

/** One that has ended already, or was killed, is not an error; one that does not end is. */
export async function closeApp({ electron }: LaunchedApp): Promise<void> {
  let stuck = false
  const limit = setTimeout(() => {
    stuck = true
    electron.process().kill('SIGKILL')
  }, CLOSE_MS)
  await electron.close().catch(() => {})
  clearTimeout(limit)
  expect(stuck, 'the app did not end when it was closed').toBe(false)
}
