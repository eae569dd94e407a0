import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import type { Disposer } from '../../core/base/disposable.ts'
import { type Arrived, type Inbox, LANE, type Outbox } from './lanes.ts'
import { type Hash32, MAX_DOCS, type SyncEnd } from './port.ts'
import { type FileSaid, MAX_LABEL, type Message } from './wire.ts'

/** Attachments and versions by what is in them (rules Y17 to Y19). All bytes lie with whoever keeps the files. */
export interface SyncFiles {
  /** What is here whole. */
  list(): readonly FileSaid[]
  onAdded(listener: () => void): Disposer
  /** Whether a file that the other side has should be fetched: not here yet, and known what to do with it. */
  wants(file: FileSaid): boolean
  /** Bytes of a file that came before it was cut off; 0 for none. */
  partial(sha256: Hash32): Promise<number>
  append(sha256: Hash32, offset: number, bytes: Uint8Array): Promise<void>
  /** Reads all that was appended and takes it in; false, with all of it dropped, where it is another file. */
  finish(file: FileSaid): Promise<boolean>
  /** Null: not here any more. */
  read(sha256: Hash32, offset: number, length: number): Promise<Uint8Array | null>
}

/** No vault without files needs more. */
export const NO_FILES: SyncFiles = {
  list: () => [],
  onAdded: () => () => {},
  wants: () => false,
  partial: async () => 0,
  append: async () => {},
  finish: async () => false,
  read: async () => null,
}

/** Bytes of a file in one message: a frame holds them with their hash and offset. */
const CHUNK = 60 * 1024
const LISTED = 16
const MAX_WANTED = 4

const encoder = new TextEncoder()

/** One hash for the list, whatever its order. */
export function filesHash(files: readonly FileSaid[]): Hash32 {
  const lines = files.map(({ sha256, label }) => `${sha256} ${label}`).sort()
  return toHexString(digest(encoder.encode(lines.join('\n'))))
}

type Of<K extends Message['kind']> = Message & { readonly kind: K }

export type FileParts = {
  readonly files: SyncFiles
  readonly outbox: Outbox
  readonly inbox: Inbox
  readonly end: (reason: SyncEnd) => void
  readonly changed: () => void
}

/** One file at a time each way, behind everything else; what was cut off goes on where it stopped. */
export class FileExchange {
  readonly #parts: FileParts
  readonly #wanted = new Map<string, FileSaid>()
  readonly #said = new Set<string>()
  readonly #stop: Disposer
  #current: { readonly file: FileSaid; at: number } | null = null
  #total = 0
  #done = 0
  #lists = 0
  #giving: { readonly sha256: Hash32; offset: number }[] = []
  #chunk: Of<'chunk'> | null = null
  #reading = false
  #greeted = false
  #open = true
  /** This side's disk refused a chunk: nothing more of files is written in this session. */
  #isFailing = false
  /** Chunks are written one after another. */
  #tail: Promise<void> = Promise.resolve()

