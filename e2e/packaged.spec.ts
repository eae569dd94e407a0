import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { readFuses } from '../build/electron/fuses.mjs'
import { PACKAGED_FUSES } from '../build/packaging/fuses.mjs'
import { FirstRunPage } from './pages/first-run.ts'
import { Shell } from './pages/shell.ts'
import { chromiumFlags, root } from './support/app.ts'
import { test as base, expect } from './support/fixtures.ts'

// What `npm run package -- --dir` makes; `npm test` has made it by now.
const folder = path.join(root, 'dist/linux-unpacked')
const executable = path.join(folder, 'throughline')

type Packaged = { readonly window: Page; readonly process: ChildProcess }

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

/**
 * Playwright that connects while a window is being made waits for it for ever, about once in six times on a busy
 * machine: so only after the first page has got as far as its address.
 */
async function connect(address: string): Promise<Browser> {
  const list = new URL('/json/list', address.replace('ws:', 'http:'))
  const pages = async () => {
    const targets = (await (await fetch(list)).json()) as { type: string; url: string }[]
    return targets.filter(({ type, url }) => type === 'page' && url.startsWith('app://bundle/')).length
  }
  await expect.poll(pages, { timeout: 30_000 }).toBeGreaterThan(0)
  return chromium.connectOverCDP(address)
}

const test = base.extend<{ packaged: Packaged }>({
  // Its fuses shut out the inspector by which Playwright drives Electron: it is driven as a Chromium.
  packaged: async ({ profile }, use) => {
    const flags = [...chromiumFlags(profile), '--disable-gpu', '--remote-debugging-port=0']
    const child = spawn(executable, flags, { stdio: ['ignore', 'ignore', 'pipe'] })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    let browser: Browser | undefined
    try {
      browser = await connect(await debuggerAddress(child))
      const [context] = browser.contexts()
      if (!context) throw new Error('the packaged app has no browser context')
      await use({ window: context.pages()[0] ?? (await context.waitForEvent('page')), process: child })
    } finally {
      child.kill()
      await ended
      await browser?.close().catch(() => {}) // it has ended with the app
    }
  },
})

test.skip(process.platform !== 'linux' || !existsSync(executable), 'there is no packaged app: npm run package -- --dir')

test('the packaged app opens the starter vault that it carries', async ({ packaged: { window } }) => {
  expect(await window.evaluate(() => location.origin)).toBe('app://bundle')
  await new FirstRunPage(window).starterDoor.click()
  await new Shell(window).ready()
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
})
