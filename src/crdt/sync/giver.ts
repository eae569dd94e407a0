import { decodeStateVector } from 'yjs'
import { MAX_PULLS } from './docs.ts'
import { LANE, type Outbox } from './lanes.ts'
import { MAX_MESSAGE, type SyncEnd, type SyncStore } from './port.ts'
import type { Message } from './wire.ts'

/** Of the other side's, with what may be on its way when both count. */
const MAX_ASKED = 2 * MAX_PULLS
/** Docs read at once for the other side, and bytes of them that wait to be sent before more are read. */
const GIVING = 4
const READY = 1024 * 1024

type Of<K extends Message['kind']> = Message & { readonly kind: K }

/** Answers what the other side asks for, no faster than that leaves (rule Y7). */
export class DocGiver {
  readonly #store: SyncStore
  readonly #outbox: Outbox
  readonly #end: (reason: SyncEnd, id?: string) => void
  readonly #asked: Of<'pull'>[] = []
  #giving = 0
  readonly #ready: Of<'give'>[] = []
  #readyBytes = 0
  #open = true

  constructor(store: SyncStore, outbox: Outbox, end: (reason: SyncEnd, id?: string) => void) {
    this.#store = store
    this.#outbox = outbox
    this.#end = end
    outbox.feed(LANE.docs, () => this.#next())
  }

  close(): void {
    this.#open = false
    this.#asked.length = 0
    this.#ready.length = 0
  }

  pull(message: Of<'pull'>): void {
    const { id, vector } = message
    if (this.#asked.length >= MAX_ASKED) {
      this.#end('flood')
    } else if (this.#store.accepts(id) === 'never' || (vector && !isVector(vector))) {
      this.#end('malformed', id)
    } else {
      this.#asked.push(message)
      this.#serve()
    }
  }

  #serve(): void {
    while (this.#open && this.#giving < GIVING && this.#readyBytes < READY) {
      const asked = this.#asked.shift()
      if (!asked) return
      this.#giving++
      void this.#store
        .give(asked.id, asked.vector)
        .catch(() => null)
        .then((given) => {
          this.#giving--
          if (!this.#open) return
          const fits = given && given.update.length <= MAX_MESSAGE ? given : null
          this.#ready.push({ kind: 'give', number: asked.number, given: fits })
          this.#readyBytes += fits?.update.length ?? 0
          this.#outbox.pump()
          this.#serve()
        })
    }
  }

  #next(): Message | null {
    const give = this.#ready.shift()
    if (!give) return null
    this.#readyBytes -= give.given?.update.length ?? 0
    if (this.#asked.length > 0) queueMicrotask(() => this.#serve())
    return give
  }
}

function isVector(bytes: Uint8Array): boolean {
  try {
    decodeStateVector(bytes)
    return true
  } catch {
    return false
  }
}
