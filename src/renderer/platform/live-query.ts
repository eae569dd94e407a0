import { CallError } from '../../ipc/rpc.ts'

export type Answer<T> = {
  readonly key: string
  readonly data: T | null
  /** An expected failure by its code; null when it went well. */
  readonly failed: string | null
}

/** Null where there is nobody to ask. */
type Load<T> = (() => Promise<T>) | null

/**
 * Keeps the answer to one question current. One call at a time: what changes meanwhile is asked once more
 * when it returns, and an answer to an older key is dropped.
 */
export class LiveQuery<T> {
  readonly #onAnswer: (answer: Answer<T>) => void
  #load: Load<T> = null
  #key = ''
  #revision = 0
  #asked: { key: string; revision: number } | null = null
  #told: Answer<T> | null = null
  #isBusy = false
  #isEnded = true

  constructor(onAnswer: (answer: Answer<T>) => void) {
    this.#onAnswer = onAnswer
  }

  /** What is asked from now on; a change of `key` or `revision` asks. */
  update(load: Load<T>, key: string, revision: number): void {
    this.#isEnded = false
    this.#load = load
    this.#key = key
    this.#revision = revision
    void this.#run()
  }

  /** Answers no more until the next update. */
  end(): void {
    this.#isEnded = true
  }

  async #run(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    while (!this.#isEnded && this.#load && !this.#isCurrent()) {
      const key = this.#key
      this.#asked = { key, revision: this.#revision }
      const answer = await this.#ask(this.#load, key)
      if (answer) {
        if (!this.#isEnded && key === this.#key) this.#tell(answer)
      } else if (this.#isCurrent()) {
        // The client that replaces it has not come yet: its update asks. If it has, the next turn does.
        this.#asked = null
        break
      }
    }
    this.#isBusy = false
  }

  /** An answer that says the same again is none. */
  #tell(answer: Answer<T>): void {
    if (this.#told?.key === answer.key && isSame(this.#told, answer)) return
    this.#told = answer
    this.#onAnswer(answer)
  }

  #isCurrent(): boolean {
    return this.#asked?.key === this.#key && this.#asked.revision === this.#revision
  }

  /** Null where the port was closed: that is no answer, and the client that replaces it asks again. */
  async #ask(load: NonNullable<Load<T>>, key: string): Promise<Answer<T> | null> {
    try {
      return { key, data: await load(), failed: null }
    } catch (error) {
      const failed = error instanceof CallError ? error.code : 'internal'
      return failed === 'closed' ? null : { key, data: null, failed }
    }
  }
}

/** Of what comes through a port: plain values, lists and objects. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b) || ArrayBuffer.isView(a)) return false
  const [entries, other] = [Object.entries(a), b as Record<string, unknown>]
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => key in other && isSame(value, other[key]))
  )
}
