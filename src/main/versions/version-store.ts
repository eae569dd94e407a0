import type { NoteId } from '../../core/base/ids.ts'
import { believedTime, type SeenClock, seeClock } from '../../core/history/clock.ts'
import type { Version } from '../../core/history/version.ts'
import { thin } from '../../core/history/versions.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import { type JournalDisk, nodeDisk } from '../journal/disk.ts'
import { frameLength, HEADER_LENGTH } from '../journal/frames.ts'
import { TEMPORARY } from '../journal/names.ts'
import { ChangeLog } from './change-log.ts'
import { FrameFiles } from './frame-file.ts'
import {
  CLOCK_FILE,
  changePayload,
  clockPayload,
  readEntry,
  readState,
  removalPayload,
  sha256,
  statePayload,
  VERSION_FILE,
  VersionIndex,
  versionPayload,
} from './version-file.ts'

type Calls = Pick<
  Handlers<typeof keeperContract>,
  'versions' | 'putVersion' | 'readVersion' | 'changeVersion' | 'bigChanges' | 'putBigChange' | 'versionAttachments'
>

const ENDING = '.versions'
const CLOCK = 'clock.log'
/** Notes whose versions are known by heart; those of the others are read again. */
const REMEMBERED = 64
/** A file smaller than this is not worth writing anew. */
const SMALL = 64 * 1024
/** How often the clock is looked at, ms. */
const LOOK = 10 * 60_000

