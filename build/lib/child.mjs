// A child that lives no longer than its wrapper, and no shorter than it should.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'
import { root } from './paths.mjs'
import { exitCode, withBin } from './run.mjs'

const PARENT_CHECK_MS = 200

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
    shell: process.platform === 'win32' && !file.endsWith('.exe'),
  })
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))

  // npm passes SIGTERM on, but a SIGKILL of npm shows only in our parent's number.
  const parent = process.ppid
  const watch = process.env.npm_lifecycle_event
    ? setInterval(() => process.ppid !== parent && child.kill('SIGKILL'), PARENT_CHECK_MS)
    : undefined

  return new Promise((resolve) => {
    const done = (/** @type {number} */ code) => {
      clearInterval(watch)
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      done(127)
    })
    child.on('close', (code, signal) => done(exitCode(code, signal)))
  })
}
