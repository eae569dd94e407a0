import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NoteId } from '../../core/base/ids.ts'

const MOST = 100
/** `1700000000000-NOTE.md` */
const NAME = /^\d+-([\w-]+)\.md$/

/**
 * Files whose words went nowhere else: an entry of a log that was changed in the folder goes back to what was written,
 * and what the file said is here (F19). In the vault's own folder, the newest hundred.
 */
export class KeptCopies {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** Answers its name. @param at ms since 1970 */
  async keep(id: NoteId, bytes: Uint8Array, at: number): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const name = `${at}-${id}.md`
    await writeFile(path.join(this.folder, name), bytes, { mode: 0o600 })
    const names = await this.#names()
    for (const old of names.sort().slice(0, Math.max(0, names.length - MOST))) await this.#remove(old)
    return name
  }

  /** Absolute. Null for what is no name of a copy. */
  place(name: string): string | null {
    return NAME.test(name) ? path.join(this.folder, name) : null
  }

  /** Copies of notes that were removed for good go with them. */
  async keepOnly(isThere: (id: string) => boolean): Promise<void> {
    for (const name of await this.#names()) if (!isThere(NAME.exec(name)?.[1] ?? '')) await this.#remove(name)
  }

  async #names(): Promise<string[]> {
    return (await readdir(this.folder).catch(() => [])).filter((name) => NAME.test(name))
  }

  async #remove(name: string): Promise<void> {
    await rm(path.join(this.folder, name), { force: true })
  }
}
