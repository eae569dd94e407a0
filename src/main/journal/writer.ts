import path from 'node:path'
import type { JournalRecord } from '../../ipc/journal-port.ts'
import type { Place } from './contents.ts'
import { type AppendFile, codeOf, type JournalDisk } from './disk.ts'
import { encodeFrames, encodeHeader, FRAME_HEAD, HEADER_LENGTH } from './frames.ts'
import { freeName, type NumberedName, numbered } from './names.ts'
import { encodeRecord, SEGMENT } from './records.ts'

/** A segment that is this large is closed. */
const ROLL_BYTES = 8 * 1024 * 1024
/** At most this much is given to the system in one piece. */
const BATCH_BYTES = 1024 * 1024

type Waiting = { readonly number: number; readonly record: JournalRecord; readonly payload: Uint8Array }

export type WriterOptions = {
  readonly disk: JournalDisk
  readonly folder: string
  /** The segments there are, kept up to date here; the last one may be written on. */
  readonly segments: NumberedName[]
  /** Whether the last segment ends with a whole frame and has room. */
  readonly mayContinue: boolean
  readonly last: number
  readonly onWritten: (record: JournalRecord & { readonly number: number }, place: Place) => void
}

/**
 * Writes records to segments. Nothing is forgotten before it is on the disk: what a failed write or a failed fsync
 * leaves in doubt is written again, to another segment. Its calls must not overlap.
 */
export class SegmentWriter {
  readonly #options: WriterOptions
  #queue: Waiting[] = []
  /** Written and not known to be on the disk. */
  #unsynced: Waiting[] = []
  #unsyncedBytes = 0
  #file: AppendFile | null = null
  #isNewName = false
  /** Whether the open segment has records on the disk: then it is never removed. */
  #holdsSynced = false
  /** A segment was given up: the next one holds again what that one may hold. */
  #isInDoubt = false
  #mayContinue: boolean
  /** Bytes in segments that this writer made or continued. */
  bytes = 0
  /** The last record that was taken. */
  last: number
  /** The last one that the system has. */
  written: number
  /** The last one that is on the disk. */
  synced: number

  constructor(options: WriterOptions) {
    this.#options = options
    this.#mayContinue = options.mayContinue
    this.last = options.last
    this.written = options.last
    this.synced = options.last
  }

  get isWriting(): boolean {
    return this.#queue.length > 0
  }

  get hasUnsynced(): boolean {
    return this.#unsynced.length > 0 || this.#queue.length > 0
  }

  /** What is only in memory, in order. */
  waiting(): readonly (JournalRecord & { readonly number: number })[] {
    return this.#queue.map(({ number, record }) => ({ ...record, number }))
  }

  take(record: JournalRecord): void {
    const number = ++this.last
    this.#queue.push({ number, record, payload: encodeRecord(number, record) })
  }

  /** Writes one piece of what waits. Throws what the disk throws; then everything in doubt waits again. */
  async writeSome(): Promise<void> {
    if (this.#queue.length === 0) return
    let bytes = 0
    const batch: Waiting[] = []
    for (const one of this.#queue) {
      if (batch.length > 0 && bytes + one.payload.length > BATCH_BYTES) break
      batch.push(one)
      bytes += one.payload.length + FRAME_HEAD
    }
    try {
      const file = this.#file ?? (await this.#openSegment(batch[0]?.number ?? this.last))
      const from = file.size
      await file.write(encodeFrames(batch.map(({ payload }) => payload)))
      this.#queue.splice(0, batch.length)
      for (const one of batch) this.#unsynced.push(one)
      this.#unsyncedBytes += bytes
      this.bytes += bytes
      this.#tell(batch, from)
      if (file.size >= ROLL_BYTES || this.#unsyncedBytes >= ROLL_BYTES) await this.sync()
      if (file.size >= ROLL_BYTES) await this.closeSegment()
    } catch (error) {
      await this.#giveUpSegment()
      throw error
    }
  }

  /** Brings what was written onto the disk. Throws as `writeSome` does. */
  async sync(): Promise<void> {
    const file = this.#file
    if (!file || this.#unsynced.length === 0) return
    try {
      await file.sync()
      if (!(await file.isThere())) throw new Error('the segment is gone')
      if (this.#isNewName) await this.#options.disk.syncFolder(this.#options.folder)
    } catch (error) {
      await this.#giveUpSegment()
      throw error
    }
    this.#isNewName = false
    this.#isInDoubt = false
    this.#holdsSynced = true
    this.synced = this.#unsynced.at(-1)?.number ?? this.synced
    this.#unsynced = []
    this.#unsyncedBytes = 0
  }

  /** Syncs and closes: the next record opens another segment. */
  async closeSegment(): Promise<void> {
    await this.sync()
    const file = this.#file
    this.#file = null
    this.#mayContinue = false
    await file?.close()
  }

  #tell(batch: readonly Waiting[], from: number): void {
    const segment = this.#options.segments.at(-1)?.name ?? ''
    let offset = from
    for (const { number, record, payload } of batch) {
      const length = payload.length + FRAME_HEAD
      this.written = Math.max(this.written, number)
      this.#options.onWritten({ ...record, number }, { segment, offset, length })
      offset += length
    }
  }

  async #openSegment(first: number): Promise<AppendFile> {
    const { disk, folder, segments } = this.#options
    const latest = segments.at(-1)
    if (this.#mayContinue && latest) {
      this.#mayContinue = false
      const file = await disk.append(path.join(folder, latest.name)).catch(() => null)
      if (file && file.size >= HEADER_LENGTH) {
        this.#file = file
        this.#holdsSynced = true
        return file
      }
      await file?.close()
    }
    const name = freeName(
      [...segments, ...numbered(await disk.list(folder), 'log')],
      first,
      'log',
      this.#isInDoubt ? 1 : 0,
    )
    const file = await this.#create(path.join(folder, name))
    this.#file = file
    this.#isNewName = true
    this.#holdsSynced = false
    segments.push(...numbered([name], 'log'))
    await file.write(encodeHeader(SEGMENT))
    return file
  }

  async #create(file: string): Promise<AppendFile> {
    const { disk, folder } = this.#options
    try {
      return await disk.create(file)
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      await disk.makeFolder(folder)
      return disk.create(file)
    }
  }

  /** After a failure nobody knows what of the segment is on the disk, so all that was not synced is written again. */
  async #giveUpSegment(): Promise<void> {
    const file = this.#file
    const isUseless = this.#unsynced.length === 0 && !this.#holdsSynced
    this.#file = null
    this.#isInDoubt = true
    this.#mayContinue = false
    this.#queue = [...this.#unsynced, ...this.#queue]
    this.#unsynced = []
    this.#unsyncedBytes = 0
    await file?.close().catch(() => {})
    const { disk, folder, segments } = this.#options
    const name = segments.at(-1)?.name
    if (!file || !isUseless || !name) return
    const isGone = await disk.remove(path.join(folder, name)).then(
      () => true,
      () => false,
    )
    if (isGone) segments.pop()
  }
}
