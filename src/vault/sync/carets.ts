import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { SyncSession } from '../../crdt/sync/session.ts'

/** Carets of one peer in one note. */
const MAX_CARETS = 64

type Change = { added: number[]; updated: number[]; removed: number[] }
export type CaretMoved = { readonly id: string; readonly update: Uint8Array; readonly origin: unknown }

/** Carets of open notes, and which of them came through which peer: they go with it. */
export class VaultCarets {
  readonly #awareness: (id: NoteId) => Awareness | undefined
  readonly #moved = new Emitter<CaretMoved>()
  readonly #through = new Map<object, Map<NoteId, Set<number>>>()

  constructor(awareness: (id: NoteId) => Awareness | undefined) {
    this.#awareness = awareness
  }

  onMoved(listener: (change: CaretMoved) => void): Disposer {
    return this.#moved.on(listener)
  }

  opened(id: NoteId, awareness: Awareness): void {
    awareness.on('update', ({ added, updated, removed }: Change, origin: unknown) => {
      if (origin instanceof SyncSession) this.#keep(id, origin, [...added, ...updated], removed)
      this.#moved.emit({ id, update: new Uint8Array(), origin })
    })
  }

  closed(id: NoteId): void {
    for (const notes of this.#through.values()) notes.delete(id)
  }

  /** Those who left too: their clocks say so. */
  of(id: NoteId): Uint8Array | null {
    const awareness = this.#awareness(id)
    return awareness ? encodeAwarenessUpdate(awareness, [...awareness.meta.keys()]) : null
  }

  /** Throws on bytes that are none, and on more carets than people have. */
  receive(id: NoteId, update: Uint8Array, origin: object): void {
    const awareness = this.#awareness(id)
    if (!awareness) return
    applyAwarenessUpdate(awareness, update, origin)
    const known = this.#through.get(origin)?.get(id)
    if (known && known.size > MAX_CARETS) throw new Error('more carets than people have')
  }

  drop(origin: object): void {
    for (const [id, clients] of this.#through.get(origin) ?? []) {
      const awareness = this.#awareness(id)
      if (!awareness) continue
      removeAwarenessStates(awareness, [...clients], origin)
      // Their clocks too: they may come back with the next session, with nothing changed meanwhile.
      for (const client of clients) awareness.meta.delete(client)
    }
    this.#through.delete(origin)
  }

  #keep(id: NoteId, origin: object, here: readonly number[], gone: readonly number[]): void {
    const notes = this.#through.get(origin) ?? new Map<NoteId, Set<number>>()
    const clients = notes.get(id) ?? new Set<number>()
    for (const client of here) clients.add(client)
    for (const client of gone) clients.delete(client)
    this.#through.set(origin, notes.set(id, clients))
  }
}