export type VersionStoreOptions = {
  readonly disk?: JournalDisk
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/**
 * The versions of one vault's notes, and its big changes: files in one folder (README.md). What is answered is on the
 * disk. Damage costs the frames that it hit. One process a folder.
 */
export class VersionStore {
  readonly #files: FrameFiles
  readonly #changes: ChangeLog
  readonly #now: () => number
  readonly #indexes = new Map<NoteId, VersionIndex>()
  readonly #turns = new Map<string, Promise<unknown>>()
  #clock: SeenClock | null = null
  #looked = Number.NEGATIVE_INFINITY
  #cleaned: Promise<void> | null = null

  readonly calls: Calls = {
    versions: ({ id }) => this.#turn(id, async () => (await this.#index(id)).versions),
    putVersion: ({ id, version, state }) => this.#turn(id, () => this.#put(id, version, state)),
    readVersion: ({ id, version }) => this.#turn(id, () => this.#state(id, version)),
    changeVersion: ({ id, ...change }) =>
      this.#turn(id, async () => {
        this.#find(await this.#index(id), change.version)
        await this.#append(id, [changePayload(change)])
      }),
    bigChanges: () => this.#turn('', () => this.#changes.all()),
    putBigChange: (change) => this.#turn('', () => this.#changes.put(change)),
    versionAttachments: async () => [...(await this.attachmentsNamed())],
  }

  constructor(folder: string, options: VersionStoreOptions = {}) {
    this.#files = new FrameFiles(folder, options.disk ?? nodeDisk)
    this.#changes = new ChangeLog(this.#files)
    this.#now = options.now ?? Date.now
  }

  /** Nothing of these notes is on the disk when settled. */
  async dropNotes(ids: readonly NoteId[]): Promise<void> {
    await this.#turn('', () => this.#changes.drop(new Set(ids)))
    await Promise.all(
      ids.map((id) =>
        this.#turn(id, async () => {
          this.#indexes.delete(id)
          await this.#files.remove([id + ENDING])
        }),
      ),
    )
  }

  /** sha256 of every attachment that a version names. Reads all files. */
  async attachmentsNamed(): Promise<Set<string>> {
    const named = new Set<string>()
    for (const name of await this.#files.names()) {
      if (!name.endsWith(ENDING)) continue
      const id = name.slice(0, -ENDING.length) as NoteId
      const versions = await this.#turn(id, async () => (await this.#read(id)).versions)
      for (const { attachments } of versions) for (const hash of attachments) named.add(hash)
    }
    return named
  }

  /** How many versions there are of these notes, or of all. Reads their files; one that cannot be read counts none. */
  async count(ids: ReadonlySet<NoteId> | null): Promise<number> {
    let count = 0
    for (const name of await this.#files.names()) {
      if (!name.endsWith(ENDING)) continue
      const id = name.slice(0, -ENDING.length) as NoteId
      if (ids !== null && !ids.has(id)) continue
      count += await this.#turn(id, async () => (await this.#read(id)).versions.length).catch(() => 0)
    }
    return count
  }

  /** Settles when nothing is being written. */
  async idle(): Promise<void> {
    while (this.#turns.size > 0) await Promise.all(this.#turns.values())
  }

  async #put(id: NoteId, version: Version, state: Uint8Array | null): Promise<void> {
    const index = await this.#index(id)
    if (index.get(version.id)) return
    if (state && sha256(state) !== version.hash) throw new CallError('invalid', 'A version is not what its hash says.')
    const isKnown = index.states.has(version.hash)
    if (!isKnown && !state) throw new CallError('not-found', 'There is no state of that hash.')
    const payloads = [versionPayload(version)]
    if (!isKnown && state) payloads.unshift(await statePayload(version.hash, state))
    await this.#append(id, payloads)
    await this.#thin(id)
  }

  async #state(id: NoteId, version: string): Promise<Uint8Array> {
    const { hash } = this.#find(await this.#index(id), version)
    const { frames } = await this.#files.read(id + ENDING, VERSION_FILE)
    for (const { payload } of frames) {
      const entry = readEntry(payload)
      if (entry?.is !== 'state' || entry.hash !== hash) continue
      const state = await readState(payload, hash)
      if (state) return state
    }
    throw new CallError('damaged', 'This version is damaged and cannot be read.')
  }

  /** Takes out what age allows. A version that was just kept is never lost to it: a failure here is no failure of it. */
  async #thin(id: NoteId): Promise<void> {
    try {
      const now = await this.#time()
      const index = await this.#index(id)
      const gone = thin(index.versions, now).map((version) => version.id)
      if (gone.length > 0) await this.#append(id, [removalPayload(gone)])
      const dead = index.size - HEADER_LENGTH - index.living
      if (index.size > SMALL && dead * 3 > index.size) await this.#rewrite(id)
    } catch {
      this.#indexes.delete(id)
    }
  }

  /** A file of what there is: states that no version has are gone from the disk. */
  async #rewrite(id: NoteId): Promise<void> {
    const { versions } = await this.#index(id)
    this.#indexes.delete(id)
    if (versions.length === 0) return this.#files.remove([id + ENDING])
    const wanted = new Set(versions.map(({ hash }) => hash))
    const payloads: Uint8Array[] = []
    const { frames } = await this.#files.read(id + ENDING, VERSION_FILE)
    for (const { payload } of frames) {
      const entry = readEntry(payload)
      if (entry?.is === 'state' && wanted.delete(entry.hash)) payloads.push(payload)
    }
    payloads.push(...versions.map(versionPayload))
    await this.#files.replace(id + ENDING, VERSION_FILE, payloads)
  }

  async #append(id: NoteId, payloads: readonly Uint8Array[]): Promise<void> {
    const index = await this.#index(id)
    try {
      const [before, after] = await this.#files.append(id + ENDING, VERSION_FILE, payloads)
      let offset = before
      for (const payload of payloads) {
        index.add(readEntry(payload), offset, payload)
        offset += frameLength(payload)
      }
      index.size = after
    } catch (error) {
      // Nobody knows what of it is there.
      this.#indexes.delete(id)
      throw error
    }
  }

  #find(index: VersionIndex, version: string): Version {
    const found = index.get(version)
    if (!found) throw new CallError('not-found', 'There is no such version of this note.')
    return found
  }

  async #index(id: NoteId): Promise<VersionIndex> {
    const index = this.#indexes.get(id) ?? (await this.#read(id))
    this.#indexes.delete(id)
    this.#indexes.set(id, index)
    for (const oldest of this.#indexes.keys()) {
      if (this.#indexes.size <= REMEMBERED) break
      this.#indexes.delete(oldest)
    }
    return index
  }

  async #read(id: NoteId): Promise<VersionIndex> {
    const { frames, size } = await this.#files.read(id + ENDING, VERSION_FILE)
    const index = new VersionIndex()
    for (const { payload, offset } of frames) index.add(readEntry(payload), offset, payload)
    index.size = size
    return index
  }

  /** What a kill in the middle of a rewrite left may hold words that were purged since. */
  #clean(): Promise<void> {
    this.#cleaned ??= (async () => {
      const names = await this.#files.names()
      await this.#files.remove(names.filter((name) => TEMPORARY.test(name)))
    })().catch(() => {})
    return this.#cleaned
  }

  async #time(): Promise<number> {
    const now = this.#now()
    if (!this.#clock) {
      const { frames } = await this.#files.read(CLOCK, CLOCK_FILE)
      for (const { payload } of frames) {
        const entry = readEntry(payload)
        if (entry?.is === 'clock') this.#clock = entry.clock
      }
    }
    if (!this.#clock || Math.abs(now - this.#looked) >= LOOK) {
      this.#clock = seeClock(this.#clock, now)
      this.#looked = now
      await this.#turn(CLOCK, () =>
        this.#files.replace(CLOCK, CLOCK_FILE, [clockPayload(this.#clock ?? seeClock(null, now))]),
      )
    }
    return Math.min(believedTime(this.#clock), now)
  }

  /** One after another for a note; notes side by side. */
  #turn<T>(key: string, task: () => Promise<T>): Promise<T> {
    const own = (this.#turns.get(key) ?? this.#clean()).then(task)
    const tail = own
      .catch(() => {})
      .then(() => {
        if (this.#turns.get(key) === tail) this.#turns.delete(key)
      })
    this.#turns.set(key, tail)
    return own
  }
}
