import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/**
 * Lets one process at a time through. The lock is a folder with the holder's process id in it; that of a
 * process which has died is taken over. Should two ever get through, the work is done twice and nothing
 * breaks: whoever uses this makes its result beside its place and renames it.
 * @template T
 * @param {string} lock a path whose folder exists
 * @param {() => Promise<T>} work
 * @param {(holder: number) => void} [waiting] called once when there is somebody to wait for
 * @returns {Promise<T>}
 */
export async function withLock(lock, work, waiting = () => {}) {
  for (let told = false; ; ) {
    try {
      await mkdir(lock)
      await writeFile(path.join(lock, 'pid'), String(process.pid))
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const holder = Number(await readFile(path.join(lock, 'pid'), 'utf8').catch(() => 0))
    const made = (await stat(lock).catch(() => undefined))?.mtimeMs ?? Date.now()
    // without an id in it, the holder died between the two steps above, or is between them now
    const dead = holder ? !isAlive(holder) : Date.now() - made > 10_000
    if (dead) {
      await rm(lock, { recursive: true, force: true })
      continue
    }
    if (!told && holder) {
      waiting(holder)
      told = true
    }
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}

/** @param {string} folder removes the `NAME.tmp-PID` in it that runs which were killed left behind */
export async function removeLeftovers(folder) {
  for (const name of await readdir(folder)) {
    const pid = Number(/\.tmp-(\d+)$/.exec(name)?.[1])
    if (pid && !isAlive(pid)) await rm(path.join(folder, name), { recursive: true, force: true })
  }
}
