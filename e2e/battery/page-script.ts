import type { ElectronApplication } from '@playwright/test'
import { answered, isLost } from '../support/answered.ts'

/**
 * Scripts in the vault's window that go on working after its process was killed: Playwright gives up a page that
 * crashed, Electron does not.
 */
const NOT_ANSWERED_MS = 5_000

/** Runs `script` in the window and answers what it settles with. Rejects where no window answers. */
export async function inWindow<A, R>(electron: ElectronApplication, script: (input: A) => R, input: A): Promise<R> {
  const code = `(${script.toString()})(${JSON.stringify(input)})`
  return (await electron.evaluate(
    async ({ BrowserWindow }, { code, limit }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('/index.html'))
      if (!window || window.webContents.isCrashed()) throw new Error('there is no window')
      let timer: NodeJS.Timeout | undefined
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error('the window does not answer')), limit)
      })
      return Promise.race([window.webContents.executeJavaScript(code, true), late]).finally(() => clearTimeout(timer))
    },
    { code, limit: NOT_ANSWERED_MS },
  )) as R
}

/** The same for a script that may run twice: on a busy machine Playwright loses an answer now and then. */
export async function readInWindow<A, R>(electron: ElectronApplication, script: (input: A) => R, input: A): Promise<R> {
  try {
    return await answered(inWindow(electron, script, input), 2 * NOT_ANSWERED_MS)
  } catch (error) {
    if (!isLost(error)) throw error
    return readInWindow(electron, script, input)
  }
}

/** Has every page that the window loads from now on run `script` before any of its own, also after its process died. */
export async function beforeEachPage(electron: ElectronApplication, script: () => void): Promise<void> {
  await electron.evaluate(async ({ BrowserWindow }, source) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('/index.html'))
    if (!window) throw new Error('there is no window')
    const { debugger: tools } = window.webContents
    if (!tools.isAttached()) tools.attach()
    await tools.sendCommand('Page.enable')
    await tools.sendCommand('Page.addScriptToEvaluateOnNewDocument', { source })
    const loaded = new Promise<void>((resolve) => window.webContents.once('did-finish-load', () => resolve()))
    window.webContents.reload()
    await loaded
  }, `(${script.toString()})()`)
}

export const windowPid = (electron: ElectronApplication): Promise<number> =>
  electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('/index.html'))
    return window?.webContents.getOSProcessId() ?? 0
  })

/** The app loads a window that died again, but not for ever: after three in a minute the person is asked to. */
export const loadDeadWindow = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) if (webContents.isCrashed()) webContents.reload()
  })
