import { createHash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw, inflateRaw } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import { CallError } from '../../ipc/rpc.ts'
import { sha256Of } from '../files/target.ts'
import { diskError } from './archive-disk.ts'
import { BufferedReader } from './buffered-reader.ts'
import { entryProblem, isUnpacked } from './entry-names.ts'
import { FORMAT, MANIFEST, type Manifest, manifestShape } from './manifest.ts'

/** A manifest of a million notes is a quarter of this. */
const MAX_MANIFEST = 1 << 30
/** What is read whole; larger entries are read in pieces. */
const MAX_WHOLE = 16 << 20
const AT_ONCE = 32
const STORED = 0
const DEFLATED = 8

const ZIP_START = Buffer.from('PK\u0003\u0004', 'latin1')

/**
 * Reads an archive that anybody may have made. Nothing of it is believed before it was compared with the manifest:
 * names, sizes, and the content of an entry while it is read.
 */
export class ArchiveReader {
  readonly manifest: Manifest
  /** Of the file. */
  readonly bytes: number
  readonly #handle: FileHandle
  readonly #reader: BufferedReader
  readonly #zip: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>

  private constructor(opened: Opened, manifest: Manifest) {
    this.manifest = manifest
    this.bytes = opened.bytes
    this.#handle = opened.handle
    this.#reader = opened.reader
    this.#zip = opened.zip
    this.#entries = opened.entries
  }

