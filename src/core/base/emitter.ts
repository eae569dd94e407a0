import type { Disposer } from './disposable.ts'

/** One kind of event with any number of listeners; a listener added while emitting hears the next one. */
export class Emitter<T> {
  readonly #listeners = new Set<(event: T) => void>()

  on(listener: (event: T) => void): Disposer {
    const own = (event: T) => listener(event)
    this.#listeners.add(own)
    return () => this.#listeners.delete(own)
  }

  emit(event: T): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  get size(): number {
    return this.#listeners.size
  }
}
