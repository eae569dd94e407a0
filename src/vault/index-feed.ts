import type { NoteId } from '../core/base/ids.ts'
import type { IndexedNote, indexWriteContract } from '../ipc/index-contract.ts'
import { CallError, type Client } from '../ipc/rpc.ts'

/**
 * Notes of one call, which is one transaction: every transaction writes the same inner pages and a piece of full text
 * of its own, to be merged later; and questions wait behind it (0.4 s).
 */
const BATCH = 500
/** How long an import's notes wait for more of them, ms. */
const HOLD = 1_000
/** Notes that may wait before an import has to slow down: about 10 MB. */
const HIGH = 1_500

/**
 * Brings notes to the index in the order in which they changed, many in a call, only the last state of each.
 * What the index refuses is dropped: the index is derived, `check` names what is missing.
 */
export class IndexFeed {
  readonly #index: Client<typeof indexWriteContract>
  readonly #onIndexed: (notes: readonly IndexedNote[]) => void
  /** null: to be removed. */
  readonly #waiting = new Map<NoteId, IndexedNote | null>()
  #feeding: Promise<void> | null = null
  #turn: Promise<void> = Promise.resolve()
  #hold: ReturnType<typeof setTimeout> | null = null
  /** Lets the feeding go on that waits for a full call. */
  #wake: () => void = () => {}

  constructor(index: Client<typeof indexWriteContract>, onIndexed: (notes: readonly IndexedNote[]) => void) {
    this.#index = index
    this.#onIndexed = onIndexed
  }

  put(note: IndexedNote): void {
    this.#add(note.id, note)
  }

  remove(id: NoteId): void {
    this.#add(id, null)
  }

  /** More will come at once: what waits goes in full calls only, until `drain`, or until no more has come for a second. */
  hold(): void {
    if (this.#hold !== null) clearTimeout(this.#hold)
    this.#hold = setTimeout(() => this.#release(), HOLD)
  }

  #release(): void {
    if (this.#hold !== null) clearTimeout(this.#hold)
    this.#hold = null
    this.#wake()
  }

  /** Waits while too much waits. */
  async room(): Promise<void> {
    while (this.#waiting.size > HIGH && this.#feeding) await Promise.race([this.#feeding, this.#turn])
  }

  /** Settles when the index has answered for everything that waited at the time of the call. */
  async drain(): Promise<void> {
    this.#release()
    while (this.#feeding) await this.#feeding
  }

  #add(id: NoteId, note: IndexedNote | null): void {
    this.#waiting.delete(id)
    this.#waiting.set(id, note)
    if (this.#waiting.size >= BATCH) this.#wake()
    this.#feeding ??= this.#feed().finally(() => {
      this.#feeding = null
    })
  }

  async #feed(): Promise<void> {
    // Everything of one turn of the loop goes together.
    await Promise.resolve()
    while (this.#waiting.size > 0) {
      if (this.#hold !== null && this.#waiting.size < BATCH) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        continue
      }
      this.#turn = this.#next()
      await this.#turn
    }
  }

  async #next(): Promise<void> {
    const notes: IndexedNote[] = []
    const gone: NoteId[] = []
    for (const [id, note] of this.#waiting) {
      if (notes.length + gone.length >= BATCH) break
      this.#waiting.delete(id)
      if (note) notes.push(note)
      else gone.push(id)
    }
    // Two calls touch different notes, so their order does not matter.
    await Promise.all([
      this.#put(notes),
      gone.length > 0 ? this.#index.call('remove', { ids: gone }).catch(() => {}) : null,
    ])
  }

  async #put(notes: readonly IndexedNote[]): Promise<void> {
    if (notes.length === 0) return
    try {
      await this.#index.call('put', { notes: [...notes] })
      this.#onIndexed(notes)
    } catch (error) {
      // `closed`: the host ends. `index-lost`: the event of that name has everything put again.
      const isOver = error instanceof CallError && (error.code === 'closed' || error.code === 'index-lost')
      if (isOver || notes.length === 1) return
      // One note that the index refuses must not keep the others of its batch out.
      for (const note of notes) await this.#put([note])
    }
  }
}
