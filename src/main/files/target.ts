import { createHash } from 'node:crypto'
import { lstat, mkdir, open, readFile, realpath, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { InvariantError } from '../../core/base/invariant.ts'
import { CallError } from '../../ipc/rpc.ts'
import { hashFile, type StoredFile } from '../attachments/attachment-store.ts'
import { removeLeftOvers, temporaryBeside } from '../store/atomic.ts'
import { diskProblem } from './disk-problem.ts'
import { OWN_FOLDER } from './receipt.ts'
import { targetSegments } from './safe-path.ts'

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * The folder that an export writes to. Every path goes through `place`, so nothing outside is ever touched:
 * names are checked one by one, and no folder on the way may be a symbolic link.
 */
export class Target {
  readonly root: string
  /** Whether the disk keeps `a` and `A` in one place. */
  readonly foldsCase: boolean
  readonly #folders = new Map<string, Promise<string>>()

  private constructor(root: string, foldsCase: boolean) {
    this.root = root
    this.foldsCase = foldsCase
  }

  /** Makes the folder where it is missing. Fails with `refused` for the app's own folder. */
  static async open(folder: string, forbidden: string): Promise<Target> {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw diskProblem(error, folder, 'Nothing was written.')
    })
    const root = await realpath(folder)
    const own = await realpath(forbidden).catch(() => path.resolve(forbidden))
    if (root === own || root.startsWith(own + path.sep) || own.startsWith(root + path.sep)) {
      throw new CallError('refused', `${folder} holds the app's own data; choose another folder.`)
    }
    return new Target(root, await foldsCase(root))
  }

  /** Where a file lies, its folders made where `make` asks for it. Throws with a reason where it cannot lie there. */
  async place(below: string, make: boolean): Promise<string> {
    const segments = targetSegments(below, process.platform)
    if (!segments.ok) throw new PlaceError(segments.error)
    const folder = await this.#folder(segments.value.slice(0, -1), make)
    return path.join(folder, segments.value.at(-1) ?? '')
  }

  /** The file's hash and size; null where nothing is there, 'other' for a folder, a link or whatever is no file. */
  async look(file: string): Promise<StoredFile | 'other' | null> {
    const found = await lstat(file).catch(() => null)
    if (!found) return null
    if (!found.isFile()) return 'other'
    if (found.size >= 4 << 20) return hashFile(file)
    const bytes = await readFile(file)
    return { sha256: sha256Of(bytes), size: bytes.length }
  }

  /** Writes whole or not at all, then reads back. @param modified ms since 1970, null: now */
  async write(file: string, bytes: Uint8Array, modified: number | null): Promise<void> {
    const temporary = temporaryBeside(file)
    try {
      await writeFile(temporary, bytes, { flag: 'wx' })
      if (modified !== null) await utimes(temporary, modified / 1000, modified / 1000)
      await rename(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    if (hashOf(await this.look(file)) !== sha256Of(bytes))
      throw new PlaceError('what was written reads back differently')
  }

  /** The same for a file of any size, from `source`. */
  async copy(file: string, source: string, expected: StoredFile): Promise<void> {
    const temporary = temporaryBeside(file)
    try {
      await copyBytes(source, temporary)
      const { sha256 } = await hashFile(temporary)
      if (sha256 !== expected.sha256) throw new PlaceError('what was written reads back differently')
      await rename(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  /** Removes a file, and the folders that are empty without it. */
  async remove(file: string): Promise<void> {
    await rm(file)
    let folder = path.dirname(file)
    while (folder !== this.root && folder.startsWith(this.root + path.sep)) {
      if (
        !(await rmdir(folder).then(
          () => true,
          () => false,
        ))
      )
        return
      this.#folders.delete(path.relative(this.root, folder).split(path.sep).join('/'))
      folder = path.dirname(folder)
    }
  }

  /** The folder for what Markdown cannot say; never a link that leads elsewhere. */
  async ownFolder(): Promise<string> {
    return this.#plain(path.join(this.root, OWN_FOLDER), true)
  }

  #folder(names: readonly string[], make: boolean): Promise<string> {
    const key = names.join('/')
    const known = this.#folders.get(key)
    if (known) return known
    const walk = async () => {
      const parent = names.length === 0 ? null : await this.#folder(names.slice(0, -1), make)
      const folder = parent === null ? this.root : await this.#plain(path.join(parent, names.at(-1) ?? ''), make)
      // Once a folder that is written to: an export that was killed could not clean up behind itself.
      if (make) await removeLeftOvers(folder)
      return folder
    }
    const found = walk()
    if (make) {
      this.#folders.set(key, found)
      found.catch(() => this.#folders.delete(key))
    }
    return found
  }

  async #plain(folder: string, make: boolean): Promise<string> {
    if (folder === this.root || !folder.startsWith(this.root + path.sep)) throw new InvariantError('outside the target')
    const look = () => lstat(folder).catch(() => null)
    let found = await look()
    if (!found && make) {
      await mkdir(folder, { recursive: true })
      found = await look()
    }
    if (found?.isSymbolicLink()) throw new PlaceError('a folder on its path is a symbolic link')
    if (found && !found.isDirectory()) throw new PlaceError('a file stands where a folder of its path should be')
    return folder
  }
}

export const hashOf = (found: StoredFile | 'other' | null): string | null =>
  found === null || found === 'other' ? null : found.sha256

/** Why one file cannot be written; the export goes on with the next. The message holds no path. */
export class PlaceError extends Error {
  override name = 'PlaceError'
}

async function foldsCase(root: string): Promise<boolean> {
  const probe = temporaryBeside(path.join(root, 'any'))
  await writeFile(probe, '')
  try {
    const swapped = path.join(root, path.basename(probe).toUpperCase())
    return await stat(swapped).then(
      () => true,
      () => false,
    )
  } finally {
    await rm(probe, { force: true })
  }
}

async function copyBytes(source: string, file: string): Promise<void> {
  const from = await open(source, 'r')
  try {
    const to = await open(file, 'wx')
    try {
      const buffer = Buffer.allocUnsafe(1 << 20)
      for (;;) {
        const { bytesRead } = await from.read(buffer, 0, buffer.length)
        if (bytesRead === 0) break
        await to.write(buffer, 0, bytesRead)
      }
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}
