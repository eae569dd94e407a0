import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { CallError } from '../../ipc/rpc.ts'
import { syncFolder } from '../store/atomic.ts'

/** The calls by which an archive gets onto the disk: tests let each of them fail, or end there. */
export type ArchiveDisk = {
  /** A new file, readable by this user only. */
  write(file: string): Writable
  sync(file: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  syncFolder(folder: string): Promise<void>
  remove(file: string): Promise<void>
}

export const archiveDisk: ArchiveDisk = {
  write: (file) => createWriteStream(file, { flags: 'wx', mode: 0o600, highWaterMark: 1 << 20 }),
  sync: async (file) => {
    const handle = await open(file, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  rename,
  syncFolder,
  remove: (file) => rm(file, { force: true }),
}

/** What the disk says, as a sentence for a person; any other error as it is. `where`: “The disk of the archive”. */
export function diskError(error: unknown, where: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['ENOSPC', 'EDQUOT'].includes(code)) return new CallError('disk-full', `${where} is full.`)
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return new CallError('read-only', `${where} cannot be written to.`)
  if (['EIO', 'ENXIO', 'ENODEV'].includes(code)) return new CallError('disk-broken', `${where} does not work.`)
  if (code === 'ENOENT') return new CallError('no-file', `${where} is not there.`)
  return error
}
