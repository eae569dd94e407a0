import { indexContract, indexWriteContract } from '../ipc/index-contract.ts'
import type { Port } from '../ipc/port.ts'
import { CallError, type Contract, type Handlers, type Served, serve } from '../ipc/rpc.ts'
import { coalesce } from './coalesce.ts'
import type { Database } from './database.ts'
import { NoteIndex } from './note-index.ts'

const CHANGED_EVERY_MS = 100

/** What is under the index: its file, which can be thrown away. */
export type IndexSource = {
  open(): { db: Database; lost: boolean }
  reopenEmpty(): { db: Database; lost: boolean }
}

/** The SQLite result codes after which only a new file helps (sqlite.org/rescode.html). */
const BROKEN = new Set([10, 11, 14, 26])

/**
 * Answers both contracts on any number of ports. Calls wait until the source is there. A broken file is deleted
 * in the middle of work: the call fails with `index-lost`, writers hear `lost` and put everything again.
 */
export class IndexServer {
  readonly #source: Promise<IndexSource>
  readonly #readers = new Set<Served<typeof indexContract>>()
  readonly #writers = new Set<Served<typeof indexWriteContract>>()
  readonly #changed: ReturnType<typeof coalesce>
  #current: { index: NoteIndex; db: Database } | null = null
  #ready: Promise<NoteIndex> | null = null
  /** Lost before any writer was there to hear it. */
  #untold = false

  constructor(source: Promise<IndexSource>, later?: Parameters<typeof coalesce>[2]) {
    this.#source = source
    this.#changed = coalesce(() => this.#emitChanged(), CHANGED_EVERY_MS, later)
  }

  serveReads(port: Port): void {
    const handlers = this.#guard<typeof indexContract>(indexContract, (index) => index.reads)
    const served = serve(indexContract, handlers, port)
    this.#keep(this.#readers, served)
  }

  serveWrites(port: Port): void {
    const handlers = this.#guard<typeof indexWriteContract>(indexWriteContract, (index) => index.writes)
    const served = serve(indexWriteContract, handlers, port)
    this.#keep(this.#writers, served)
    if (!this.#untold) return
    this.#untold = false
    served.emit('lost', {})
  }

  #keep<C extends Contract>(all: Set<Served<C>>, served: Served<C>): void {
    all.add(served)
    void served.closed.then(() => all.delete(served))
  }

  #emitChanged(): void {
    for (const reader of this.#readers) reader.emit('changed', {})
  }

  #emitLost(): void {
    this.#untold = this.#writers.size === 0
    for (const writer of this.#writers) writer.emit('lost', {})
    this.#changed.call()
  }

  #index(): Promise<NoteIndex> {
    this.#ready ??= this.#source.then((source) => this.#use(source.open()))
    return this.#ready
  }

  #use({ db, lost }: { db: Database; lost: boolean }): NoteIndex {
    const index = new NoteIndex(db)
    index.changed.on(() => this.#changed.call())
    this.#current = { index, db }
    if (lost) this.#emitLost()
    return index
  }

  /** One function for each call of the contract: waits for the index, then asks it. */
  #guard<C extends Contract>(contract: C, pick: (index: NoteIndex) => Handlers<C>): Handlers<C> {
    const handlers: Record<string, unknown> = {}
    for (const name of Object.keys(contract.calls)) {
      const call = name as keyof Handlers<C>
      const handler: Handlers<C>[typeof call] = async (input, ports) => {
        const index = await this.#index()
        try {
          return await pick(index)[call](input, ports)
        } catch (error) {
          throw isBroken(error) ? await this.#startEmpty(index) : error
        }
      }
      handlers[name] = handler
    }
    return handlers as Handlers<C>
  }

  async #startEmpty(broken: NoteIndex): Promise<CallError> {
    const source = await this.#source
    // Several calls may find the same fault.
    if (this.#current?.index === broken) {
      try {
        this.#current.db.close()
      } catch {
        // A broken connection may refuse even this; its file goes all the same.
      }
      this.#ready = Promise.resolve(this.#use(source.reopenEmpty()))
    }
    return new CallError('index-lost', 'The index was unreadable. It is being made again from the notes.')
  }
}

function isBroken(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('resultCode' in error)) return false
  // Extended codes keep the plain one in their low byte.
  return typeof error.resultCode === 'number' && BROKEN.has(error.resultCode & 0xff)
}
