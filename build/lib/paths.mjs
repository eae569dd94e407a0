// Node's own modules only: everything in build/lib and build/electron runs before `npm ci`.
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Where the commands of the npm packages lie. */
export const binFolder = path.join(root, 'node_modules', '.bin')

/** What may be deleted at any time and is made again: ~/.cache/throughline, by the XDG rule. */
export const cacheFolder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'throughline')

/** @param {string} url import.meta.url of a script @returns whether the script is what node was asked to run */
export function isMain(url) {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(url)
}
