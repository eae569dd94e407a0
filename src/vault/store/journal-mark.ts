import type { Journal } from './journal.ts'

/** Between two marks, ms. */
const EVERY = 2_000

type Parts = {
  readonly journal: Journal
  /** False where a mark would speak of what the store may lack. */
  readonly isMarkable: () => Promise<boolean>
  /** Settles when everything that the journal was handed so far is durable in the store. */
  readonly allStored: () => Promise<void>
  readonly write: (mark: number) => Promise<void>
}

/** Writes down, now and then, up to which record of the journal the store has everything (R2, P10). */
export class JournalMark {
  readonly #parts: Parts
  #timer: ReturnType<typeof setTimeout> | null = null
  #marking: Promise<void> | null = null
  #isEnded = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  soon(): void {
    if (this.#isEnded || this.#timer !== null) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      // Nothing is lost by a mark that is too old.
      this.now().catch(() => {})
    }, EVERY)
  }

  /** Waits for the store, so it stays open while the disk fails. */
  now(): Promise<void> {
    this.#marking ??= this.#set().finally(() => {
      this.#marking = null
    })
    return this.#marking
  }

  end(): void {
    this.#isEnded = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  async #set(): Promise<void> {
    const { journal, isMarkable, allStored, write } = this.#parts
    if (!(await isMarkable())) return
    await journal.opened
    // Before the store is asked: what comes meanwhile is the next mark's.
    const mark = journal.written
    await allStored()
    await write(mark)
  }
}
