// Brings a clone to the point where the app starts: npm packages, an Electron runtime, system libraries.
// Where everything is there already it only looks. Node's own modules only: it runs before `npm ci`.
import process from 'node:process'
import { ensureElectron } from './electron/ensure.mjs'
import { ensureSystemLibraries } from './lib/machine.mjs'
import { ensureNpmPackages } from './lib/npm-packages.mjs'
import { isMain } from './lib/paths.mjs'

const OLDEST_NODE = [20, 19]

/** Ends the process with a message where something is missing that cannot be had from here. */
export async function setUp() {
  const log = (/** @type {string} */ message) => process.stderr.write(`setup: ${message}\n`)
  try {
    checkNode()
    ensureNpmPackages(log)
    const runtime = await ensureElectron()
    ensureSystemLibraries(runtime.exec, log)
  } catch (error) {
    log(error instanceof Error ? error.message : String(error))
    process.exit(1)
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = OLDEST_NODE
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new Error(`Node ${OLDEST_NODE.join('.')} or later is needed; this is ${process.versions.node}`)
}

if (isMain(import.meta.url)) await setUp()