  /** Fails with `no-file`, `not-an-archive`, `damaged`, `newer`. */
  static async open(file: string): Promise<ArchiveReader> {
    let handle: FileHandle
    try {
      // Opening a pipe or a device would wait, perhaps for ever.
      if (!(await stat(file)).isFile()) throw notAnArchive()
      handle = await open(file, 'r')
    } catch (error) {
      throw diskError(error, 'The archive')
    }
    try {
      const opened = await openZip(handle)
      return new ArchiveReader(opened, await readManifest(opened))
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  /** The names of the entries below a prefix, in the order in which they lie in the file. */
  names(prefix: string): string[] {
    return [...this.#entries.keys()].filter((name) => name.startsWith(prefix))
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /** The whole content, compared with the manifest. Fails with `not-found`, `damaged`. */
  async read(name: string): Promise<Uint8Array> {
    const pieces: Buffer[] = []
    for await (const piece of this.pieces(name)) pieces.push(piece)
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
  }

  /** Copies an entry into a new file; whoever calls brings it to the disk. Fails with `damaged`, or as the disk does. */
  async unpack(name: string, file: string): Promise<void> {
    const target = await open(file, 'wx', 0o600)
    try {
      for await (const piece of this.pieces(name)) {
        for (let at = 0; at < piece.length; ) at += (await target.write(piece, at)).bytesWritten
      }
    } finally {
      await target.close()
    }
  }

  /** The content in pieces; throws at the end, too, where it was not what the manifest says. */
  async *pieces(name: string): AsyncGenerator<Buffer> {
    const entry = this.#find(name)
    if (entry.uncompressedSize <= MAX_WHOLE) {
      yield await this.#whole(Buffer.from(await this.#raw(entry, name)), entry, name)
      return
    }
    const start = await dataStart(this.#zip, entry, name)
    const hash = createHash('sha256')
    let size = 0
    try {
      for await (const piece of unpacked(this.#reader.pieces(start, entry.compressedSize), entry)) {
        size += piece.length
        if (size > entry.uncompressedSize) throw damaged()
        hash.update(piece)
        yield piece
      }
    } catch (error) {
      throw isOfZlib(error) ? damaged() : error
    }
    if (size !== entry.uncompressedSize || hash.digest('hex') !== this.manifest.entries[name]?.sha256) throw damaged()
  }

  /** Reads every entry and compares it. Fails with `damaged`, naming no note; `cancelled`. */
  async verify({
    signal,
    onProgress,
  }: {
    readonly signal: AbortSignal
    readonly onProgress?: ((done: number, total: number) => void) | undefined
  }): Promise<void> {
    const total = this.#entries.size
    let done = 0
    // Read one after the other, inflated and hashed by several threads.
    const running = new Set<Promise<void>>()
    const failed: unknown[] = []
    for (const [name, entry] of this.#entries) {
      if (signal.aborted) throw new CallError('cancelled', 'Stopped.')
      if (failed.length > 0) break
      if (name === MANIFEST) continue
      if (entry.uncompressedSize > MAX_WHOLE) {
        for await (const _ of this.pieces(name)) if (signal.aborted) break
      } else {
        // The reader's own buffer is used again for the next entry.
        const raw = Buffer.from(await this.#raw(entry, name))
        const work = this.#whole(raw, entry, name).then(
          () => {},
          (error: unknown) => void failed.push(error),
        )
        running.add(work)
        void work.then(() => running.delete(work))
        if (running.size >= AT_ONCE) await Promise.race(running)
      }
      onProgress?.(++done, total)
    }
    await Promise.all(running)
    if (failed.length > 0) throw failed[0]
  }

  #find(name: string): Entry {
    const entry = this.#entries.get(name)
    if (!entry || name === MANIFEST) throw new CallError('not-found', 'The archive holds no such entry.')
    return entry
  }

  /** As it lies in the file. */
  async #raw(entry: Entry, name: string): Promise<Buffer> {
    return await rawBytes(this.#zip, this.#reader, entry, name)
  }

  async #whole(raw: Buffer, entry: Entry, name: string): Promise<Buffer> {
    const bytes = await inflated(raw, entry)
    if (sha256Of(bytes) !== this.manifest.entries[name]?.sha256) throw damaged()
    return bytes
  }
}

type Opened = {
  readonly handle: FileHandle
  readonly reader: BufferedReader
  readonly zip: ZipFile
  /** By name, in the order in which they lie in the file. */
  readonly entries: ReadonlyMap<string, Entry>
  readonly bytes: number
}

async function openZip(handle: FileHandle): Promise<Opened> {
  const { size } = await handle.stat()
  const reader = new BufferedReader(handle)
  // A file that was cut off begins like a zip and has no list of entries at its end.
  const isZip = size >= 4 && (await reader.bytes(0, 4)).equals(ZIP_START)
  if (!isZip) throw notAnArchive()
  try {
    const zip = await fromRandomAccessReaderPromise(reader, size, {
      autoClose: false,
      decodeStrings: true,
      strictFileNames: true,
      validateEntrySizes: true,
    })
    const entries: Entry[] = []
    for await (const entry of zip.eachEntry()) entries.push(entry)
    return { handle, reader, zip, entries: checked(entries, size), bytes: size }
  } catch (error) {
    throw error instanceof CallError ? error : damaged()
  }
}

/** Only entries that one of our archives can have. What is unpacked lies there as it is: nothing can swell. */
function checked(entries: Entry[], fileSize: number): Map<string, Entry> {
  const byName = new Map<string, Entry>()
  const folded = new Set<string>()
  let packed = 0
  entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  for (const entry of entries) {
    const name = entry.fileName
    const problem = entryProblem(name)
    if (problem !== null) throw new CallError('damaged', `The archive holds ${problem}. Nothing was unpacked.`)
    if (byName.has(name)) throw new CallError('damaged', 'The archive holds two entries of one name.')
    if (isUnpacked(name)) {
      const key = name.toLowerCase()
      if (folded.has(key)) throw new CallError('damaged', 'The archive holds two entries that one file would be.')
      folded.add(key)
    }
    const isKnown = entry.compressionMethod === STORED || (entry.compressionMethod === DEFLATED && !isUnpacked(name))
    if (!isKnown || entry.isEncrypted())
      throw new CallError('damaged', 'The archive is packed in a way that is not ours.')
    packed += entry.compressedSize
    byName.set(name, entry)
  }
  // Entries that share bytes are how a small file unpacks to any size.
  if (packed > fileSize) throw damaged()
  return byName
}

async function readManifest({ zip, reader, entries }: Opened): Promise<Manifest> {
  const entry = entries.get(MANIFEST)
  if (!entry) throw notAnArchive()
  if (entry.uncompressedSize > MAX_MANIFEST) throw damaged()
  const raw = await rawBytes(zip, reader, entry, MANIFEST)
  const bytes = await inflated(raw, entry)
  // The one entry whose hash stands nowhere.
  if (crc32(bytes) !== entry.crc32) throw damaged()
  const json = parse(bytes)
  const format = typeof json === 'object' && json !== null && 'format' in json ? json.format : null
  if (typeof format === 'number' && format > FORMAT) {
    throw new CallError('newer', 'A newer Throughline made this archive; this one cannot read it. Nothing was changed.')
  }
  const manifest = manifestShape.safeParse(json)
  if (!manifest.success) throw format === null ? notAnArchive() : damaged()
  const listed = manifest.data.entries
  for (const [name, { uncompressedSize }] of entries) {
    if (name !== MANIFEST && listed[name]?.size !== uncompressedSize) throw damaged()
  }
  // As many as are listed, and each of them listed: none is missing.
  if (Object.keys(listed).length !== entries.size - 1) throw damaged()
  return manifest.data
}

/** Where the content of an entry begins. The name before it must be the one in the list of entries. */
async function dataStart(zip: ZipFile, entry: Entry, name: string): Promise<number> {
  const header = await zip.readLocalFileHeaderPromise(entry).catch((error: unknown) => {
    throw isOfDisk(error) ? error : damaged()
  })
  if (header.fileName.toString('utf8') !== name || header.compressionMethod !== entry.compressionMethod) throw damaged()
  return header.fileDataStart
}

async function rawBytes(zip: ZipFile, reader: BufferedReader, entry: Entry, name: string): Promise<Buffer> {
  const start = await dataStart(zip, entry, name)
  try {
    return await reader.bytes(start, entry.compressedSize)
  } catch (error) {
    throw isOfDisk(error) ? error : damaged()
  }
}

function unpacked(packed: AsyncIterable<Buffer>, entry: Entry): AsyncIterable<Buffer> {
  if (entry.compressionMethod === STORED) return packed
  const out = createInflateRaw()
  // What fails in between ends the reading of `out`.
  pipeline(Readable.from(packed), out, () => {})
  return out
}

function inflated(raw: Buffer, entry: Entry): Promise<Buffer> {
  if (entry.compressionMethod === STORED) return Promise.resolve(raw)
  // One byte at least: zlib takes 0 for no limit.
  const maxOutputLength = Math.max(1, entry.uncompressedSize)
  return new Promise((resolve, reject) => {
    inflateRaw(raw, { maxOutputLength }, (error, bytes) => {
      if (error || bytes.length !== entry.uncompressedSize) reject(damaged())
      else resolve(bytes)
    })
  })
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
const isOfDisk = (error: unknown) => /^E[A-Z]+$/.test(codeOf(error))
const isOfZlib = (error: unknown) => /^(?:Z_|ERR_BUFFER)/.test(codeOf(error))

const damaged = () => new CallError('damaged', 'The archive is damaged: it is not what was once written.')
const notAnArchive = () => new CallError('not-an-archive', 'This file is not an archive of Throughline.')
