// Where a command that opens windows runs: the runtime's environment, a screen, and Chromium's flags for this machine.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { announce, ensureElectron } from '../electron/ensure.mjs'
import { environmentFor } from '../electron/find.mjs'
import { dieWithParent } from './child.mjs'

/**
 * @typedef {object} Desktop
 * @property {import('../electron/find.mjs').Runtime} runtime
 * @property {Record<string, string | undefined>} env
 * @property {string[]} flags  Chromium's, to come before the path of the app
 * @property {() => void} close  ends the screen, if it was made here
 */

/** @returns {boolean} whether windows can be seen by somebody */
export function hasScreen() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** @returns {boolean} Chromium refuses its sandbox to root */
export function isRoot() {
  return process.platform === 'linux' && process.getuid?.() === 0
}

/**
 * Where the machine has no screen, an Xvfb is started (0.1 s). Not Chromium's `--ozone-platform=headless`: Electron 33
 * crashes there as soon as a BrowserWindow is made, hidden ones included.
 * @param {{ quiet?: boolean, screens?: number }} [options] quiet: no word about the runtime, for the command line;
 *   screens: how many are made where the machine has none, all of them named in THROUGHLINE_SCREENS
 * @returns {Promise<Desktop>}
 */
export async function openDesktop({ quiet = false, screens = 1 } = {}) {
  const runtime = await ensureElectron()
  if (!quiet) announce(runtime)
  checkSandbox(runtime.dist)
  const env = { ...process.env, ...environmentFor(runtime) }
  const flags = ['--log-level=3'] // or it complains of the missing session bus, line after line
  if (isRoot()) {
    flags.push('--no-sandbox')
    env.NO_SANDBOX = '1' // electron-vite's name for it
  }
  if (hasScreen()) return { runtime, env, flags, close: () => {} }
  flags.push('--disable-gpu')
  const servers = await Promise.all(Array.from({ length: screens }, startXvfb))
  const displays = servers.map(({ display }) => display)
  const close = () => {
    for (const server of servers) server.close()
  }
  return { runtime, env: { ...env, DISPLAY: displays[0], THROUGHLINE_SCREENS: displays.join(' ') }, flags, close }
}

/**
 * Not xvfb-run: that one passes no signals on, and leaves the app and the server behind.
 * @returns {Promise<{ display: string, close: () => void }>}
 */
function startXvfb() {
  return new Promise((resolve, reject) => {
    const screen = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp']
    const [command, args] = dieWithParent('Xvfb', screen, 'TERM')
    // detached: Ctrl-C is for the app, which must still have its screen while it shuts down
    const server = spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true })
    const failed = (/** @type {unknown} */ why) => reject(new Error(`no screen, and no Xvfb to make one (${why})`))
    server.once('error', (error) => failed(error.message))
    server.once('exit', (code) => failed(`exit code ${code}`))
    server.stdio[3]?.once('data', (number) => {
      resolve({ display: `:${String(number).trim()}`, close: () => server.kill() })
    })
  })
}

/**
 * Ubuntu 24.04 and its kin refuse Chromium the namespaces its sandbox is made of, unless the helper is root's.
 * @param {string} dist
 */
function checkSandbox(dist) {
  if (process.platform !== 'linux' || isRoot()) return
  const on = (/** @type {string} */ file, /** @type {string} */ value) =>
    existsSync(file) && readFileSync(file, 'utf8').trim() === value
  const refused =
    on('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1') ||
    on('/proc/sys/kernel/unprivileged_userns_clone', '0')
  const helper = path.join(dist, 'chrome-sandbox')
  if (!refused || !existsSync(helper)) return
  const { uid, mode } = statSync(helper)
  if (uid === 0 && mode & 0o4000) return
  throw new Error(
    `this system lets Chromium's sandbox work only through a helper that belongs to root. Once:\n  sudo chown root ${helper} && sudo chmod 4755 ${helper}`,
  )
}

/** @returns {boolean} */
export function hasXvfb() {
  return spawnSync('Xvfb', ['-help'], { stdio: 'ignore' }).error === undefined
}
