import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)
/** A larger text has no source in its note either (S15). */
const LARGEST = 2 << 20

/**
 * Texts of files as both sides had them last, by hash: what a merge needs to tell who changed what. A text that is
 * missing costs no words: both versions of a passage then stay.
 */
export class Texts {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async keep(sha256: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length > LARGEST) return
    const file = this.#file(sha256)
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    const packed = await deflate(bytes, { level: 1 })
    await writeFile(file, packed, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }

  async read(sha256: string): Promise<Uint8Array | null> {
    try {
      return new Uint8Array(await inflate(await readFile(this.#file(sha256)), { maxOutputLength: LARGEST }))
    } catch {
      return null
    }
  }

  /** Removes what no line names any more. */
  async tidy(used: ReadonlySet<string>): Promise<void> {
    for (const shelf of await readdir(this.#folder).catch(() => [])) {
      for (const name of await readdir(path.join(this.#folder, shelf)).catch(() => [])) {
        if (!used.has(shelf + name)) await rm(path.join(this.#folder, shelf, name), { force: true })
      }
    }
  }

  #file(sha256: string): string {
    return path.join(this.#folder, sha256.slice(0, 2), sha256.slice(2))
  }
}
