import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { VaultId } from '../../core/base/ids.ts'
import { temporaryBeside, writeAtomic } from '../store/atomic.ts'
import type { Profile } from '../store/profile.ts'

const SHA256 = /^[0-9a-f]{64}$/

export type StoredFile = { readonly sha256: string; readonly size: number }

/** sha256 in hexadecimal and size of a file, read as a stream. Throws what the file system throws. */
export async function hashFile(file: string, signal?: AbortSignal): Promise<StoredFile> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) })) {
    hash.update(chunk as Buffer)
    size += (chunk as Buffer).length
  }
  return { sha256: hash.digest('hex'), size }
}

/** A person's files, by content: `vaults/<id>/files/<sha256>`. What is there is whole: temporary file, then rename. */
export class AttachmentStore {
  readonly #profile: Profile
  /** Files whose content was compared with their name, with size and mtime as they were then. */
  readonly #verified = new Map<string, string>()
  /** Files that came in during this run: what is being named right now is not taken away. */
  readonly #recent = new Set<string>()

  constructor(profile: Profile) {
    this.#profile = profile
  }

  /** Where a file lies or would lie. Throws for anything that is not a hash: it becomes part of a path. */
  place(vault: VaultId, sha256: string): string {
    if (!SHA256.test(sha256)) throw new Error('not a sha256')
    return path.join(this.#profile.attachments(vault), sha256)
  }

  async has(vault: VaultId, { sha256, size }: StoredFile): Promise<boolean> {
    const found = await stat(this.place(vault, sha256)).catch(() => null)
    return found?.isFile() === true && found.size === size
  }

  async addBytes(vault: VaultId, bytes: Uint8Array): Promise<StoredFile> {
    const file = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }
    this.#recent.add(this.place(vault, file.sha256))
    if (!(await this.has(vault, file))) await writeAtomic(this.place(vault, file.sha256), bytes)
    return file
  }

  /** Copies a file in, hashing what is written, so that a file changed while it is read is stored as it was read. */
  async addFile(vault: VaultId, source: string, signal?: AbortSignal): Promise<StoredFile> {
    const folder = this.#profile.attachments(vault)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const temporary = temporaryBeside(path.join(folder, 'any'))
    const hash = createHash('sha256')
    let size = 0
    const tap = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        size += chunk.length
        done(null, chunk)
      },
    })
    const copy = createWriteStream(temporary, { mode: 0o600, flags: 'wx' })
    try {
      const options = signal ? { signal } : {}
      await pipeline(createReadStream(source), tap, copy, options)
      const file = { sha256: hash.digest('hex'), size }
      this.#recent.add(this.place(vault, file.sha256))
      if (await this.has(vault, file)) await rm(temporary)
      else {
        await syncFile(temporary)
        await rename(temporary, this.place(vault, file.sha256))
      }
      return file
    } catch (error) {
      // it may be broken off before its file is made, which is then made all the same
      if (!copy.closed) await new Promise<void>((resolve) => copy.once('close', () => resolve()))
      await rm(temporary, { force: true })
      throw error
    }
  }

  /** Hashes of every file that is kept, named or not. */
  async list(vault: VaultId): Promise<string[]> {
    const names = await readdir(this.#profile.attachments(vault)).catch(() => [])
    return names.filter((name) => SHA256.test(name))
  }

  /** False for a file that came in during this run, which stays. */
  async remove(vault: VaultId, sha256: string): Promise<boolean> {
    const file = this.place(vault, sha256)
    if (this.#recent.has(file)) return false
    await rm(file, { force: true })
    this.#verified.delete(file)
    return true
  }

  /**
   * The path of a file whose content has been compared with its hash since it last changed on disk; null where
   * it is missing or holds something else.
   */
  async verified(vault: VaultId, sha256: string): Promise<{ path: string; size: number } | null> {
    const file = this.place(vault, sha256)
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) return null
    const state = `${found.size} ${found.mtimeMs} ${found.ino}`
    if (this.#verified.get(file) !== state) {
      const actual = await hashFile(file).catch(() => null)
      if (actual?.sha256 !== sha256) return null
      this.#verified.set(file, state)
    }
    return { path: file, size: found.size }
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
