import path from 'node:path'
import type { JournalDisk } from './disk.ts'

/** Files that a compaction replaced: they go when nobody holds them. */
export class ReplacedFiles {
  readonly #disk: JournalDisk
  readonly #folder: string
  readonly #held = new Map<string, { users: number; whenFree: (() => void)[] }>()
  readonly #replaced = new Set<string>()
  #removing: Promise<void> = Promise.resolve()

  constructor(disk: JournalDisk, folder: string) {
    this.#disk = disk
    this.#folder = folder
  }

  get isAnyHeld(): boolean {
    return this.#held.size > 0
  }

  /** Keeps a file until the returned function is called. */
  hold(name: string): () => void {
    const held = this.#held.get(name) ?? { users: 0, whenFree: [] }
    held.users++
    this.#held.set(name, held)
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      held.users--
      if (held.users > 0) return
      this.#held.delete(name)
      for (const go of held.whenFree) go()
    }
  }

  /** Removes them, and what is left of earlier ones. Settles when all that was to go has gone; rejects as the disk does. */
  remove(names: readonly string[]): Promise<void> {
    for (const name of names) this.#replaced.add(name)
    this.#removing = this.#removing.catch(() => {}).then(() => this.#removeAll())
    return this.#removing
  }

  whenRemoved(): Promise<void> {
    return this.#removing
  }

  /** Those that could not be removed, or whose removal is not sure to outlive the power, are tried again next time. */
  async #removeAll(): Promise<void> {
    const names = [...this.#replaced]
    for (const name of names) {
      const held = this.#held.get(name)
      if (held) await new Promise<void>((resolve) => held.whenFree.push(resolve))
      await this.#disk.remove(path.join(this.#folder, name))
    }
    await this.#disk.syncFolder(this.#folder)
    for (const name of names) this.#replaced.delete(name)
  }
}
