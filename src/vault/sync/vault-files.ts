import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { SyncFiles } from '../../crdt/sync/files.ts'
import type { FileSaid } from '../../crdt/sync/wire.ts'
import type { Attachments } from '../services/attachments.ts'

/** The folder that everything from peers counts as coming from (S21): a newer file of a peer replaces its older one. */
const PEERS = 'peers'
/** Bytes of an attachment that is taken from a peer. */
const MAX_SIZE = 1024 * 1024 * 1024
const MAX_PATH = 1_000

/** Where the bytes lie: main's, by sha256. `finish` verifies what was appended and drops it where it is another file. */
export type FileBytes = Pick<SyncFiles, 'partial' | 'append' | 'finish' | 'read'>

/**
 * The attachments of a vault for its peers (Z7). A name never leads out of the attachments' folder, and a file that is
 * here under a peer's name stays: the other one gets the next free name beside it.
 */
export class VaultFiles implements SyncFiles {
  readonly #attachments: Attachments
  readonly #bytes: FileBytes
  readonly #added = new Emitter<void>()

  constructor(attachments: Attachments, bytes: FileBytes) {
    this.#attachments = attachments
    this.#bytes = bytes
  }

  list(): readonly FileSaid[] {
    return this.#attachments.list().map(({ sha256, size, path }) => ({ sha256, size, label: path }))
  }

  /** Also to be called when attachments were added here. */
  added(): void {
    this.#added.emit()
  }

  onAdded(listener: () => void): Disposer {
    return this.#added.on(listener)
  }

  wants({ sha256, size, label }: FileSaid): boolean {
    if (size > MAX_SIZE || !isPath(label)) return false
    return !this.#attachments.list().some((known) => known.sha256 === sha256)
  }

  partial(sha256: string): Promise<number> {
    return this.#bytes.partial(sha256)
  }

  append(sha256: string, offset: number, bytes: Uint8Array): Promise<void> {
    return this.#bytes.append(sha256, offset, bytes)
  }

  async finish(file: FileSaid): Promise<boolean> {
    if (!(await this.#bytes.finish(file))) return false
    const { sha256, size, label } = file
    await this.#attachments.take([{ path: label, sha256, size }], PEERS)
    this.added()
    return true
  }

  read(sha256: string, offset: number, length: number): Promise<Uint8Array | null> {
    return this.#bytes.read(sha256, offset, length)
  }
}

/** Of a file below the attachments' folder, on every system. */
function isPath(path: string): boolean {
  if (path === '' || path.length > MAX_PATH || /[\\\0:]/.test(path)) return false
  return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
}
