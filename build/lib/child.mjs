// A child that lives no longer than its wrapper, and no shorter than it should.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { root } from './paths.mjs'
import { exitCode, withBin } from './run.mjs'

const PARENT_CHECK_MS = 200
const SAME_SIGNAL_MS = 300

/**
 * On Linux the kernel ends the child when we end, even by SIGKILL. Elsewhere the command stays as it is.
 * @param {string} command
 * @param {string[]} args
 * @param {'TERM' | 'KILL'} signal what the child then gets
 * @returns {[string, string[]]}
 */
export function dieWithParent(command, args, signal) {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file))
  if (process.platform !== 'linux' || !setpriv) return [command, args]
  return [setpriv, ['--pdeathsig', signal, '--', command, ...args]]
}

/**
 * Runs a command to its end, in the checkout, on our own stdin, stdout and stderr. SIGINT, SIGTERM and SIGHUP are
 * passed on. A SIGKILL of this process, or of the npm that started it, is the child's end too: what is killed
 * from outside must be dead inside, or a second run finds the first one still holding the profile.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<number>} its exit code, or 128 and the number of the signal that ended it
 */
export function runToEnd(command, args, env) {
  const [file, all] = dieWithParent(command, args, 'KILL')
  const child = spawn(file, all, {
    cwd: root,
    stdio: 'inherit',
    env: withBin(env),
    // A group of its own: Ctrl-C in a terminal reaches the whole group of npm, so the child would get it twice, and
    // Chromium takes the second one for "now".
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32' && !file.endsWith('.exe'),
  })
  /** @type {NodeJS.Signals | null} */
  let passedOn = null
  let passedOnAt = Number.NEGATIVE_INFINITY
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) {
    process.on(signal, () => {
      const now = performance.now()
      if (now - passedOnAt < SAME_SIGNAL_MS) return // from the terminal and from npm
      passedOn = signal
      passedOnAt = now
      child.kill(signal) // not its group: Chromium cannot shut down while its own processes go
    })
  }
  const watch = watchNpm(() => killGroup(child))

  return new Promise((resolve) => {
    const done = (/** @type {number} */ code) => {
      clearInterval(watch)
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      done(127)
    })
    // an app that was told to stop and stops is not one that has done its work
    child.on('close', (code, signal) => done(exitCode(code || !passedOn ? code : null, signal ?? passedOn)))
  })
}

/** @param {import('node:child_process').ChildProcess} child the first of its group */
function killGroup(child) {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // it has ended in the meantime
  }
}

/**
 * npm passes SIGTERM on, but a SIGKILL of npm, or of the shell between npm and us, shows only in whose children we are.
 * @param {() => void} orphaned
 * @returns {NodeJS.Timeout | undefined} undefined where it was not npm that started us: then a parent may well go first
 */
function watchNpm(orphaned) {
  if (!process.env.npm_lifecycle_event) return undefined
  const line = () => `${process.ppid} ${parentOf(process.ppid)}`
  const start = line()
  return setInterval(() => line() !== start && orphaned(), PARENT_CHECK_MS)
}

/** @param {number} pid @returns {number | undefined} undefined where the system has no /proc */
function parentOf(pid) {
  try {
    // `pid (name) state ppid …`; the name may hold spaces and brackets
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return Number(parent)
  } catch {
    return undefined
  }
}
