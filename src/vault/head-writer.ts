import type { NoteId } from '../core/base/ids.ts'
import type { NoteHead, NoteStore } from '../crdt/store.ts'

/** Between attempts while the disk fails, ms. */
const RETRY = 1_000

/**
 * Writes heads behind their changes, many in a transaction, each as it is when its turn comes: an older head
 * can never follow a newer one. While the disk fails they wait: the store has told everybody, and a head is
 * derived (a note whose head was lost is marked dirty on disk and is computed again at the next start).
 */
export class HeadWriter {
  readonly #store: NoteStore
  readonly #head: (id: NoteId) => NoteHead | undefined
  readonly #retry: number
  readonly #waiting = new Set<NoteId>()
  #writing: Promise<void> | null = null

  constructor(store: NoteStore, head: (id: NoteId) => NoteHead | undefined, retry = RETRY) {
    this.#store = store
    this.#head = head
    this.#retry = retry
  }

  put(id: NoteId): void {
    this.#waiting.add(id)
    void this.#start()
  }

  /** Settles when every head so far is on disk. */
  async idle(): Promise<void> {
    while (this.#waiting.size > 0 || this.#writing) await this.#start()
  }

  #start(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null
      if (this.#waiting.size > 0) void this.#start()
    })
    return this.#writing
  }

  async #write(): Promise<void> {
    // Everything that changes in this turn goes into one transaction.
    await Promise.resolve()
    const ids = [...this.#waiting]
    const heads = ids.flatMap((id) => this.#head(id) ?? [])
    this.#waiting.clear()
    if (heads.length === 0) return
    try {
      await this.#store.putHeads(heads)
    } catch {
      for (const id of ids) this.#waiting.add(id)
      await new Promise((resolve) => setTimeout(resolve, this.#retry))
    }
  }
}
