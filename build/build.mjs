// The three bundles in out/: of main, of the preload script, and of the pages with their workers.
//   node build/build.mjs   makes them
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { ensureElectron } from './electron/ensure.mjs'
import { environmentFor } from './electron/find.mjs'
import { removeLeftovers, withLock } from './lib/lock.mjs'
import { isMain, root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'

const OUT = path.join(root, 'out')
const STAMP = path.join(OUT, '.built')
const SOURCES = ['src', 'package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json']
/** What never reaches a bundle; `throughline` must not build anew because a test was edited. */
export const NOT_BUNDLED = /(\.test\.tsx?|\.md)$|^src\/testing\//

/** @returns {Promise<string>} changes when a source has changed, come or gone */
async function fingerprint() {
  const hash = createHash('sha256')
  const add = async (/** @type {string} */ name) => {
    const { size, mtimeMs } = await stat(path.join(root, name))
    hash.update(`${name}\0${size}\0${mtimeMs}\n`)
  }
  for (const source of SOURCES) {
    if (source.includes('.')) {
      await add(source)
      continue
    }
    const found = await readdir(path.join(root, source), { recursive: true, withFileTypes: true })
    const files = found
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    for (const file of files.sort()) if (!NOT_BUNDLED.test(file)) await add(file)
  }
  return hash.digest('hex')
}

/** @returns {Promise<boolean>} whether out/ was made of the sources as they are */
async function isBuilt() {
  const stamp = await readFile(STAMP, 'utf8').catch(() => undefined)
  return stamp !== undefined && stamp === (await fingerprint())
}

/**
 * Makes out/ anew. It is made beside its place and then put there: a build that fails leaves the last one standing.
 * @param {{ toStderr?: boolean }} [options]
 * @returns {Promise<number>} the exit code
 */
export async function build({ toStderr = false } = {}) {
  const made = `${OUT}.tmp-${process.pid}`
  const stamp = await fingerprint() // before: a file that changes meanwhile is a reason to build again
  const env = { ...process.env, ...environmentFor(await ensureElectron()) }
  const args = ['build', '--outDir', made, '--logLevel', 'warn']
  try {
    const code = run('electron-vite', args, { env, toStderr })
    if (code !== 0) return code
    await writeFile(path.join(made, path.basename(STAMP)), stamp)
    await rm(OUT, { recursive: true, force: true })
    await rename(made, OUT)
    return 0
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

/**
 * Builds where out/ is missing or older than the sources, one process at a time.
 * @param {{ toStderr?: boolean }} [options]
 */
export async function ensureBuilt(options) {
  if (await isBuilt()) return
  const locks = path.join(root, 'node_modules', '.cache')
  await mkdir(locks, { recursive: true })
  await removeLeftovers(root)
  await withLock(path.join(locks, 'build.lock'), async () => {
    if (await isBuilt()) return
    process.stderr.write('building\n')
    const code = await build(options)
    if (code !== 0) throw new Error(`the build failed (exit code ${code})`)
  })
}

if (isMain(import.meta.url)) process.exitCode = await build()
