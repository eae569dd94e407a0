import { spawn, spawnSync } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { binFolder, root } from './paths.mjs'

/** @param {NodeJS.ProcessEnv} [env] the environment with the commands of the npm packages on its PATH */
export function withBin(env = process.env) {
  return { ...env, PATH: `${binFolder}${path.delimiter}${env.PATH ?? ''}` }
}

/**
 * Runs a command of the checkout to its end, its output passed on.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, toStderr?: boolean }} [options] toStderr: stdout stays free for a result
 * @returns {number} the exit code; 127 where the command does not exist
 */
export function run(command, args, { env = process.env, toStderr = false } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', toStderr ? 2 : 'inherit', 'inherit'],
    env: withBin(env),
    shell: process.platform === 'win32', // the commands in node_modules/.bin are .cmd files there
  })
  if (result.error) process.stderr.write(`${command}: ${result.error.message}\n`)
  return exitCode(result.status, result.signal, result.error ? 127 : 1)
}

/**
 * Runs a command and keeps the end of what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {number} timeout in milliseconds
 * @returns {Promise<{ code: number, tail: string }>}
 */
export function runQuietly(command, args, timeout) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      shell: process.platform === 'win32' && !path.isAbsolute(command),
    })
    let tail = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      tail = (tail + chunk).slice(-4000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: exitCode(code, signal), tail: tail.trim() }))
  })
}

/**
 * @param {number | null} status
 * @param {NodeJS.Signals | null} signal
 * @param {number} [otherwise]
 * @returns {number} as a shell would say it: 128 and the signal's number for a process that was killed
 */
export function exitCode(status, signal, otherwise = 1) {
  if (status !== null) return status
  return signal ? 128 + (os.constants.signals[signal] ?? 0) : otherwise
}
