import { access, mkdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { CallError } from '../../ipc/rpc.ts'
import { writeAtomic } from '../store/atomic.ts'
import { diskError } from './archive-disk.ts'

const MARK = 'throughline-backups.json'

/**
 * Takes a folder for backups: from now on it is known by a file in it. A disk that is not connected may leave an
 * empty folder of the same path behind, and what were written there would lie on the first disk.
 * Fails with `refused` inside the app's own folder, and as the disk does.
 */
export async function claimSecondDisk(folder: string, profile: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    const [chosen, own] = await Promise.all([realpath(folder), realpath(profile)])
    if (chosen === own || chosen.startsWith(own + path.sep)) {
      throw new CallError('refused', 'This folder lies within the app’s own data. Choose one on another disk.')
    }
    await writeAtomic(path.join(folder, MARK), '{"version":1}\n')
  } catch (error) {
    throw diskError(error, 'That disk')
  }
}

export const isConnected = (folder: string): Promise<boolean> =>
  access(path.join(folder, MARK)).then(
    () => true,
    () => false,
  )
