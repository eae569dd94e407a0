import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'
import type { Archive } from '../../ipc/app-contract.ts'
import { ArchiveReader } from './archive-reader.ts'
import type { Known } from './backups-file.ts'
import { stamp } from './keep.ts'

export const ENDING = '.throughline'
const TEMPORARY = /^\.throughline-.*\.tmp$/
const MAX_NAME = 80
// biome-ignore lint/suspicious/noControlCharactersInRegex: no file name may hold them
const NOT_IN_NAMES = /[\u0000-\u001f\u007f<>:"/\\|?*]+/g

/** The folder in which the archives of one vault lie. */
export class Shelf {
  readonly folder: string
  readonly #vault: VaultId
  readonly #place: Archive['place']

  constructor(folder: string, vault: VaultId, place: Archive['place']) {
    this.folder = folder
    this.#vault = vault
    this.#place = place
  }

  /**
   * What lies there, newest first. What `known` says of a file counts as long as the file has its size; one that
   * nobody remembers is asked itself. An archive has its name only since it was read back whole (FORMAT.md, F6).
   */
  async list(known: readonly Known[]): Promise<Known[]> {
    const found: Known[] = []
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (!name.endsWith(ENDING) || name.startsWith('.')) continue
      const at = path.join(this.folder, name)
      const file = await stat(at).catch(() => null)
      if (!file?.isFile()) continue
      const former = known.find((archive) => archive.path === at)
      if (former && former.bytes === file.size) found.push(former)
      else found.push(await this.#ask(at, file.size, file.mtimeMs))
    }
    return found.sort((a, b) => b.at - a.at)
  }

  /** Where an archive of `at` (ms since 1970) is to lie: a name that nothing has. */
  async nameFor(name: string, at: number): Promise<string> {
    const plain = name.replace(NOT_IN_NAMES, ' ').replace(/\s+/g, ' ').trim()
    const short = Array.from(plain).slice(0, MAX_NAME).join('')
    const taken = new Set((await readdir(this.folder).catch(() => [])).map((other) => other.toLowerCase()))
    const base = `${stamp(at)} ${short}`.trim()
    let free = base + ENDING
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${base} ${n}${ENDING}`
    return path.join(this.folder, free)
  }

  /** Removes what archives that were cut off left. Nobody else may be writing here. */
  async tidy(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (TEMPORARY.test(name)) await rm(path.join(this.folder, name), { force: true, recursive: true })
    }
  }

  async #ask(file: string, bytes: number, modified: number): Promise<Known> {
    const base = { path: file, bytes, place: this.#place, vault: this.#vault }
    try {
      const reader = await ArchiveReader.open(file)
      const { at, counts, journal } = reader.manifest
      await reader.close()
      return { ...base, at, notes: counts.notes, journal: journal.last, verified: true }
    } catch {
      return { ...base, at: Math.round(modified), notes: 0, journal: 0, verified: false }
    }
  }
}
