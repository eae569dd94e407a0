import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { readFuses } from '../build/electron/fuses.mjs'
import { PACKAGED_FUSES } from '../build/packaging/fuses.mjs'
import { FirstRunPage } from './pages/first-run.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { chromiumFlags, root } from './support/app.ts'
import { test as base, expect } from './support/fixtures.ts'

// What `npm run package -- --dir` makes; `npm test` has made it by now.
const folder = path.join(root, 'dist/linux-unpacked')
const executable = path.join(folder, 'throughline')

type Packaged = { readonly window: Page; readonly close: () => Promise<void> }

/** The address on which a Chromium with `--remote-debugging-port=0` says that it listens. */
function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${said}`)))
  })
}

/** Whether a page is what a person sees: a vault's hidden page may be there before it. */
const isWindow = (url: string) => url.startsWith('app://bundle/index.html')

/**
 * A Playwright that connects while the first window is being made can wait for it for ever (1 in 15 on a busy
 * machine): so only once that has its address, and a second time where it happens all the same.
 */
async function connect(address: string): Promise<Browser> {
  const list = new URL('/json/list', address.replace('ws:', 'http:'))
  const pages = async () => {
    const targets = (await (await fetch(list)).json()) as { type: string; url: string }[]
    return targets.filter(({ type, url }) => type === 'page' && isWindow(url)).length
  }
  await expect.poll(pages, { timeout: 30_000 }).toBeGreaterThan(0)
  return chromium.connectOverCDP(address, { timeout: 10_000 }).catch(() => chromium.connectOverCDP(address))
}

/** Its fuses shut out the inspector by which Playwright drives Electron: it is driven as a Chromium. */
async function start(profile: string): Promise<Packaged> {
  const flags = [...chromiumFlags(profile), '--disable-gpu', '--remote-debugging-port=0']
  const child = spawn(executable, flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let browser: Browser | undefined
  const close = async () => {
    child.kill()
    await ended
    await browser?.close().catch(() => {}) // it has ended with the app
  }
  try {
    browser = await connect(await debuggerAddress(child))
    const window = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((page) => isWindow(page.url()))
    if (!window) throw new Error('the packaged app has no window')
    return { window, close }
  } catch (error) {
    await close()
    throw error
  }
}

const test = base.extend<{ startPackaged: () => Promise<Packaged> }>({
  startPackaged: async ({ profile }, use) => {
    const started: Packaged[] = []
    await use(async () => {
      const app = await start(profile)
      started.push(app)
      return app
    })
    for (const { close } of started) await close()
  },
})

test.skip(process.platform !== 'linux' || !existsSync(executable), 'there is no packaged app: npm run package -- --dir')

test('a note written in the packaged app is there when it is started again', async ({ startPackaged }) => {
  const first = await startPackaged()
  expect(await first.window.evaluate(() => location.origin)).toBe('app://bundle')
  await new FirstRunPage(first.window).emptyDoor.click()
  const shell = new Shell(first.window)
  await shell.ready()
  await shell.press('Mod+n')
  await new NotePage(first.window).write('Packed lunch', 'Bread, radishes, a pear.')
  await expect(shell.footer).toContainText('Only inside Throughline')
  await first.close()

  const again = await startPackaged()
  const reopened = new Shell(again.window)
  await reopened.ready()
  await reopened.open('Packed lunch')
  await expect(new NotePage(again.window).text).toContainText('Bread, radishes, a pear.')
})

test('the packaged app carries the starter vault', async ({ startPackaged }) => {
  const { window } = await startPackaged()
  await new FirstRunPage(window).starterDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await expect(shell.row('Essays')).toContainText(/\d/)
})

test('the packaged app is its own command line', async ({ profile }) => {
  const run = promisify(execFile)
  const { stdout } = await run(executable, [...chromiumFlags(profile), '--disable-gpu', 'vaults'])
  expect(JSON.parse(stdout)).toEqual([])
  const wrong = run(executable, [...chromiumFlags(profile), '--disable-gpu', 'no-such-verb'])
  await expect(wrong).rejects.toMatchObject({ code: 2, stdout: '' })
})

test('the binary is locked down', async () => {
  expect(readFuses(await readFile(executable))).toEqual(PACKAGED_FUSES)
})

test('it carries the bundles, the starter vault and no node_modules', async () => {
  const asar = await readFile(path.join(folder, 'resources/app.asar'))
  const header = JSON.parse(asar.toString('utf8', 16, 16 + asar.readUInt32LE(12)))
  expect(Object.keys(header.files).sort()).toEqual(['out', 'package.json'])
  expect(Object.keys(header.files.out.files).sort()).toEqual(['main', 'preload', 'renderer'])
  expect(existsSync(path.join(folder, 'resources/starter-vault'))).toBe(true)
  expect(existsSync(path.join(folder, 'resources/default_app.asar'))).toBe(false)
  // The system loads a library from a file only.
  const addon = `out/main/native/sodium-native-${process.platform}-${process.arch}.node`
  expect(existsSync(path.join(folder, 'resources/app.asar.unpacked', addon))).toBe(true)
})
