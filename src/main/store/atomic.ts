import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'

let lastTemporary = 0

/** A name beside `file` that no other writer uses. It starts with a dot, so that no scan takes it for a note. */
export const temporaryBeside = (file: string): string =>
  path.join(path.dirname(file), `.throughline-${process.pid}-${++lastTemporary}.tmp`)

const TEMPORARY = /^\.throughline-(\d+)-\d+\.tmp$/

/** Whether a file of this name was being written by a process that is no more. */
export function isLeftOver(name: string): boolean {
  const pid = Number(TEMPORARY.exec(name)?.[1] ?? process.pid)
  return pid !== process.pid && !isAlive(pid)
}

/** Removes the temporary files in a folder whose writer was killed. One that cannot be removed stays. */
export async function removeLeftOvers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (isLeftOver(name)) await rm(path.join(folder, name), { force: true }).catch(() => {})
  }
}

/** Whether a process of this computer runs under this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // one of another user is alive as well
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Replaces `file` whole: temporary file, fsync, rename. A crash leaves the old content or the new, never half.
 * Throws what the file system throws.
 */
export async function writeAtomic(file: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const temporary = temporaryBeside(file)
  try {
    const handle = await open(temporary, 'wx', mode)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(path.dirname(file))
}

/** Makes a rename in `folder` outlive a power cut. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
