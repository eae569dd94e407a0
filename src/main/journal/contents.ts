import path from 'node:path'
import type { JournalRecord } from '../../ipc/journal-port.ts'
import { codeOf, type JournalDisk } from './disk.ts'
import { FRAME_HEAD } from './frames.ts'
import type { NumberedName } from './names.ts'
import { decodeRecord } from './records.ts'
import { readSegment } from './segments.ts'
import type { DocFacts, SnapshotIndex } from './snapshot-format.ts'
import { readPackedDoc, readSnapshotIndex, unpack } from './snapshot-reader.ts'

/** Where the frame of a record lies, or what an update is that could not be written yet. */
export type Place =
  | { readonly segment: string; readonly offset: number; readonly length: number }
  | { readonly bytes: Uint8Array }

type DocTail = { readonly updates: (Place & { readonly number: number })[]; head: Uint8Array | null; isLater: boolean }
type OpenSnapshot = { readonly name: string; readonly index: SnapshotIndex }
type PlacedEntry = { readonly record: JournalRecord & { readonly number: number }; readonly place: Place }

/** What a journal holds: which docs, and where their updates lie. Words stay on the disk until they are asked for. */
export class Contents {
  readonly #disk: JournalDisk
  readonly #folder: string
  /** Oldest first. There is more than one only where the newest is damaged. */
  readonly #snapshots: OpenSnapshot[] = []
  readonly #docs = new Map<string, DocTail>()
  readonly #attachments = new Map<string, Uint8Array>()
  /** Purged after the last snapshot. */
  readonly #purged = new Map<string, number>()
  readonly #damage: string[] = []
  /** The last record that is in a snapshot. */
  base = 0
  /** The last record there is. */
  last = 0

  private constructor(disk: JournalDisk, folder: string) {
    this.#disk = disk
    this.#folder = folder
  }

  /** Throws NewerFormat, and what the disk throws. */
  static async load(
    disk: JournalDisk,
    folder: string,
    snapshots: readonly NumberedName[],
    segments: readonly NumberedName[],
  ): Promise<Contents> {
    const contents = new Contents(disk, folder)
    for (const { name, number } of snapshots) await contents.#orGone(() => contents.#loadSnapshot(name, number))
    contents.last = contents.base
    await contents.#loadSegments(segments)
    return contents
  }

  /** In words, without text of notes; null where nothing is damaged. */
  get damage(): string | null {
    return this.#damage.length === 0 ? null : `${this.#damage.join('; ')}.`
  }