  constructor(parts: FileParts) {
    this.#parts = parts
    parts.outbox.feed(LANE.files, () => this.#next())
    this.#stop = parts.files.onAdded(() => this.#greeted && this.#list())
  }

  get counts(): { readonly left: number; readonly total: number } {
    return { left: this.#total - this.#done, total: this.#total }
  }

  greeted(isEqual: boolean): void {
    this.#greeted = true
    if (!isEqual) this.#list()
    else for (const file of this.#parts.files.list()) this.#said.add(keyOf(file))
  }

  close(): void {
    this.#open = false
    this.#stop()
  }

  listed({ files }: Of<'files'>): void {
    const { files: own, end } = this.#parts
    this.#lists += files.length
    if (this.#lists > MAX_DOCS) {
      end('flood')
      return
    }
    for (const file of files) {
      const key = keyOf(file)
      if (this.#wanted.has(key) || !own.wants(file)) continue
      this.#wanted.set(key, file)
      this.#total++
    }
    this.#fetch()
    this.#parts.changed()
  }

  want({ sha256, offset }: Of<'want'>): void {
    const { end, outbox } = this.#parts
    if (this.#giving.length >= MAX_WANTED) {
      end('flood')
      return
    }
    this.#giving.push({ sha256, offset })
    this.#read()
    outbox.pump()
  }

  chunk({ sha256, offset, bytes }: Of<'chunk'>, arrived: Arrived): void {
    const current = this.#current
    const { end, inbox } = this.#parts
    const isNext = current?.file.sha256 === sha256 && current.at === offset
    if (!isNext || offset + bytes.length > current.file.size) {
      end('wrong-order')
      return
    }
    current.at += bytes.length
    const { file, at } = current
    const isLast = at === file.size
    if (bytes.length === 0 && !isLast) {
      end('malformed')
      return
    }
    if (isLast) this.#current = null
    this.#tail = this.#tail.then(async () => {
      const isTaken = await this.#write(file, offset, bytes, isLast)
      inbox.done(arrived)
      if (!this.#open || !isLast || isTaken === null) return
      if (isTaken) this.#gone(file, true)
      else end('false-file')
    })
  }

  /** Null: this side's disk failed; what came so far stays, and goes on with the next connection. */
  async #write(file: FileSaid, offset: number, bytes: Uint8Array, isLast: boolean): Promise<boolean | null> {
    const { files } = this.#parts
    if (!this.#open || this.#isFailing) return null
    try {
      await files.append(file.sha256, offset, bytes)
      return isLast ? await files.finish(file) : null
    } catch {
      this.#isFailing = true
      return null
    }
  }

  lack({ sha256 }: Of<'lack'>): void {
    if (this.#current?.file.sha256 !== sha256) {
      this.#parts.end('wrong-order')
      return
    }
    const { file } = this.#current
    this.#current = null
    this.#gone(file, false)
  }

  #gone(file: FileSaid, isDone: boolean): void {
    this.#wanted.delete(keyOf(file))
    if (isDone) this.#done++
    else this.#total--
    this.#fetch()
    this.#parts.changed()
  }

  #fetch(): void {
    if (this.#current || !this.#open) return
    for (const [key, file] of this.#wanted) {
      // It may have come from somebody else meanwhile, or under another name.
      if (!this.#parts.files.wants(file)) {
        this.#wanted.delete(key)
        this.#done++
        continue
      }
      const current = { file, at: 0 }
      this.#current = current
      void this.#parts.files
        .partial(file.sha256)
        .catch(() => 0)
        .then((offset) => {
          if (!this.#open || this.#current !== current) return
          current.at = offset < file.size ? offset : 0
          this.#parts.outbox.send(LANE.control, { kind: 'want', sha256: file.sha256, offset: current.at })
        })
      return
    }
  }

  #list(): void {
    const fresh = this.#parts.files.list().filter((file) => {
      return file.label.length <= MAX_LABEL && !this.#said.has(keyOf(file))
    })
    for (let at = 0; at < fresh.length; at += LISTED) {
      const files = fresh.slice(at, at + LISTED)
      for (const file of files) this.#said.add(keyOf(file))
      this.#parts.outbox.send(LANE.control, { kind: 'files', files })
    }
  }

  #next(): Message | null {
    const chunk = this.#chunk
    this.#chunk = null
    if (chunk) queueMicrotask(() => this.#read())
    return chunk
  }

  /** The next chunk is read before its turn comes, and no further. */
  #read(): void {
    const giving = this.#giving[0]
    if (!giving || this.#chunk || this.#reading || !this.#open) return
    this.#reading = true
    const { files, outbox } = this.#parts
    void files
      .read(giving.sha256, giving.offset, CHUNK)
      .catch(() => null)
      .then((bytes) => {
        this.#reading = false
        if (!this.#open) return
        const { sha256, offset } = giving
        if (bytes) this.#chunk = { kind: 'chunk', sha256, offset, bytes }
        else outbox.send(LANE.control, { kind: 'lack', sha256 })
        giving.offset += bytes?.length ?? 0
        if (!bytes || bytes.length < CHUNK) this.#giving.shift()
        outbox.pump()
        this.#read()
      })
  }
}

const keyOf = ({ sha256, label }: FileSaid): string => `${sha256} ${label}`
