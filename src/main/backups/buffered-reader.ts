import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'

const CHUNK = 1 << 20

/**
 * Reads a file for yauzl a megabyte at a time. Entries lie behind one another, and yauzl asks for each header by
 * two reads: without this, the list of 20,000 entries takes 5 s instead of a quarter.
 */
export class BufferedReader extends RandomAccessReader {
  readonly #handle: FileHandle
  #at = 0
  #chunk: Buffer = Buffer.alloc(0)

  constructor(handle: FileHandle) {
    super()
    this.#handle = handle
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    const from = position - this.#at
    if (from >= 0 && from + length <= this.#chunk.length) {
      this.#chunk.copy(target, offset, from, from + length)
      setImmediate(done, null)
      return
    }
    this.bytes(position, length).then(
      (bytes) => {
        bytes.copy(target, offset)
        done(null)
      },
      (error: Error) => done(error),
    )
  }

  /** Exactly `length` bytes, which are valid until the next read; throws where the file ends before. */
  async bytes(position: number, length: number): Promise<Buffer> {
    const from = position - this.#at
    if (from >= 0 && from + length <= this.#chunk.length) return this.#chunk.subarray(from, from + length)
    const buffer = Buffer.allocUnsafe(Math.max(CHUNK, length))
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, position)
    if (bytesRead < length) throw new Error('the file ends too early')
    this.#at = position
    this.#chunk = buffer.subarray(0, bytesRead)
    return this.#chunk.subarray(0, length)
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end - start))
  }

  async *pieces(position: number, length: number): AsyncGenerator<Buffer> {
    for (let done = 0; done < length; ) {
      const size = Math.min(CHUNK, length - done)
      const buffer = Buffer.allocUnsafe(size)
      const { bytesRead } = await this.#handle.read(buffer, 0, size, position + done)
      if (bytesRead === 0) throw new Error('the file ends too early')
      yield buffer.subarray(0, bytesRead)
      done += bytesRead
    }
  }
}
