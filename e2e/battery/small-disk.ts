import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

const FILLER = '.filler'
const MB = 1 << 20
const REFILL_MS = 20

/** A disk of its own at a folder, which can be filled to the last byte and made read-only. Linux, as root. */
export class SmallDisk {
  readonly folder: string
  #isFull = false
  #filling: Promise<void> = Promise.resolve()

  private constructor(folder: string) {
    this.folder = folder
  }

  /** What was in the folder is not seen until the disk is gone again. */
  static async at(folder: string, megabytes: number): Promise<SmallDisk> {
    await mkdir(folder, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
    return new SmallDisk(folder)
  }

  /** Writes until not one byte more goes in. */
  private async fill(): Promise<void> {
    const file = await open(path.join(this.folder, FILLER), 'a')
    try {
      for (let size = MB; size >= 1; ) {
        const written = await file.write(Buffer.alloc(size)).then(
          ({ bytesWritten }) => bytesWritten,
          () => 0,
        )
        if (written < size) size = Math.floor(size / 2)
      }
    } finally {
      await file.close()
    }
  }

  /** What a program gives back meanwhile (a database that takes its log away) is filled again, until there is room. */
  async keepFull(): Promise<void> {
    await this.fill()
    this.#isFull = true
    this.#filling = (async () => {
      while (this.#isFull) {
        await new Promise((resolve) => setTimeout(resolve, REFILL_MS))
        await this.fill()
      }
    })()
  }

  async makeRoom(): Promise<void> {
    this.#isFull = false
    await this.#filling
    await rm(path.join(this.folder, FILLER), { force: true })
  }

  /** Throws where somebody has a file of it open for writing. */
  setReadOnly(isReadOnly: boolean): void {
    execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder])
  }

  end(): void {
    execFileSync('umount', ['-l', this.folder])
  }
}

let possible: boolean | null = null

/** Whether this machine lets us have a disk of our own. */
export async function hasSmallDisks(): Promise<boolean> {
  if (possible !== null) return possible
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throughline-disk-'))
  try {
    const disk = await SmallDisk.at(folder, 1)
    disk.end()
    possible = true
  } catch {
    possible = false
  }
  await rm(folder, { recursive: true, force: true })
  return possible
}

/** Where there are no disks of our own: a file stands where a folder should be, so nothing can be written into it. */
export async function block(folder: string): Promise<() => Promise<void>> {
  const aside = `${folder}.aside`
  await rename(folder, aside)
  await writeFile(folder, '')
  return async () => {
    await rm(folder, { recursive: true })
    await rename(aside, folder)
  }
}
