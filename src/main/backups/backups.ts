import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { Emitter } from '../../core/base/emitter.ts'
import { type NoteId, noteId, type VaultId } from '../../core/base/ids.ts'
import type { Archive, BackupState, VaultInfo } from '../../ipc/app-contract.ts'
import { VAULT_KEY } from '../../ipc/journal-port.ts'
import { CallError } from '../../ipc/rpc.ts'
import { inTime } from '../app/patience.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { checkAttachments } from '../attachments/check-attachments.ts'
import type { Progress } from '../files/vault-calls.ts'
import type { Hosts } from '../hosts/hosts.ts'
import type { Journal } from '../journal/journal.ts'
import { isSnapshotWhole, readSnapshot } from '../journal/snapshot-file.ts'
import type { Keepers } from '../keeper/keepers.ts'
import { errorCode, type Logger } from '../log.ts'
import type { Profile } from '../store/profile.ts'
import type { VaultRegistry } from '../store/registry.ts'
import { ArchiveReader } from './archive-reader.ts'
import { Archives, type Place } from './archives.ts'
import { BackupsFile, type BackupsState, type Known } from './backups-file.ts'
import { type Compared, compareRestored } from './compare-restored.ts'
import { isDue } from './keep.ts'
import { type ArchiveSource, type Made, makeArchive } from './make-archive.ts'
import { claimSecondDisk } from './second-disk.ts'
import { Shelf } from './shelf.ts'
import { tidyRestores, unpackArchive } from './unpack-archive.ts'

export type BackupsOptions = {
  readonly profile: Profile
  readonly registry: VaultRegistry
  readonly hosts: Pick<Hosts, 'acquire'>
  readonly keepers: Pick<Keepers, 'open'>
  readonly attachments: AttachmentStore
  readonly log: Logger
  /** Of the app. */
  readonly version: string
  /** ms since 1970. */
  readonly now?: () => number
  /** How long a journal that does not open is waited for, ms. */
  readonly patience?: number
}

type Work = { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void }
export type Restored = { readonly vault: VaultInfo; readonly bytes: number } & Compared

/** While the journal takes a vault in, its notes are not in it yet. */
const PATIENCE_MS = 5 * 60_000
const RETRY_MS = 500
/** One journal that its disk does not give out must not keep the archives of the other vaults waiting. */
const JOURNAL_MS = 30_000

/** The archives of all vaults of a profile: made, listed, restored, sifted, and freed of purged notes. */
export class Backups {
  /** An archive came or went, or an attempt failed or began. */
  readonly changed = new Emitter<void>()
  readonly #options: BackupsOptions
  readonly #file: BackupsFile
  readonly #archives: Archives
  readonly #running = new Map<VaultId, number>()
  readonly #problems = new Map<string, string>()
  /** One piece of work on the archives of a vault at a time. */
  readonly #turns = new Map<VaultId, Promise<unknown>>()
  #tidied: Promise<void> | null = null

  private constructor(options: BackupsOptions, file: BackupsFile) {
    this.#options = options
    this.#file = file
    this.#archives = new Archives({ ...options, file })
  }

  static async open(options: BackupsOptions): Promise<Backups> {
    return new Backups(options, await BackupsFile.open(options.profile.backupsFile, options.log))
  }

  get second(): string | null {
    return this.#file.state.second
  }

  get rehearsal(): BackupState['rehearsal'] {
    return this.#file.state.rehearsal
  }

