import path from 'node:path'
import { Emitter } from '../../core/base/emitter.ts'
import type { FromJournal, JournalFault, JournalRecord, ToJournal } from '../../ipc/journal-port.ts'
import { CallError } from '../../ipc/rpc.ts'
import { errorCode, type Logger } from '../log.ts'
import type { Compacted, CompactJob } from './compact.ts'
import { Contents } from './contents.ts'
import { codeOf, faultOf, type JournalDisk } from './disk.ts'
import { openFolder } from './journal-folder.ts'
import { freeName, type NumberedName, numbered } from './names.ts'
import { ReplacedFiles } from './replaced-files.ts'
import { readSegment } from './segments.ts'
import { SegmentWriter } from './writer.ts'

/** J7: a record is on the disk within a second, where the disk does its part within half a second. */
const SYNC_MS = 500
const RETRY_MS = 1000
const SINCE_BYTES = 16 * 1024 * 1024
/** J13: segments beyond this, or beyond half of the snapshot, are made into a snapshot when nobody writes. */
const COMPACT_BYTES = 16 * 1024 * 1024
const COMPACT_SEGMENTS = 64
/** Beyond this many times as much, writing or not. */
const COMPACT_NOW = 8
const QUIET_MS = 10_000
const COMPACT_RETRY_MS = 10 * 60_000

export type JournalOptions = {
  readonly folder: string
  readonly disk: JournalDisk
  readonly log: Logger
  readonly compact: (job: CompactJob) => Promise<Compacted>
  /** Runs something later; the disposer drops it. */
  readonly after: (ms: number, run: () => void) => () => void
}

/** A snapshot that stays on the disk until `release`. */
export type HeldSnapshot = { readonly path: string; readonly last: number; release(): void }

/** The journal of one vault; rules J1… in SPEC.md. One process has a journal open. */
export class Journal {
  readonly told = new Emitter<FromJournal>()
  readonly #options: JournalOptions
  readonly #writer: SegmentWriter
  /** Oldest first; shared with the writer. */
  readonly #segments: NumberedName[]
  #snapshots: NumberedName[]
  #snapshotBytes: number
  #isSnapshotWhole: boolean
  /** Bytes of the segments when it was opened or compacted, without what the writer added since. */
  #bytesBefore: number
  #contents: Contents | null = null
  /** Keys that leave the disk with the next compaction, with the last record that goes. */
  readonly #purges = new Map<string, number>()
  readonly #replaced: ReplacedFiles
  #fault: JournalFault | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #isPumping = false
  #toldWritten: number
  #toldSynced: number
  #compacting: Promise<void> | null = null
  #cancelSync: (() => void) | null = null
  #cancelRetry: (() => void) | null = null
  #cancelCompact: (() => void) | null = null
  /** A compaction failed: the next one by itself is some time later. */
  #cancelPause: (() => void) | null = null
  /** Damage that was found since it was opened, also where a compaction has left it behind. */
  readonly #damage = new Set<string>()
  #isClosed = false

