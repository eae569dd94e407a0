import type * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import type { OpenNote } from '../../crdt/store.ts'
import { VAULT_KEY } from '../../ipc/journal-port.ts'

type Opened = { readonly doc: Y.Doc; readonly stored: OpenNote }

type Parts = {
  readonly onUpdate: (key: string, update: Uint8Array) => void
  /** Settles when what was applied to a doc is safe; `stored`: when it is in the store. */
  readonly durable: (stored: () => Promise<void>) => Promise<void>
}

/** The docs that the store has open, followed for the journal, and the work that a mark must not overtake. */
export class OpenDocs {
  readonly #parts: Parts
  readonly #open = new Map<string, Opened>()
  readonly #working = new Set<Promise<unknown>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get(id: NoteId): Y.Doc | undefined {
    return this.#open.get(id)?.doc
  }

  get vault(): Y.Doc | null {
    return this.#open.get(VAULT_KEY)?.doc ?? null
  }

  /** What is applied to the doc from here on is new to the store, and so to the journal. */
  add(key: string, doc: Y.Doc, stored: OpenNote): OpenNote {
    const entry = { doc, stored }
    const onUpdate = (update: Uint8Array) => this.#parts.onUpdate(key, update)
    doc.on('update', onUpdate)
    this.#open.set(key, entry)
    return {
      whenStored: () => this.#parts.durable(() => stored.whenStored()),
      close: () =>
        this.work(async () => {
          await stored.close()
          doc.off('update', onUpdate)
          if (this.#open.get(key) === entry) this.#open.delete(key)
        }),
    }
  }

  work<T>(run: () => Promise<T>): Promise<T> {
    const work = run()
    const tracked: Promise<unknown> = work.catch(() => {}).then(() => this.#working.delete(tracked))
    this.#working.add(tracked)
    return work
  }

  /** Settles when everything that was applied and begun so far is in the store. */
  async allStored(): Promise<void> {
    await Promise.all([...this.#working, ...[...this.#open.values()].map(({ stored }) => stored.whenStored())])
  }
}
