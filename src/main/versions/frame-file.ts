import path from 'node:path'
import { CallError } from '../../ipc/rpc.ts'
import { codeOf, type JournalDisk } from '../journal/disk.ts'
import { decodeFrames, encodeFrames, encodeHeader, type FileFormat, type Frame } from '../journal/frames.ts'
import { temporaryBeside } from '../store/atomic.ts'

export type ReadFrames = { readonly frames: readonly Frame[]; readonly size: number; readonly isThere: boolean }

/** Small files of frames that are read whole, added to, and now and then written anew. Throws what the disk throws. */
export class FrameFiles {
  readonly #disk: JournalDisk
  readonly folder: string

  constructor(folder: string, disk: JournalDisk) {
    this.folder = folder
    this.#disk = disk
  }

  /** Every intact frame; damage is passed over. Fails with `newer` where a newer version wrote it. */
  async read(name: string, format: FileFormat): Promise<ReadFrames> {
    const bytes = await this.#bytes(name)
    if (!bytes) return { frames: [], size: 0, isThere: false }
    const decoded = decodeFrames(bytes, format)
    if (!decoded.ok) {
      const text = 'The history of this note was written by a newer version of Throughline.'
      throw new CallError(decoded.error === 'newer' ? 'newer' : 'damaged', text)
    }
    return { frames: decoded.value.frames, size: bytes.length, isThere: true }
  }

  /** Durable when settled. A file that is not there is made. Answers the size before and after. */
  async append(name: string, format: FileFormat, payloads: readonly Uint8Array[]): Promise<[number, number]> {
    const file = path.join(this.folder, name)
    let isNew = false
    const handle = await this.#disk.append(file).catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      await this.#disk.makeFolder(this.folder)
      return this.#disk.append(file)
    })
    try {
      isNew = handle.size === 0
      if (isNew) await handle.write(Buffer.concat([encodeHeader(format), encodeFrames(payloads)]))
      else await handle.write(encodeFrames(payloads))
      await handle.sync()
    } finally {
      await handle.close()
    }
    if (isNew) await this.#disk.syncFolder(this.folder)
    const bytes = encodeFrames(payloads).length
    return [handle.size - bytes, handle.size]
  }

  /** In place of what is there, whole or not at all. */
  async replace(name: string, format: FileFormat, payloads: readonly Uint8Array[]): Promise<void> {
    const file = path.join(this.folder, name)
    const temporary = temporaryBeside(file)
    await this.#disk.makeFolder(this.folder)
    try {
      const handle = await this.#disk.create(temporary)
      try {
        await handle.write(Buffer.concat([encodeHeader(format), encodeFrames(payloads)]))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await this.#disk.rename(temporary, file)
    } catch (error) {
      await this.#disk.remove(temporary).catch(() => {})
      throw error
    }
    await this.#disk.syncFolder(this.folder)
  }

  async remove(names: readonly string[]): Promise<void> {
    if (names.length === 0) return
    for (const name of names) await this.#disk.remove(path.join(this.folder, name))
    if ((await this.#disk.list(this.folder)).length > 0) await this.#disk.syncFolder(this.folder)
  }

  names(): Promise<string[]> {
    return this.#disk.list(this.folder)
  }

  async #bytes(name: string): Promise<Uint8Array | null> {
    try {
      const file = await this.#disk.read(path.join(this.folder, name))
      try {
        return await file.read(0, file.size)
      } finally {
        await file.close()
      }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null
      throw error
    }
  }
}
