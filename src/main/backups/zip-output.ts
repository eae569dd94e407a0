import { createHash } from 'node:crypto'
import { Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { sha256Of } from '../files/target.ts'
import type { EntryFacts } from './manifest.ts'

/**
 * What may be deflated at once. yazl takes everything it is given: what waits for its turn waits in memory, and each
 * start of a deflation holds main up for a quarter of a millisecond.
 */
const ENTRIES_AT_ONCE = 16
const BYTES_AT_ONCE = 1 << 20

type EntryOptions = { readonly mtime: Date; readonly mode: number; readonly compress: boolean }

/** Writes a zip to a stream, entry by entry, with at most a few megabytes in memory. */
export class ZipOutput {
  readonly #zip = new ZipFile()
  readonly #written: Promise<void>
  /** Rejects when the target fails; never settles otherwise. */
  readonly #failed: Promise<never>
  readonly #time: Date
  #entries = 0
  #bytes = 0

  /** @param at ms since 1970: the time that every entry gets */
  constructor(target: Writable, at: number) {
    this.#time = new Date(at)
    const output = this.#zip.outputStream as Readable
    this.#zip.on('error', (error: Error) => output.destroy(error))
    this.#written = pipeline(output, target)
    this.#failed = new Promise((_, reject) => this.#written.catch(reject))
    this.#failed.catch(() => {}) // whoever waits hears it
  }

  /** Settles when there is room for the next. @param at ms since 1970: its own time instead of the one of all */
  async add(name: string, bytes: Uint8Array, compress: boolean, at?: number): Promise<EntryFacts> {
    this.#entries++
    this.#bytes += bytes.length
    if (this.#entries < ENTRIES_AT_ONCE && this.#bytes < BYTES_AT_ONCE) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      this.#zip.addBuffer(buffer, name, this.#options(compress, at))
    } else {
      // A stream is read when its turn has come: by then everything before it has left the memory.
      await this.#addStream(name, bytes.length, this.#options(compress, at), () => Readable.from([bytes]))
    }
    return { size: bytes.length, sha256: sha256Of(bytes) }
  }

  /** Content of any size, hashed as it is read. `open` is called when its turn has come. */
  async addStream(name: string, size: number, open: () => Readable): Promise<EntryFacts> {
    const hash = createHash('sha256')
    const tap = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await this.#addStream(name, size, this.#options(false), () => {
      pipeline(open(), tap).catch(() => {}) // the tap has the error as well
      return tap
    })
    return { size, sha256: hash.digest('hex') }
  }

  /** Settles when all of it was given to the target. */
  async finish(): Promise<void> {
    this.#zip.end()
    await this.#written
  }

  /** Gives up; the target is destroyed. */
  async abandon(): Promise<void> {
    ;(this.#zip.outputStream as Readable).destroy()
    await this.#written.catch(() => {})
  }

  #addStream(name: string, size: number, options: EntryOptions, open: () => Readable): Promise<void> {
    this.#entries = 0
    this.#bytes = 0
    const ended = new Promise<void>((resolve, reject) => {
      this.#zip.addReadStreamLazy(name, { ...options, size }, (give) => {
        const stream = open()
        stream.on('end', resolve)
        stream.on('error', (error) => {
          reject(error)
          this.#zip.emit('error', error)
        })
        give(null, stream)
      })
    })
    return Promise.race([ended, this.#failed])
  }

  #options(compress: boolean, at?: number): EntryOptions {
    return { mtime: at === undefined ? this.#time : new Date(at), mode: 0o100644, compress }
  }
}
