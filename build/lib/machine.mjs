// What Electron needs of the system: libraries, fonts, and an X server where there is no screen.
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { hasScreen, hasXvfb, isRoot } from './desktop.mjs'

const DEBIAN_PACKAGES = [
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libcairo2',
  'libcups2',
  'libdbus-1-3',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0',
  'libnss3',
  'libpango-1.0-0',
  'libxcomposite1',
  'libxdamage1',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'fonts-liberation',
  'xvfb',
]

/**
 * Installs what is missing on Debian as root; elsewhere throws the command that would.
 * @param {string} exec the Electron executable
 * @param {(message: string) => void} log
 */
export function ensureSystemLibraries(exec, log) {
  if (process.platform !== 'linux') return
  const libraries = missingLibraries(exec)
  const screen = hasScreen() || hasXvfb()
  if (libraries.length === 0 && screen) return
  const missing = [...libraries, ...(screen ? [] : ['Xvfb'])].join(', ')
  if (!has('apt-get') || !isRoot()) throw new Error(`missing: ${missing}. ${installCommand(libraries, screen)}`)
  log(`missing: ${missing}; installing with apt-get`)
  apt(['update', '-q'])
  apt(installArguments())
}

/** @param {string} exec @returns {string[]} sonames that the loader does not find */
function missingLibraries(exec) {
  const { stdout } = spawnSync('ldd', [exec], { encoding: 'utf8' })
  return (stdout?.match(/^\s*\S+(?= => not found)/gm) ?? []).map((name) => name.trim())
}

function installArguments() {
  return ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES]
}

/** @param {string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stderr } = spawnSync('apt-get', args, { encoding: 'utf8', env, stdio: ['ignore', 'ignore', 'pipe'] })
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed\n${stderr}`)
}

/**
 * @param {string[]} libraries
 * @param {boolean} screen
 * @returns {string} the exact command, where we know the system's installer
 */
export function installCommand(libraries, screen, known = has) {
  if (known('apt-get')) return `Run:\n  sudo apt-get update && sudo apt-get ${installArguments().join(' ')}`
  const rpm = ['dnf', 'zypper'].find((name) => known(name))
  // an rpm system finds packages by the name of the library they provide
  const provides = libraries.map((name) => `'${name}()(64bit)'`)
  const server = rpm === 'dnf' ? 'xorg-x11-server-Xvfb' : 'xorg-x11-server-extra'
  if (rpm) return `Run:\n  sudo ${[rpm, 'install', ...provides, ...(screen ? [] : [server])].join(' ')}`
  if (known('pacman')) return 'Run:\n  sudo pacman -S --needed alsa-lib gtk3 nss mesa cups xorg-server-xvfb'
  return 'Install them with the package manager of this system.'
}

/** @param {string} command */
function has(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined
}
