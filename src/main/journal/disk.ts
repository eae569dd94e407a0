import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { JournalFault } from '../../ipc/journal-port.ts'
import { syncFolder } from '../store/atomic.ts'

/** A file that is only ever written at its end. */
export type AppendFile = {
  /** Bytes that it has. */
  readonly size: number
  /** Appends all of `bytes` or throws; then an unknown part of them may be there. */
  write(bytes: Uint8Array): Promise<void>
  sync(): Promise<void>
  /** False where somebody removed it under its name: what is written to it then is lost with the last handle. */
  isThere(): Promise<boolean>
  close(): Promise<void>
}

export type ReadFile = {
  readonly size: number
  /** Fewer bytes only at the end of the file. */
  read(from: number, length: number): Promise<Uint8Array>
  close(): Promise<void>
}

/** The calls of the file system that a journal uses, so that tests can make each of them fail. They throw as Node does. */
export interface JournalDisk {
  /** Names in a folder; none where there is no folder. */
  list(folder: string): Promise<string[]>
  makeFolder(folder: string): Promise<void>
  /** A new file; EEXIST where there is one. */
  create(file: string): Promise<AppendFile>
  /** The end of a file that is there. */
  append(file: string): Promise<AppendFile>
  read(file: string): Promise<ReadFile>
  rename(from: string, to: string): Promise<void>
  /** No error where there is none. */
  remove(file: string): Promise<void>
  syncFolder(folder: string): Promise<void>
}

export const nodeDisk: JournalDisk = {
  list: async (folder) => {
    try {
      return await readdir(folder)
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return []
      throw error
    }
  },
  makeFolder: async (folder) => {
    await mkdir(folder, { recursive: true })
  },
  create: async (file) => new NodeAppendFile(file, await open(file, 'ax', 0o600), 0),
  append: async (file) => {
    const handle = await open(file, 'a', 0o600)
    return new NodeAppendFile(file, handle, (await handle.stat()).size)
  },
  read: async (file) => {
    const handle = await open(file, 'r')
    const { size } = await handle.stat()
    return {
      size,
      read: async (from, length) => {
        const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - from)))
        let got = 0
        while (got < buffer.length) {
          const { bytesRead } = await handle.read(buffer, got, buffer.length - got, from + got)
          if (bytesRead === 0) break
          got += bytesRead
        }
        return buffer.subarray(0, got)
      },
      close: () => handle.close(),
    }
  },
  rename,
  remove: (file) => rm(file, { force: true }),
  syncFolder,
}

class NodeAppendFile implements AppendFile {
  readonly #path: string
  readonly #handle: FileHandle
  size: number

  constructor(path: string, handle: FileHandle, size: number) {
    this.#path = path
    this.#handle = handle
    this.size = size
  }

  async write(bytes: Uint8Array): Promise<void> {
    let done = 0
    while (done < bytes.length) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done)
      done += bytesWritten
      this.size += bytesWritten
    }
  }

  sync(): Promise<void> {
    return this.#handle.datasync()
  }

  async isThere(): Promise<boolean> {
    const [own, named] = await Promise.all([this.#handle.stat(), stat(this.#path).catch(() => null)])
    return named !== null && named.ino === own.ino
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

export function faultOf(error: unknown): JournalFault {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full'
  return ['EROFS', 'EACCES', 'EPERM'].includes(code) ? 'read-only' : 'broken'
}
