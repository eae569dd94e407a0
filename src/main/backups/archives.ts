import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { NoteId, VaultId } from '../../core/base/ids.ts'
import type { Archive } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import { errorCode, type Logger } from '../log.ts'
import type { Profile } from '../store/profile.ts'
import { ArchiveReader } from './archive-reader.ts'
import type { BackupsFile, Known } from './backups-file.ts'
import { toRemove } from './keep.ts'
import { purgeArchive } from './purge-archive.ts'
import { purgeTools } from './purge-tools.ts'
import { isConnected } from './second-disk.ts'
import { Shelf } from './shelf.ts'

export type Place = Archive['place']

export type ArchivesOptions = {
  readonly profile: Profile
  readonly file: BackupsFile
  readonly log: Logger
}

type Purged = { archives: number; left: string[] }

/** Which archives there are, beside the store and on the second disk. Callers see to it that one works on a vault. */
export class Archives {
  readonly #options: ArchivesOptions
  readonly #file: BackupsFile
  /** Attachments that an archive names, by its path and size. */
  readonly #named = new Map<string, readonly string[]>()

  constructor(options: ArchivesOptions) {
    this.#options = options
    this.#file = options.file
  }

  /** Null where the second disk is not there. */
  async shelf(vault: VaultId, place: Place): Promise<Shelf | null> {
    if (place === 'here') return new Shelf(this.#options.profile.backups(vault), vault, place)
    const { second } = this.#file.state
    return second !== null && (await isConnected(second)) ? new Shelf(path.join(second, vault), vault, place) : null
  }

  list(shelf: Shelf): Promise<Known[]> {
    return shelf.list(this.#file.state.archives)
  }

  /** Newest first. Those of a second disk that is not connected are listed as they were last seen. */
  async all(vault: VaultId): Promise<Known[]> {
    const here = await this.shelf(vault, 'here')
    const second = await this.shelf(vault, 'second')
    const away = second ? await this.list(second) : this.#seenOnSecond(vault)
    return [...(here ? await this.list(here) : []), ...away].sort((a, b) => b.at - a.at)
  }

  /** Takes one up that was just made, and lets those go whose time is over. @param now ms since 1970 */
  async put(shelf: Shelf, before: readonly Known[], made: Known, now: number): Promise<void> {
    const all = [made, ...before.filter((one) => one.path !== made.path)]
    const gone = new Set(toRemove(all, now))
    for (const at of gone) await rm(at, { force: true }).catch(() => {}) // the next one tries again
    await this.#keep(
      shelf,
      all.filter((one) => !gone.has(one.path)),
    )
  }

  /** Takes notes out of all archives of a vault; on a second disk that is not connected, when it is. */
  async purge(vault: VaultId, ids: readonly NoteId[]): Promise<Purged> {
    const here = await this.shelf(vault, 'here')
    const second = await this.shelf(vault, 'second')
    const done = here ? await this.#purgeShelf(here, ids) : { archives: 0, left: [] }
    if (!second) {
      if (this.#file.state.second === null) return done
      await this.#owe(vault, ids)
      return { ...done, left: [...done.left, ...this.#seenOnSecond(vault).map((one) => one.path)] }
    }
    const there = await this.#purgeShelf(second, ids)
    if (there.left.length > 0) await this.#owe(vault, ids)
    return { archives: done.archives + there.archives, left: [...done.left, ...there.left] }
  }

  /**
   * Takes out of the archives of a shelf whatever the vault has purged, also what could not be at that time: on a disk
   * that nobody named then, from an archive that could not be written. What cannot be now is tried by the next one.
   */
  async purgeAgain(shelf: Shelf, ids: readonly NoteId[]): Promise<void> {
    if (ids.length > 0) await this.#purgeShelf(shelf, ids)
  }

  /** Whether notes are still to be taken out of archives on the second disk. */
  isOwed(vault: VaultId): boolean {
    return this.#file.state.owed[vault] !== undefined
  }

  /** What was purged while the second disk was away leaves it now. */
  async payOwed(vault: VaultId): Promise<void> {
    const { [vault]: ids, ...owed } = this.#file.state.owed
    const shelf = ids && (await this.shelf(vault, 'second'))
    if (!ids || !shelf) return
    const { left } = await this.#purgeShelf(shelf, ids)
    if (left.length === 0) await this.#file.change({ owed })
  }

  /** sha256 of every attachment that the archives beside the store name. */
  async attachmentsNamed(vault: VaultId): Promise<Set<string>> {
    const named = new Set<string>()
    const shelf = await this.shelf(vault, 'here')
    for (const { path: file, bytes } of shelf ? await this.list(shelf) : []) {
      const hashes = this.#named.get(`${bytes} ${file}`) ?? (await this.#readNamed(file, bytes))
      for (const sha256 of hashes) named.add(sha256)
    }
    return named
  }

  async #readNamed(file: string, bytes: number): Promise<readonly string[]> {
    const reader = await ArchiveReader.open(file).catch((error: unknown) => {
      // One that is damaged can restore nothing. What a disk that fails, or a newer archive, names is not known:
      // then whoever asks must not go on as if it named nothing.
      if (error instanceof CallError && ['damaged', 'not-an-archive'].includes(error.code)) return null
      throw error
    })
    if (!reader) return []
    const hashes = reader.manifest.attachments.map(({ sha256 }) => sha256)
    await reader.close()
    this.#named.set(`${bytes} ${file}`, hashes)
    return hashes
  }

  async #purgeShelf(shelf: Shelf, ids: readonly NoteId[]): Promise<Purged> {
    const { log } = this.#options
    const without = new Set<string>(ids)
    const purged: Purged = { archives: 0, left: [] }
    await shelf.tidy()
    const tools = purgeTools(shelf.folder)
    const known = await this.list(shelf)
    const now: Known[] = []
    for (const archive of known) {
      try {
        const renewed = await purgeArchive(archive.path, without, tools, new AbortController().signal)
        if (renewed) purged.archives++
        now.push({ ...archive, ...renewed })
      } catch (error) {
        log.warn('backup.not-purged', { code: error instanceof CallError ? error.code : errorCode(error) })
        purged.left.push(archive.path)
        now.push(archive)
      }
    }
    await this.#keep(shelf, now)
    return purged
  }

  async #keep(shelf: Shelf, archives: readonly Known[]): Promise<void> {
    const others = this.#file.state.archives.filter((one) => path.dirname(one.path) !== shelf.folder)
    await this.#file.change({ archives: [...others, ...archives] })
  }

  async #owe(vault: VaultId, ids: readonly NoteId[]): Promise<void> {
    const { owed } = this.#file.state
    await this.#file.change({ owed: { ...owed, [vault]: [...new Set([...(owed[vault] ?? []), ...ids])] } })
  }

  #seenOnSecond(vault: VaultId): Known[] {
    return this.#file.state.archives.filter((one) => one.place === 'second' && one.vault === vault)
  }
}
