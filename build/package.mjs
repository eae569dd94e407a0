// npm run package [-- --dir | --release | TARGET…]
//   (nothing)   what can be made on this machine: the unpacked app, and on Debian a .deb, in dist/
//   --dir       the unpacked app only
//   TARGET…     targets of electron-builder, such as AppImage rpm
//   --release   every target of this platform, with the official runtime of package.json and nothing else
import { chmodSync, existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { ensureBuilt } from './build.mjs'
import { announce, ensureElectron } from './electron/ensure.mjs'
import { environmentFor, findElectronPackage } from './electron/find.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { setUp } from './setup.mjs'

const args = process.argv.slice(2)
const release = args.includes('--release')
const unknown = args.filter((arg) => arg.startsWith('-') && arg !== '--release' && arg !== '--dir')
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(' ')}\n`)
  process.exit(2)
}
if (release) process.env.ELECTRON_FALLBACK = '0'

/** @param {boolean} fallback @returns {string[]} */
function targets(fallback) {
  const named = args.filter((arg) => !arg.startsWith('-'))
  if (named.length > 0) return named
  if (args.includes('--dir')) return ['dir']
  if (release || !fallback) return [] // all that the config names
  return existsSync('/usr/bin/dpkg-deb') ? ['dir', 'deb'] : ['dir']
}

/** Tools that electron-builder would download, taken from what is there already. */
function offlineTools() {
  const sevenZip = path.join(root, 'node_modules/7zip-bin/linux', process.arch, '7za')
  chmodSync(sevenZip, 0o755) // npm unpacks it without
  return { ELECTRON_BUILDER_7ZIP_PATH: sevenZip, CUSTOM_FPM_PATH: path.join(root, 'build/packaging/fpm-deb.mjs') }
}

await setUp()
try {
  const runtime = await ensureElectron()
  announce(runtime)
  const electron = await findElectronPackage()
  if (release && runtime.version !== electron?.version)
    throw new Error(`a release is built with Electron ${electron?.version}; this is ${runtime.version || 'unknown'}`)
  await ensureBuilt()
  const fallback = runtime.source === 'fallback'
  const platform = process.platform === 'darwin' ? '--mac' : process.platform === 'win32' ? '--win' : '--linux'
  const env = { ...process.env, ...environmentFor(runtime), ...(fallback ? offlineTools() : {}) }
  const config = ['--config', 'build/electron-builder.config.mjs', '--publish', 'never']
  if (!release) config.push('--config.deb.compression=zst') // 3 s instead of 100, for 10 MB more
  process.exitCode = run('electron-builder', [platform, ...targets(fallback), ...config], { env })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