  async state(vault: VaultId): Promise<BackupState> {
    const { second, asked, rehearsal } = this.#file.state
    const archives = (await this.#archives.all(vault)).map(({ vault: _, journal: __, ...archive }) => archive)
    const problems = (['here', 'second'] as const).flatMap((place) => this.#problems.get(`${vault} ${place}`) ?? [])
    return {
      archives: archives.sort((a, b) => b.at - a.at),
      second,
      asked,
      problem: problems.length === 0 ? null : problems.join(' '),
      rehearsal,
      isRunning: this.#running.has(vault),
    }
  }

  /** The newest whole archive of a vault, rather one that holds its attachments. */
  async newest(vault: VaultId): Promise<Known | null> {
    const whole = (await this.#archives.all(vault)).filter(({ verified }) => verified).sort((a, b) => b.at - a.at)
    return whole.find(({ place }) => place === 'second') ?? whole[0] ?? null
  }

  /** Makes an archive among the daily ones, or on the second disk; then lets those go whose time is over. */
  async make(vault: VaultId, place: Place, work: Work): Promise<Archive> {
    const key = `${vault} ${place}`
    return this.#turn(vault, async () => {
      try {
        const shelf = await this.#archives.shelf(vault, place)
        if (!shelf) throw notConnected(this.second)
        await mkdir(shelf.folder, { recursive: true, mode: 0o700 })
        await shelf.tidy()
        const { purged } = await (await this.#journal(vault)).index()
        await this.#archives.purgeAgain(shelf, purged.map(noteId))
        if (place === 'second') await this.#archives.payOwed(vault)
        const at = this.#now()
        const name = this.#options.registry.get(vault)?.name ?? ''
        const file = await shelf.nameFor(name, at)
        const before = await this.#archives.list(shelf)
        const made = await this.#write(vault, file, at, place === 'second', before[0]?.path ?? null, work)
        const { counts, journal } = made.manifest
        const { bytes } = made
        const archive = { path: file, at, bytes, notes: counts.notes, place, verified: true }
        await this.#archives.put(shelf, before, { ...archive, vault, journal: journal.last }, this.#now())
        this.#problems.delete(key)
        return archive
      } catch (error) {
        if (!work.signal.aborted) this.#problems.set(key, sentence(error))
        throw error
      }
    })
  }

  /**
   * Writes an archive with its attachments to a file of the person's choice; into a folder by a name of its own.
   * Fails with `exists` where a file lies there that is no archive of this vault.
   */
  async makeFile(vault: VaultId, target: string, work: Work): Promise<Archive & { missing: number }> {
    return this.#turn(vault, async () => {
      const at = this.#now()
      const there = await stat(target).catch(() => null)
      const name = this.#options.registry.get(vault)?.name ?? ''
      const file = there?.isDirectory() ? await new Shelf(target, vault, 'second').nameFor(name, at) : target
      if (there && !there.isDirectory()) await mustBeOf(vault, target)
      const [newest] = (await this.#archives.all(vault)).sort((a, b) => b.at - a.at)
      const made = await this.#write(vault, file, at, true, newest?.path ?? null, work)
      const { counts } = made.manifest
      const missing = made.missing.length
      return { path: file, at, bytes: made.bytes, notes: counts.notes, place: 'second', verified: true, missing }
    })
  }

  /** Nothing whole of today, and the vault has changed since the last one. */
  async isDue(vault: VaultId, place: Place): Promise<boolean> {
    const shelf = await this.#archives.shelf(vault, place)
    if (!shelf) return place === 'second'
    const archives = await this.#archives.list(shelf)
    if (!isDue(archives, this.#now())) return false
    const { last } = await this.#journal(vault)
    const newest = archives.find(({ verified }) => verified)
    return newest === undefined ? last > 0 : newest.journal !== last
  }

  /**
   * Removes what restores left that the end of the program cut off, once a run: copies of a vault that nobody lists,
   * with words that a purge would not reach. Call at the start.
   */
  tidy(): Promise<void> {
    const { profile, registry } = this.#options
    this.#tidied ??= tidyRestores(profile, registry)
    return this.#tidied
  }

  /** Opens an archive as a vault of its own, and compares what it became with what it was. */
  async restore(file: string, work: Work): Promise<Restored> {
    const { profile, registry, hosts, attachments, log } = this.#options
    await this.tidy()
    const attachment = async (sha256: string) => {
      for (const { id } of registry.list()) {
        const found = await attachments.verified(id, sha256)
        if (found) return found
      }
      return null
    }
    const { vault, manifest, bytes, missing } = await unpackArchive({ file, profile, registry, attachment, ...work })
    const { host, release } = hosts.acquire(vault.id)
    try {
      if (vault.name !== manifest.vault.name) await host.repeatable.call('setName', { name: vault.name })
      const compared = await compareRestored(host.repeatable, manifest, missing, work.signal)
      await host.repeatable.call('flush', {})
      await registry.setNotes(vault.id, compared.notes, true)
      log.info('backup.restored', { notes: compared.notes, verified: compared.verified })
      return { vault: registry.get(vault.id) ?? vault, bytes, ...compared }
    } finally {
      release()
    }
  }

  /**
   * Takes notes out of every archive of a vault. `left`: paths of those that could not be reached; on a second disk
   * that is not connected it is done when it is.
   */
  async purge(vault: VaultId, ids: readonly NoteId[]): Promise<{ archives: number; left: string[] }> {
    return this.#turn(vault, () => this.#archives.purge(vault, ids))
  }

  /** sha256 of every attachment that the archives beside the store name: they count on the store to keep it. */
  attachmentsNamed(vault: VaultId): Promise<Set<string>> {
    return this.#archives.attachmentsNamed(vault)
  }

  /** What was purged while the second disk was away leaves it, where it is there now. */
  async payOwed(vault: VaultId): Promise<void> {
    if (this.#archives.isOwed(vault)) await this.#turn(vault, () => this.#archives.payOwed(vault))
  }

  /** How many attachments of a vault are missing from this computer, or not what they were. */
  async missingFiles(vault: VaultId): Promise<number> {
    const { hosts, attachments } = this.#options
    const { host, release } = hosts.acquire(vault)
    try {
      const catalog = await host.repeatable.call('attachments', {})
      return (await checkAttachments(vault, catalog, attachments)).length
    } finally {
      release()
    }
  }

  /** Fails with `refused`, or as the disk does. Null forgets it. */
  async setSecond(folder: string | null): Promise<void> {
    if (folder !== null) await claimSecondDisk(folder, this.#options.profile.folder)
    for (const key of this.#problems.keys()) if (key.endsWith(' second')) this.#problems.delete(key)
    const { second, archives } = this.#file.state
    const forgotten: Partial<BackupsState> =
      folder === second ? {} : { archives: archives.filter(({ place }) => place === 'here'), owed: {} }
    await this.#file.change({ second: folder, asked: true, ...forgotten })
    this.changed.emit()
  }

  async setAsked(): Promise<void> {
    await this.#file.change({ asked: true })
    this.changed.emit()
  }

  async setRehearsal(rehearsal: NonNullable<BackupState['rehearsal']>): Promise<void> {
    await this.#file.change({ rehearsal })
    this.changed.emit()
  }

  /** Settles when nothing is being written. */
  async idle(): Promise<void> {
    while (this.#turns.size > 0) await Promise.all(this.#turns.values())
  }

  #journal(vault: VaultId): Promise<Journal> {
    return new Promise((resolve, reject) => {
      const { keepers, patience = JOURNAL_MS } = this.#options
      const giveUp = () => reject(new CallError('disk-broken', 'The second copy of this vault cannot be opened.'))
      const timer = setTimeout(giveUp, patience)
      keepers
        .open(vault)
        .journal()
        .then(resolve, reject)
        .finally(() => clearTimeout(timer))
    })
  }

  #now(): number {
    return (this.#options.now ?? Date.now)()
  }

  async #write(
    vault: VaultId,
    file: string,
    at: number,
    holdFiles: boolean,
    last: string | null,
    work: Work,
  ): Promise<Made> {
    const { hosts, version, log } = this.#options
    const { host, release } = hosts.acquire(vault)
    const previous = last === null ? null : await ArchiveReader.open(last).catch(() => null)
    const releases: (() => void)[] = [release]
    try {
      const source = this.#source(vault, host.repeatable, (free) => releases.push(free))
      const started = performance.now()
      const options = { source, file, at, app: version, holdFiles, previous, ...work }
      const made = await untilReady(() => makeArchive(options), work.signal)
      const ms = Math.round(performance.now() - started)
      const { notes } = made.manifest.counts
      log.info('backup.made', { notes, bytes: made.bytes, copied: made.copied, missing: made.missing.length, ms })
      return made
    } catch (error) {
      log.warn('backup.failed', { code: error instanceof CallError ? error.code : errorCode(error) })
      throw error
    } finally {
      await previous?.close()
      for (const free of releases) free()
    }
  }

  #source(vault: VaultId, calls: ArchiveSource['calls'], held: (release: () => void) => void): ArchiveSource {
    const { keepers, registry, attachments, profile, log } = this.#options
    const keeper = keepers.open(vault)
    return {
      id: vault,
      name: registry.get(vault)?.name ?? '',
      calls,
      snapshot: async () => {
        const journal = await this.#journal(vault)
        let snapshot = await journal.snapshotFile()
        if (!(await isSnapshotWhole(snapshot.path))) {
          // It went bad since it was written. What it lost the store has: that is written to the journal again.
          snapshot.release()
          log.error('backup.snapshot-damaged', { vault })
          // A purge that the start takes up waits for this archive, and the check for that.
          await inTime(calls.call('check', { repair: true }), PATIENCE_MS)
          snapshot = await journal.snapshotFile(true)
        }
        held(() => snapshot.release())
        const { docs, damage, last, close } = await readSnapshot(snapshot.path)
        await close()
        if (damage !== null) throw new CallError('damaged', 'The second copy of this vault is damaged.')
        const ids = new Set(docs.keys())
        ids.delete(VAULT_KEY)
        return { file: snapshot.path, size: (await stat(snapshot.path)).size, last, ids }
      },
      versionsFolder: path.join(profile.vaultFolder(vault), 'versions'),
      versionAttachments: async () => [...(await keeper.versions.attachmentsNamed())],
      attachment: (sha256) => attachments.verified(vault, sha256),
    }
  }

  async #turn<T>(vault: VaultId, work: () => Promise<T>): Promise<T> {
    const count = (by: number) => {
      const running = (this.#running.get(vault) ?? 0) + by
      if (running > 0) this.#running.set(vault, running)
      else this.#running.delete(vault)
      this.changed.emit()
    }
    count(1)
    const result = (this.#turns.get(vault) ?? Promise.resolve()).then(work)
    const tail = result.then(
      () => {},
      () => {},
    )
    this.#turns.set(vault, tail)
    try {
      return await result
    } finally {
      if (this.#turns.get(vault) === tail) this.#turns.delete(vault)
      count(-1)
    }
  }
}

async function mustBeOf(vault: VaultId, file: string): Promise<void> {
  const reader = await ArchiveReader.open(file).catch(() => null)
  await reader?.close()
  if (reader?.manifest.vault.id === vault) return
  throw new CallError('exists', `${file} is there already, and is no archive of this vault. Nothing was written.`)
}

async function untilReady<T>(make: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const since = performance.now()
  for (;;) {
    try {
      return await make()
    } catch (error) {
      const isEarly = error instanceof CallError && error.code === 'not-ready'
      if (!isEarly || signal.aborted || performance.now() - since > PATIENCE_MS) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

const sentence = (error: unknown): string =>
  error instanceof CallError ? error.message : 'The archive could not be written.'

const notConnected = (folder: string | null) =>
  new CallError('no-disk', `The second disk is not connected: there is no ${folder ?? 'folder'}.`)
