import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { root } from '../lib/paths.mjs'

/**
 * @typedef {object} Runtime
 * @property {string} dist     the folder, what ELECTRON_OVERRIDE_DIST_PATH and electron-builder's electronDist take
 * @property {string} exec     the executable in it
 * @property {string} version  without a leading v; '' where it is not known
 * @property {'override' | 'package' | 'download' | 'fallback'} source
 */

/** @returns {Promise<{ folder: string, version: string } | undefined>} undefined before `npm ci` */
export async function findElectronPackage() {
  const folder = path.join(root, 'node_modules', 'electron')
  try {
    const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
    return { folder, version }
  } catch {
    return undefined
  }
}

/**
 * @param {string} dist
 * @param {Runtime['source']} source
 * @returns {Promise<Runtime | undefined>} undefined where `dist` holds no runtime
 */
export async function runtimeIn(dist, source) {
  const exec = path.join(dist, executableName())
  try {
    await access(exec, constants.X_OK)
  } catch {
    return undefined
  }
  const version = await readFile(path.join(dist, 'version'), 'utf8').catch(() => '')
  return { dist, exec, version: version.trim().replace(/^v/, ''), source }
}

export function executableName() {
  if (process.platform === 'win32') return 'electron.exe'
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

/**
 * The variables by which electron's index.js (so Playwright too) and electron-vite find the runtime.
 * @param {Runtime} runtime
 * @returns {Record<string, string>}
 */
export function environmentFor(runtime) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
    ELECTRON_EXEC_PATH: runtime.exec, // electron-vite does not know the first one
    // electron-vite would read its defaults off the package's version, not off the runtime's
    ...(runtime.version ? { ELECTRON_MAJOR_VER: String(Number.parseInt(runtime.version, 10)) } : {}),
  }
}