  /** Keys that have updates. */
  keys(): string[] {
    const keys = new Set<string>()
    for (const { index } of this.#snapshots) {
      for (const key of index.docs.keys()) if (!this.#purged.has(key)) keys.add(key)
    }
    for (const [key, { updates }] of this.#docs) if (updates.length > 0) keys.add(key)
    return [...keys]
  }

  facts(key: string): DocFacts {
    const tail = this.#docs.get(key)
    if (tail?.head) return { head: tail.head, isLater: tail.isLater }
    const base = this.#bases(key).at(-1)?.index.docs.get(key)
    return { head: base?.head ?? null, isLater: (tail?.updates.length ?? 0) > 0 || (base?.isLater ?? true) }
  }

  attachments(): Map<string, Uint8Array> {
    const all = new Map<string, Uint8Array>()
    for (const { index } of this.#snapshots) for (const [key, bytes] of index.attachments) all.set(key, bytes)
    for (const [key, bytes] of this.#attachments) {
      if (bytes.length > 0) all.set(key, bytes)
      else all.delete(key)
    }
    return all
  }

  purged(): Map<string, number> {
    const all = new Map<string, number>()
    for (const { index } of this.#snapshots) for (const [key, number] of index.purged) all.set(key, number)
    for (const [key, number] of this.#purged) all.set(key, number)
    return all
  }

  /** What was written since the contents were loaded. A number that is there already is passed over. */
  add(record: JournalRecord & { readonly number: number }, place: Place): void {
    if (record.number <= this.last) return
    this.last = record.number
    this.#fold({ record, place })
  }

  /** Everything of a key up to a record is left out from now on. */
  purge(key: string, upTo: number): void {
    const tail = this.#docs.get(key)
    const updates = tail?.updates.filter(({ number }) => number > upTo) ?? []
    if (tail && updates.length > 0) this.#docs.set(key, { ...tail, updates })
    else this.#docs.delete(key)
    this.#purged.set(key, Math.max(upTo, this.#purged.get(key) ?? 0))
  }

  /** A doc that needs no merging, as the snapshot holds it; null where its updates are to be read one by one. */
  packedIn(key: string): { name: string; offset: number; length: number } | null {
    const bases = this.#bases(key)
    const place = bases[0]?.index.docs.get(key)
    if (bases.length !== 1 || !bases[0] || !place || (this.#docs.get(key)?.updates.length ?? 0) > 0) return null
    return { name: bases[0].name, offset: place.offset, length: place.length }
  }

  /** The updates of a doc in order, as far as they are intact. */
  async updates(key: string, files: OpenFiles): Promise<Uint8Array[]> {
    const updates: Uint8Array[] = []
    for (const { name, index } of this.#bases(key)) {
      const place = index.docs.get(key)
      const packed = place && (await readPackedDoc(await files.snapshot(name), place))
      if (packed) updates.push(...(await unpack(packed.packed).catch(() => [])))
    }
    for (const place of this.#docs.get(key)?.updates ?? []) {
      if ('bytes' in place) {
        updates.push(place.bytes)
        continue
      }
      const { segment, offset, length } = place
      const record = decodeRecord((await files.segment(segment)).subarray(offset + FRAME_HEAD, offset + length))
      if (record?.kind === 'update' && record.key === key) updates.push(record.bytes)
    }
    return updates
  }

  /** Files of this journal for some calls of `updates`; close them when done. */
  files(): OpenFiles {
    return new OpenFiles(this.#disk, this.#folder)
  }

  #bases(key: string): OpenSnapshot[] {
    return this.#purged.has(key) ? [] : this.#snapshots.filter(({ index }) => index.docs.has(key))
  }

  /** A file that somebody removed while the journal is open is damage, and the others are still read. */
  async #orGone<T>(read: () => Promise<T>): Promise<T | null> {
    try {
      return await read()
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      this.#damage.push('a file of the journal is gone')
      return null
    }
  }

  async #loadSnapshot(name: string, number: number): Promise<void> {
    const file = await this.#disk.read(path.join(this.#folder, name))
    try {
      const { index, isDamaged } = await readSnapshotIndex(file, number)
      if (isDamaged) this.#damage.push(`a snapshot is damaged, ${index.docs.size} notes of it are intact`)
      for (const older of this.#snapshots) for (const key of index.purged.keys()) older.index.docs.delete(key)
      this.#snapshots.push({ name, index })
      this.base = Math.max(this.base, index.last)
    } finally {
      await file.close()
    }
  }

  async #loadSegments(segments: readonly NumberedName[]): Promise<void> {
    let entries: PlacedEntry[] = []
    let skipped = 0
    for (const { name } of segments) {
      const content = await this.#orGone(() => readSegment(this.#disk, this.#folder, name))
      if (!content) continue
      skipped += content.skipped
      for (const { offset, length, bytes, ...record } of content.records) {
        if (record.number <= this.base) continue
        // updates are read again when they are needed, the rest is small
        const kept = record.kind === 'update' ? new Uint8Array() : Uint8Array.from(bytes)
        entries.push({ record: { ...record, bytes: kept }, place: { segment: name, offset, length } })
      }
    }
    // A segment that was given up holds records that its successor holds again.
    if (entries.some(({ record }, n) => n > 0 && record.number <= (entries[n - 1]?.record.number ?? 0))) {
      entries = entries.sort((a, b) => a.record.number - b.record.number)
    }
    let missing = 0
    for (const { record, place } of entries) {
      missing += Math.max(0, record.number - this.last - 1)
      this.add(record, place)
    }
    if (skipped > 0) this.#damage.push(`${skipped} bytes of the journal are damaged`)
    if (missing > 0) this.#damage.push(`${missing} records of the journal are missing`)
  }

  #fold({ record: { kind, key, bytes, number }, place }: PlacedEntry): void {
    if (kind === 'attachment') {
      this.#attachments.set(key, bytes)
      return
    }
    if (kind === 'purge') {
      this.#docs.delete(key)
      this.#purged.set(key, number)
      return
    }
    const doc = this.#docs.get(key) ?? { updates: [], head: null, isLater: false }
    this.#docs.set(key, doc)
    if (kind === 'update') {
      doc.updates.push({ ...place, number })
      doc.isLater = true
    } else {
      doc.head = bytes
      doc.isLater = false
    }
  }
}

/** Segments are held whole, the last few of them; snapshots are read piece by piece. */
const MOST_SEGMENTS = 8

export class OpenFiles {
  readonly #disk: JournalDisk
  readonly #folder: string
  readonly #segments = new Map<string, Uint8Array>()
  readonly #snapshots = new Map<string, Awaited<ReturnType<JournalDisk['read']>>>()

  constructor(disk: JournalDisk, folder: string) {
    this.#disk = disk
    this.#folder = folder
  }

  async segment(name: string): Promise<Uint8Array> {
    const bytes = this.#segments.get(name) ?? (await this.#readWhole(name))
    this.#segments.delete(name)
    this.#segments.set(name, bytes)
    const [oldest] = this.#segments.keys()
    if (this.#segments.size > MOST_SEGMENTS && oldest !== undefined) this.#segments.delete(oldest)
    return bytes
  }

  async snapshot(name: string) {
    const file = this.#snapshots.get(name) ?? (await this.#disk.read(path.join(this.#folder, name)))
    this.#snapshots.set(name, file)
    return file
  }

  async close(): Promise<void> {
    for (const file of this.#snapshots.values()) await file.close()
    this.#snapshots.clear()
    this.#segments.clear()
  }

  async #readWhole(name: string): Promise<Uint8Array> {
    const file = await this.#disk.read(path.join(this.#folder, name))
    try {
      return await file.read(0, file.size)
    } finally {
      await file.close()
    }
  }
}
