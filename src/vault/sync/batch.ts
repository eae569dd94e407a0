/** Gathers what comes while one run is under way and runs it together, so many at a time. Each item has its answer. */
export class Batch<T, R> {
  readonly #run: (items: readonly T[]) => Promise<readonly R[]>
  readonly #most: number
  #waiting: { readonly item: T; resolve(result: R): void; reject(reason: unknown): void }[] = []
  #running: Promise<void> | null = null

  /** @param run answers in the order of the items; a rejection is every item's */
  constructor(most: number, run: (items: readonly T[]) => Promise<readonly R[]>) {
    this.#most = most
    this.#run = run
  }

  add(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#running ??= this.#go().finally(() => {
        this.#running = null
      })
    })
  }

  async #go(): Promise<void> {
    // What is asked for in one turn of the loop goes together.
    await new Promise<void>((resolve) => setTimeout(resolve, 0))
    while (this.#waiting.length > 0) {
      const part = this.#waiting.splice(0, this.#most)
      try {
        const results = await this.#run(part.map(({ item }) => item))
        for (const [i, { resolve }] of part.entries()) resolve(results[i] as R)
      } catch (error) {
        for (const { reject } of part) reject(error)
      }
    }
  }
}
