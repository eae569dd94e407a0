import type { NoteId } from '../core/base/ids.ts'

export type Changed = { ids: NoteId[]; all: boolean; folders: boolean }

/** Above this many rows at once a listener reads all of them (ipc/vault-contract.ts). */
const MAX_IDS = 200
/** Rows that change within this time are told together, ms. */
const PAUSE = 50

/** Gathers what changed and tells it at most once every 50 ms. */
export class Changes {
  readonly #tell: (changed: Changed) => void
  readonly #ids = new Set<NoteId>()
  #folders = false
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(tell: (changed: Changed) => void) {
    this.#tell = tell
  }

  notes(ids: Iterable<NoteId>): void {
    for (const id of ids) this.#ids.add(id)
    if (this.#ids.size > 0) this.#later()
  }

  folders(): void {
    this.#folders = true
    this.#later()
  }

  /** Tells at once what is waiting. */
  now(): void {
    if (this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
    const all = this.#ids.size > MAX_IDS
    const changed = { ids: all ? [] : [...this.#ids], all, folders: this.#folders }
    this.#ids.clear()
    this.#folders = false
    this.#tell(changed)
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.now(), PAUSE)
  }
}
