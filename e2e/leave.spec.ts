import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { hostPid } from './support/host.ts'
import { callPort } from './support/ports.ts'

// ARCHITECTURE, "Host page": close, quit and switching a vault wait for acknowledgement, five seconds, then ask.
// The host is stopped (not killed: that would restart it), as a disk that does not answer would stop it.

test.skip(process.platform === 'win32', 'Windows cannot stop a process')

async function openVault(page: Page): Promise<string> {
  const created = callPort(page, 'app', 'createVault', { name: 'Slow', from: 'empty' }).catch(() => null)
  await page.waitForURL(({ searchParams }) => searchParams.has('vault'))
  await created
  await callPort(page, 'vault', 'info', {})
  return new URL(page.url()).searchParams.get('vault') ?? ''
}

/** Answers the question that is asked when words are not stored in time, and counts how often it is asked. */
const answer = (electron: ElectronApplication, button: 'Wait' | 'Stay' | 'Go on without') =>
  electron.evaluateHandle(({ dialog }, button) => {
    const asked: string[] = []
    const show = async (...args: unknown[]) => {
      const question = args.at(-1) as { buttons: string[]; message: string }
      asked.push(question.message)
      return { response: question.buttons.indexOf(button), checkboxChecked: false }
    }
    dialog.showMessageBox = show as typeof dialog.showMessageBox
    return asked
  }, button)

const closeWindow = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
const quit = (electron: ElectronApplication) => electron.evaluate(({ app }) => setImmediate(() => app.quit()))

for (const [what, leave] of [
  ['closing the window', closeWindow],
  ['quitting', quit],
] as const) {
  test(`${what} waits for the store, asks after five seconds, and stays when told to`, async ({
    window: page,
    electron,
    app,
  }) => {
    await openVault(page)
    const pid = await hostPid(electron)
    const asked = await answer(electron, 'Stay')
    process.kill(pid, 'SIGSTOP')
    try {
      const started = Date.now()
      await leave(electron)
      await expect.poll(() => asked.jsonValue().then((list) => list.length), { timeout: 15_000 }).toBe(1)
      expect(Date.now() - started).toBeGreaterThan(4500)
      expect(await asked.jsonValue()).toEqual(['Some words are not stored yet.'])
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    // it is all still there, and works
    expect(await callPort<{ name: string }>(page, 'vault', 'info', {})).toMatchObject({ name: 'Slow' })
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    await answer(electron, 'Wait')
    await leave(electron).catch(() => null)
    await ended
    app.errors.length = 0
  })
}

test('a person may wait until it is stored', async ({ window: page, electron, app }) => {
  await openVault(page)
  const pid = await hostPid(electron)
  const asked = await answer(electron, 'Wait')
  process.kill(pid, 'SIGSTOP')
  const ended = new Promise((resolve) => electron.process().once('exit', resolve))
  await quit(electron)
  await expect.poll(() => asked.jsonValue().then((list) => list.length), { timeout: 15_000 }).toBe(1)
  process.kill(pid, 'SIGCONT')
  await ended
  app.errors.length = 0
})

test('switching the vault waits as well; going on without is the person’s word', async ({ window: page, electron }) => {
  const first = await openVault(page)
  const second = callPort(page, 'app', 'createVault', { name: 'Other', from: 'empty' }).catch(() => null)
  await page.waitForURL(({ searchParams }) => searchParams.get('vault') !== first)
  await second
  await callPort(page, 'vault', 'info', {})
  const pid = await hostPid(electron, 0, new URL(page.url()).searchParams.get('vault') ?? '')
  const asked = await answer(electron, 'Stay')
  process.kill(pid, 'SIGSTOP')
  try {
    await expect(callPort(page, 'app', 'openVault', { id: first })).rejects.toThrow('cancelled')
    expect((await asked.jsonValue()).length).toBe(1)
    expect(new URL(page.url()).searchParams.get('vault')).not.toBe(first)
    await answer(electron, 'Go on without')
    const switched = callPort(page, 'app', 'openVault', { id: first }).catch(() => null)
    await page.waitForURL(({ searchParams }) => searchParams.get('vault') === first, { timeout: 15_000 })
    await switched
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  expect(await callPort<{ name: string }>(page, 'vault', 'info', {})).toMatchObject({ name: 'Slow' })
})

test('what the window says is not stored yet holds it too', async ({ window: page, electron, app }) => {
  await openVault(page)
  const asked = await answer(electron, 'Wait')
  const ended = new Promise((resolve) => electron.process().once('exit', resolve))
  // a renderer that does not answer the question whether all is stored, until it runs again
  const pid = await electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  )
  process.kill(pid, 'SIGSTOP')
  await quit(electron)
  await expect.poll(() => asked.jsonValue().then((list) => list.length), { timeout: 15_000 }).toBeGreaterThan(0)
  process.kill(pid, 'SIGCONT')
  await ended
  app.errors.length = 0
})
