import { createHash, type Hash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { AppendFile, JournalDisk } from './disk.ts'
import { encodeFrame, encodeHeader } from './frames.ts'
import { encodeIndex, encodePiece, type PackedDoc, SNAPSHOT, type SnapshotIndex } from './snapshot-format.ts'

const CHUNK = 1 << 20

/** Writes a snapshot from its beginning to its end, then it has to be verified and renamed. */
export class SnapshotWriter {
  readonly #file: AppendFile
  readonly #hash: Hash = createHash('sha256')
  readonly #index: SnapshotIndex
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #size = 0

  private constructor(file: AppendFile, last: number) {
    this.#file = file
    this.#index = { last, docs: new Map(), attachments: new Map(), purged: new Map() }
  }

  /** @param last the last record that goes into it. */
  static async create(disk: JournalDisk, path: string, last: number): Promise<SnapshotWriter> {
    const writer = new SnapshotWriter(await disk.create(path), last)
    writer.#put(encodeHeader(SNAPSHOT))
    writer.#put(encodeFrame(encodePiece({ is: 'meta', last })))
    return writer
  }

  async doc({ key, head, isLater, packed }: PackedDoc): Promise<void> {
    const frame = encodeFrame(encodePiece({ is: 'doc', key, head, isLater, packed }))
    this.#index.docs.set(key, { head, isLater, offset: this.#size, length: frame.length })
    await this.#write(frame)
  }

  async attachment(key: string, bytes: Uint8Array): Promise<void> {
    this.#index.attachments.set(key, bytes)
    await this.#write(encodeFrame(encodePiece({ is: 'attachment', key, bytes })))
  }

  async purged(key: string, number: number): Promise<void> {
    this.#index.purged.set(key, number)
    await this.#write(encodeFrame(encodePiece({ is: 'purged', key, number })))
  }

  /** On disk when settled. */
  async end(): Promise<{ bytes: number; docs: number }> {
    const { last, docs, attachments, purged } = this.#index
    const packed = deflateRawSync(encodeIndex(this.#index), { level: 6 })
    const index = encodeFrame(encodePiece({ is: 'index', packed }))
    const indexOffset = this.#size
    this.#put(index)
    const trailer = encodePiece({
      is: 'trailer',
      last,
      docs: docs.size,
      attachments: attachments.size,
      purged: purged.size,
      indexOffset,
      indexLength: index.length,
      sha256: this.#hash.digest(),
    })
    this.#waiting.push(encodeFrame(trailer))
    await this.#flush()
    await this.#file.sync()
    await this.#file.close()
    return { bytes: this.#file.size, docs: docs.size }
  }

  async abandon(): Promise<void> {
    await this.#file.close()
  }

  #put(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    this.#size += bytes.length
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#put(bytes)
    if (this.#waitingBytes >= CHUNK) await this.#flush()
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    await this.#file.write(bytes)
  }
}
