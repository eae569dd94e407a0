import type { ElectronApplication } from '@playwright/test'
import { expect } from './fixtures.ts'

/**
 * The process of the vault's host. Waits until there is one, and another one than `former`: while a host is being
 * started again there is none, and a signal to process 0 would end the tests themselves.
 */
export async function hostPid(electron: ElectronApplication, former = 0): Promise<number> {
  let pid = 0
  const read = async () => {
    const look = electron.evaluate(({ webContents }) => {
      const host = webContents.getAllWebContents().find((contents) => contents.getURL().includes('/host.html'))
      return host?.getOSProcessId() ?? 0
    })
    // Playwright loses an answer now and then while processes die: asked again.
    pid = await look.catch(() => 0)
    return pid !== 0 && pid !== former
  }
  await expect.poll(read, 'a vault has a host').toBe(true)
  return pid
}
