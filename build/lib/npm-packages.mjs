import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './paths.mjs'
import { run } from './run.mjs'

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry> }} Lock
 */

/**
 * Whether node_modules holds what the lockfile asks for. npm writes the second file at the very end of an
 * install, so a broken-off one is not taken for a whole one.
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json
 */
export function isInstalled(wanted, installed) {
  if (!installed) return false
  return Object.entries(wanted.packages).every(([place, entry]) => {
    if (place === '' || entry.optional || entry.devOptional) return true // optional: for other platforms, mostly
    return installed.packages[place]?.version === entry.version
  })
}

/** @param {(message: string) => void} log */
export function ensureNpmPackages(log) {
  const read = (/** @type {string[]} */ ...where) => JSON.parse(readFileSync(path.join(root, ...where), 'utf8'))
  let installed
  try {
    installed = read('node_modules', '.package-lock.json')
  } catch {
    // never installed
  }
  if (isInstalled(read('package-lock.json'), installed)) return
  log('npm ci')
  const code = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { toStderr: true })
  if (code !== 0) throw new Error(`npm ci failed (exit code ${code})`)
}
