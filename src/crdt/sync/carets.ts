import type { Disposer } from '../../core/base/disposable.ts'
import { LANE, type Outbox } from './lanes.ts'
import type { SyncEnd, SyncStore } from './port.ts'
import { MAX_AWARENESS, MAX_OPEN, type Message } from './wire.ts'

export type CaretParts = {
  readonly store: SyncStore
  readonly outbox: Outbox
  readonly origin: object
  readonly end: (reason: SyncEnd, id?: string) => void
  /** Docs that somebody looks at there. */
  readonly opened: (ids: readonly string[]) => void
}

/** Who is where, in docs that both sides have open and in no other (rule Y12). Only the last of each doc waits. */
export class Carets {
  readonly #parts: CaretParts
  readonly #stops: Disposer[]
  readonly #waiting = new Set<string>()
  #there: ReadonlySet<string> = new Set()
  #greeted = false
  #sayOpen = false

  constructor(parts: CaretParts) {
    this.#parts = parts
    const { store, outbox } = parts
    outbox.feed(LANE.control, () => this.#next())
    this.#stops = [
      store.onOpen(() => {
        this.#sayOpen = true
        for (const id of store.openIds()) if (this.#there.has(id)) this.#waiting.add(id)
        if (this.#greeted) outbox.pump()
      }),
      store.onAwareness(({ id, origin }) => {
        if (origin === parts.origin || !this.#there.has(id)) return
        this.#waiting.add(id)
        outbox.pump()
      }),
    ]
  }

  isOpenThere(id: string): boolean {
    return this.#there.has(id)
  }

  greeted(): void {
    this.#greeted = true
    this.#sayOpen = this.#parts.store.openIds().length > 0
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#parts.store.dropAwareness(this.#parts.origin)
  }

  open(ids: readonly string[]): void {
    const { store, outbox, opened } = this.#parts
    this.#there = new Set(ids)
    const here = new Set(store.openIds())
    for (const id of ids) if (here.has(id)) this.#waiting.add(id)
    opened(ids)
    outbox.pump()
  }

  receive(id: string, update: Uint8Array): void {
    const { store, origin, end } = this.#parts
    // Closed here meanwhile: nobody is left who would see it.
    if (!store.openIds().includes(id)) return
    try {
      store.receiveAwareness(id, update, origin)
    } catch {
      end('malformed', id)
    }
  }

  #next(): Message | null {
    if (!this.#greeted) return null
    if (this.#sayOpen) {
      this.#sayOpen = false
      return { kind: 'open', ids: this.#parts.store.openIds().slice(0, MAX_OPEN) }
    }
    for (const id of this.#waiting) {
      this.#waiting.delete(id)
      const update = this.#parts.store.awareness(id)
      if (update && update.length <= MAX_AWARENESS) return { kind: 'aware', id, update }
    }
    return null
  }
}
