import path from 'node:path'

const SETTLE_MS = 50
const PATIENCE = 20

/**
 * The folders that the person has shown to this app, by a dialog or by dropping them on a window. A page that
 * was taken over could otherwise have any folder of the computer read or written to.
 */
export class Grants {
  readonly #paths = new Set<string>()

  add(folder: string): void {
    this.#paths.add(path.resolve(folder))
  }

  /** A drop is announced on another channel than the call that uses it, so it may come a moment later. */
  async has(folder: string): Promise<boolean> {
    const wanted = path.resolve(folder)
    for (let i = 0; i < PATIENCE && !this.#paths.has(wanted); i++) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
    }
    return this.#paths.has(wanted)
  }
}
