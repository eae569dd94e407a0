/** Runs tasks of one key one after another, of different keys side by side. */
export class KeyedQueue {
  readonly #tails = new Map<string, Promise<unknown>>()

  run<T>(key: string, task: () => Promise<T> | T): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve()
    const own = before.then(task)
    // A task that failed must not fail the next one.
    const tail = own
      .catch(() => {})
      .then(() => {
        if (this.#tails.get(key) === tail) this.#tails.delete(key)
      })
    this.#tails.set(key, tail)
    return own
  }

  /** Settles when every task that was added before has ended. */
  async idle(): Promise<void> {
    await Promise.all([...this.#tails.values()])
  }
}