  private constructor(options: JournalOptions, folder: Awaited<ReturnType<typeof openFolder>>) {
    this.#options = options
    this.#replaced = new ReplacedFiles(options.disk, options.folder)
    this.#segments = [...folder.segments]
    this.#snapshots = [...folder.snapshots]
    this.#snapshotBytes = folder.snapshotBytes
    this.#isSnapshotWhole = folder.isSnapshotWhole
    this.#bytesBefore = folder.segmentBytes
    this.#toldWritten = folder.last
    this.#toldSynced = folder.last
    this.#writer = new SegmentWriter({
      disk: options.disk,
      folder: options.folder,
      segments: this.#segments,
      mayContinue: folder.mayContinue,
      last: folder.last,
      onWritten: (record, place) => this.#contents?.add(record, place),
    })
  }

  /** Throws NewerFormat, having touched nothing, and what the disk throws. */
  static async open(options: JournalOptions): Promise<Journal> {
    const journal = new Journal(options, await openFolder(options.disk, options.folder))
    journal.#planCompaction()
    return journal
  }

  /** The last record there is, written or not. */
  get last(): number {
    return this.#writer.last
  }

  get written(): number {
    return this.#writer.written
  }

  get synced(): number {
    return this.#writer.synced
  }

  get fault(): JournalFault | null {
    return this.#fault
  }

  /** Takes what it has not got yet. False, taking nothing, where records before these never came (J6). */
  append({ first, records }: ToJournal): boolean {
    if (first > this.last + 1) return false
    for (const record of records.slice(this.last + 1 - first)) this.#writer.take(record)
    void this.#pump()
    return true
  }

  async index() {
    return this.#withContents((contents) => {
      const keys = contents.keys()
      const living = new Set(keys)
      return {
        last: this.last,
        docs: keys.map((key) => ({ key, ...contents.facts(key) })),
        attachments: [...contents.attachments().values()],
        purged: [...contents.purged().keys()].filter((key) => !living.has(key)),
        damage: this.#damage.size === 0 ? null : [...this.#damage].join(' '),
      }
    })
  }

  /** Updates of docs, in order; keys without any are left out. */
  async read(keys: readonly string[]): Promise<{ key: string; updates: Uint8Array[] }[]> {
    return this.#withContents(async (contents) => {
      const files = contents.files()
      const found: { key: string; updates: Uint8Array[] }[] = []
      try {
        for (const key of keys) {
          const updates = await contents.updates(key, files)
          if (updates.length > 0) found.push({ key, updates })
        }
      } finally {
        await files.close()
      }
      return found
    })
  }

  /** The records after a number, in order. Rejects with `compacted` where not all of them are to be had (J11). */
  async since(after: number): Promise<{ records: JournalRecord[]; next: number | null }> {
    return this.#inTurn(async () => {
      await this.#writeAll()
      const records: JournalRecord[] = []
      let expected = after + 1
      let bytes = 0
      if (after < (this.#snapshots.at(-1)?.number ?? 0)) throw compacted()
      for (const [n, { name, number }] of this.#segments.entries()) {
        const next = this.#segments[n + 1]
        if (next && next.number > number && next.number <= expected) continue
        const segment = await readSegment(this.#options.disk, this.#options.folder, name).catch((error: unknown) => {
          if (codeOf(error) === 'ENOENT') throw compacted()
          throw error
        })
        for (const record of segment.records) {
          if (record.number < expected) continue
          if (record.number > expected) throw compacted()
          if (bytes > SINCE_BYTES) return { records, next: expected - 1 }
          records.push({ kind: record.kind, key: record.key, bytes: record.bytes })
          bytes += record.bytes.length
          expected++
        }
      }
      for (const { number, ...record } of this.#writer.waiting()) {
        if (number !== expected) continue
        records.push(record)
        expected++
      }
      if (expected <= this.last) throw compacted()
      return { records, next: null }
    })
  }

  /** Settles when everything of these keys that came before has left the journal's files (J16). Rejects where it cannot. */
  async purge(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#purges.set(key, this.last)
    // one that is under way began without them
    await this.#compacting?.catch(() => {})
    await this.#compact()
    await this.#replaced.whenRemoved()
  }

  /** A snapshot of everything until now; `isAnew`: not one that was there. Rejects where it cannot be written. */
  async snapshotFile(isAnew = false): Promise<HeldSnapshot> {
    await this.#compacting?.catch(() => {})
    const isNew = isAnew || this.#segments.length > 0 || this.#writer.hasUnsynced || this.#snapshots.length !== 1
    if (isNew || !this.#isSnapshotWhole) await this.#compact()
    return this.#inTurn(async () => {
      const { name, number } = this.#snapshots.at(-1) as NumberedName
      const release = this.#replaced.hold(name)
      return { path: path.join(this.#options.folder, name), last: number, release }
    })
  }

  /** Settles when all that was taken is on the disk; rejects where the disk does not take it. */
  async sync(): Promise<void> {
    await this.#inTurn(() => this.#bringToDisk(() => this.#writer.sync()))
    this.#planCompaction()
  }

  /** Syncs and lets go of the files. Rejects where something could not be brought onto the disk. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const cancel of [this.#cancelSync, this.#cancelRetry, this.#cancelCompact, this.#cancelPause]) cancel?.()
    await this.#inTurn(() => this.#bringToDisk(() => this.#writer.closeSegment()))
    if (!this.#replaced.isAnyHeld) await this.#replaced.whenRemoved().catch(() => {})
  }

  async #pump(): Promise<void> {
    if (this.#isPumping || this.#cancelRetry || this.#isClosed) return
    this.#isPumping = true
    try {
      while (this.#writer.isWriting && !this.#cancelRetry) {
        await this.#inTurn(() => this.#writer.writeSome())
        this.#tellWritten(this.#writer.synced === this.#writer.written)
      }
      this.#cancelSync ??= this.#options.after(this.#fault ? 0 : SYNC_MS, () => {
        this.#cancelSync = null
        void this.#syncInTurn()
      })
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#isPumping = false
    }
  }

  async #syncInTurn(): Promise<void> {
    try {
      await this.#inTurn(() => this.#writer.sync())
      this.#tellWritten(true)
      this.#planCompaction()
    } catch (error) {
      this.#failed(error)
    }
  }

  #tellWritten(isSynced: boolean): void {
    const { written, synced } = this.#writer
    if (written > this.#toldWritten) this.told.emit({ written })
    if (synced > this.#toldSynced) this.told.emit({ synced })
    this.#toldWritten = written
    this.#toldSynced = synced
    if (!isSynced || !this.#fault || this.#writer.hasUnsynced) return
    this.#fault = null
    this.#options.log.info('journal.writes-again')
    this.told.emit({ fault: null })
  }

  #failed(error: unknown): void {
    this.#contents = null
    const fault = faultOf(error)
    if (fault !== this.#fault) {
      this.#fault = fault
      this.#options.log.error('journal.fault', { fault, code: codeOf(error) || errorCode(error) })
      this.told.emit({ fault })
    }
    if (this.#isClosed) return
    this.#cancelRetry ??= this.#options.after(RETRY_MS, () => {
      this.#cancelRetry = null
      void this.#pump()
    })
  }

  #planCompaction(): void {
    const bytes = this.#bytesBefore + this.#writer.bytes
    const most = Math.max(COMPACT_BYTES, this.#snapshotBytes / 2)
    const isDue = bytes > most || this.#segments.length > COMPACT_SEGMENTS || !this.#isSnapshotWhole
    if (!isDue || this.#compacting || this.#isClosed) return
    this.#cancelCompact?.()
    const wait = bytes > most * COMPACT_NOW ? 0 : QUIET_MS
    this.#cancelCompact = this.#options.after(wait, () => this.#compactBehind())
  }

  #compactBehind(): void {
    // one that was asked for meanwhile does it too
    if (this.#cancelPause || this.#compacting || this.#isClosed) return
    this.#cancelCompact?.()
    this.#cancelCompact = null
    this.#compact().catch(() => {
      this.#cancelPause = this.#options.after(COMPACT_RETRY_MS, () => {
        this.#cancelPause = null
        this.#planCompaction()
      })
    })
  }

  async #compact(): Promise<void> {
    while (this.#compacting) await this.#compacting.catch(() => {})
    const work = this.#compactNow().catch((error: unknown) => {
      this.#options.log.warn('journal.not-compacted', { code: codeOf(error) || errorCode(error) })
      throw error
    })
    this.#compacting = work
    try {
      await work
    } finally {
      this.#compacting = null
    }
  }

  async #compactNow(): Promise<void> {
    const { folder, disk } = this.#options
    const purges = [...this.#purges]
    const { job, written, snapshot } = await this.#inTurn(async () => {
      await this.#bringToDisk(() => this.#writer.closeSegment())
      await disk.makeFolder(folder)
      const last = this.#writer.last
      const name = freeName(numbered(await disk.list(folder), 'snapshot'), last, 'snapshot')
      const [snapshot] = numbered([name], 'snapshot')
      const written = this.#writer.bytes
      const job: CompactJob = {
        folder,
        snapshots: [...this.#snapshots],
        segments: [...this.#segments],
        last,
        purge: purges,
        temporary: path.join(folder, `.throughline-${name}.tmp`),
        to: path.join(folder, name),
      }
      return { job, written, snapshot: snapshot as NumberedName }
    })
    await disk.remove(job.temporary)
    const { bytes, docs, damage } = await this.#options.compact(job)
    await this.#inTurn(async () => {
      this.#contents = null
      this.#snapshots = [snapshot]
      this.#snapshotBytes = bytes
      this.#isSnapshotWhole = true
      this.#bytesBefore = 0
      this.#writer.bytes -= written
      if (damage) this.#damage.add(damage)
      const replaced = new Set(job.segments.map(({ name }) => name))
      const left = this.#segments.filter(({ name }) => !replaced.has(name))
      this.#segments.splice(0, this.#segments.length, ...left)
    })
    for (const [key, upTo] of purges) if (this.#purges.get(key) === upTo) this.#purges.delete(key)
    this.#options.log.info('journal.compacted', { docs, bytes, last: job.last })
    const gone = [...job.segments, ...job.snapshots].map(({ name }) => name)
    this.#replaced
      .remove(gone)
      .catch((error: unknown) => this.#options.log.warn('journal.not-removed', { code: codeOf(error) }))
  }

  /** Writes what waits and then does the rest. Rejects, having told the fault, where the disk does not take it. */
  async #bringToDisk(rest: () => Promise<void>): Promise<void> {
    try {
      while (this.#writer.isWriting) await this.#writer.writeSome()
      await rest()
      this.#tellWritten(true)
    } catch (error) {
      this.#failed(error)
      throw error
    }
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#writer.isWriting && !this.#fault) await this.#writer.writeSome()
    } catch (error) {
      this.#failed(error)
    }
  }

  async #withContents<T>(use: (contents: Contents) => T | Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      await this.#writeAll()
      const { disk, folder } = this.#options
      const contents = this.#contents ?? (await Contents.load(disk, folder, this.#snapshots, this.#segments))
      if (contents.damage) this.#damage.add(contents.damage)
      const waiting = this.#writer.waiting()
      for (const record of waiting) contents.add(record, { bytes: record.bytes })
      // what is in memory now has another place later
      this.#contents = waiting.length === 0 ? contents : null
      return use(contents)
    })
  }

  /** One after the other: the writer's calls must not overlap, and a question is answered for one moment. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return result
  }
}

const compacted = () => new CallError('compacted', 'Not all of these records are to be had one by one.')
