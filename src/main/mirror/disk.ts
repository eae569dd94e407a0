import { constants, copyFile, link, lstat, mkdir, rename, rm, rmdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hashFile } from '../attachments/attachment-store.ts'
import { hashOf, PlaceError, sha256Of, type Target } from '../files/target.ts'
import { temporaryBeside } from '../store/atomic.ts'

/** Not done, because the file is another than expected: it is read in first. */
export class Changed extends Error {
  override name = 'Changed'
}

/**
 * Writes of a mirror. Each says what it expects to find, looks at it right before the rename, and does nothing where
 * that is something else (F4). `step` is called before each change of the disk; tests end the program there.
 */
export class MirrorDisk {
  readonly target: Target
  readonly #step: (what: string) => void
  readonly #keeps: (below: string) => boolean

  /** @param keeps folders that stay when the last file in them goes */
  constructor(target: Target, step: (what: string) => void = () => {}, keeps = (_below: string): boolean => false) {
    this.target = target
    this.#step = step
    this.#keeps = keeps
  }

  async hashAt(below: string): Promise<string | 'other' | null> {
    const found = await this.target.look(await this.target.place(below, false))
    return found === 'other' ? 'other' : hashOf(found)
  }

  /** @param expected hashes that the file may have; none: nothing may be there. @param modified ms, null: now */
  async put(below: string, bytes: Uint8Array, expected: readonly string[], modified: number | null): Promise<void> {
    await this.#replace(below, expected, async (temporary) => {
      await writeFile(temporary, bytes, { flag: 'wx' })
      if (modified !== null) await utimes(temporary, modified / 1000, modified / 1000)
    })
    const written = hashOf(await this.target.look(await this.target.place(below, false)))
    if (written !== sha256Of(bytes)) throw new Changed('another program wrote it in the same moment')
  }

  /** The same for a file of any size. */
  async copy(below: string, source: string, sha256: string, size: number, expected: readonly string[]): Promise<void> {
    await this.#replace(below, expected, async (temporary) => {
      await copyFile(source, temporary, constants.COPYFILE_EXCL)
      const written = await hashFile(temporary)
      if (written.sha256 !== sha256 || written.size !== size)
        throw new PlaceError('what was written reads back differently')
    })
  }

  /** As a rename, with what the system knows of the file. False where something stands there already. */
  async move(from: string, to: string, expected: string): Promise<boolean> {
    const old = await this.target.place(from, false)
    const place = await this.target.place(to, true)
    if (hashOf(await this.target.look(old)) !== expected) throw new Changed('it was changed outside')
    const isSame = from.toLowerCase() === to.toLowerCase() && this.target.foldsCase
    if (!isSame && (await lstat(place).catch(() => null))) return false
    this.#step('move')
    await mkdir(path.dirname(place), { recursive: true })
    if (isSame || !(await this.#linkNew(old, place))) await rename(old, place)
    await this.#removeEmpty(path.dirname(old))
    return true
  }

  /**
   * A second name and then the first one away: a rename would write over what another program puts there between a
   * look and the rename (F18). False where this disk has no second names.
   */
  async #linkNew(old: string, place: string): Promise<boolean> {
    try {
      await link(old, place)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EEXIST') throw new Changed('another program made it')
      if (code === 'ENOENT') throw new Changed('it is gone')
      return false
    }
    this.#step('unlink')
    await rm(old, { force: true })
    return true
  }

  /** A kill between the two halves of a move left one file under both names: the former one goes. */
  async finishMove(from: string, to: string): Promise<void> {
    const [old, place] = [await this.target.place(from, false), await this.target.place(to, false)]
    const [a, b] = await Promise.all([old, place].map((file) => lstat(file).catch(() => null)))
    const isSame = from.toLowerCase() === to.toLowerCase()
    if (!a || !b || isSame || a.ino === 0 || a.ino !== b.ino || a.dev !== b.dev || !a.isFile()) return
    await rm(old, { force: true })
  }

  /** Makes a folder where nothing is. */
  async makeFolder(below: string): Promise<void> {
    // The folders of a file's path are looked at one by one, and made.
    const inside = await this.target.place(`${below}/any`, true)
    this.#step('folder')
    await mkdir(path.dirname(inside), { recursive: true })
  }

  /** False where something is in it, or it is none. */
  async removeFolder(below: string): Promise<boolean> {
    const folder = await this.target.place(below, false)
    this.#step('folder')
    return rmdir(folder).then(
      () => true,
      () => false,
    )
  }

  /** Nothing where it is gone already. Folders that are empty without it go too. */
  async remove(below: string, expected: string): Promise<void> {
    const file = await this.target.place(below, false)
    const found = await this.target.look(file)
    if (found === null) return
    if (hashOf(found) !== expected) throw new Changed('it was changed outside')
    this.#step('remove')
    await rm(file)
    await this.#removeEmpty(path.dirname(file))
  }

  async #removeEmpty(from: string): Promise<void> {
    const { root } = this.target
    for (let folder = from; folder.startsWith(root + path.sep); folder = path.dirname(folder)) {
      if (this.#keeps(path.relative(root, folder).split(path.sep).join('/'))) return
      const isGone = await rmdir(folder).then(
        () => true,
        () => false,
      )
      if (!isGone) return
    }
  }

  async #mayReplace(file: string, expected: readonly string[]): Promise<boolean> {
    const found = await this.target.look(file)
    if (found === null) return false
    const hash = hashOf(found)
    if (hash === null || !expected.includes(hash)) throw new Changed('it was changed outside')
    return true
  }

  async #replace(
    below: string,
    expected: readonly string[],
    write: (temporary: string) => Promise<void>,
  ): Promise<void> {
    const file = await this.target.place(below, true)
    await mkdir(path.dirname(file), { recursive: true })
    const temporary = temporaryBeside(file)
    try {
      this.#step('write')
      await write(temporary)
      const isThere = await this.#mayReplace(file, expected)
      this.#step('rename')
      if (isThere) await rename(temporary, file)
      else await putNew(temporary, file)
    } finally {
      await rm(temporary, { force: true })
    }
  }
}

/** A file that another program makes in the same moment is not written over. */
async function putNew(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new Changed('another program made it')
    // A disk without hard links.
    await rename(temporary, file)
  }
}
