import type { ElectronApplication } from '@playwright/test'
import { answered } from './answered.ts'
import { expect } from './fixtures.ts'

const ANSWER_MS = 3_000

/**
 * The process of the vault's host. Waits until there is one, and another one than `former`: while a host is being
 * started again there is none, and a signal to process 0 would end the tests themselves.
 *
 * @param vault its id, where the host of another one may still be ending
 */
export async function hostPid(electron: ElectronApplication, former = 0, vault = ''): Promise<number> {
  let pid = 0
  const read = async () => {
    const look = electron.evaluate(({ webContents }, page) => {
      const host = webContents.getAllWebContents().find((contents) => contents.getURL().includes(page))
      return host?.getOSProcessId() ?? 0
    }, `/host.html?vault=${vault}`)
    pid = await answered(look, ANSWER_MS).catch(() => 0)
    return pid !== 0 && pid !== former
  }
  await expect.poll(read, 'a vault has a host').toBe(true)
  return pid
}
