import type { NoteId } from '../core/base/ids.ts'
import type { Mapping } from '../core/import/mapping.ts'
import type { IndexedNote, indexWriteContract } from '../ipc/index-contract.ts'
import type { Client } from '../ipc/rpc.ts'
import type { ConvertPool } from './convert/pool.ts'
import { headOf, indexedOf, type NoteState, readState } from './convert/read-note.ts'
import type { ReadTask } from './convert/tasks.ts'
import { IndexFeed } from './index-feed.ts'
import type { OpenNotes } from './open-notes.ts'
import type { VaultState } from './vault-state.ts'
import { allWords, wordsRead } from './vault-words.ts'

const BATCH = 64
/** Fewer notes than this are put without a word. */
const WORTH_TELLING = 200

type Parts = {
  readonly state: VaultState
  readonly index: Client<typeof indexWriteContract>
  readonly pool: ConvertPool
  readonly open: OpenNotes
  readonly progress: (done: number, total: number) => void
}

/**
 * Keeps the index in agreement with the docs (SPEC.md, S9). The index is derived: whatever it lost, or holds
 * from another state of a note, is read from the doc and put again.
 */
export class IndexSync {
  readonly feed: IndexFeed
  readonly #parts: Parts
  readonly #waiting = new Set<NoteId>()
  #reading: Promise<void> | null = null
  #done = 0
  #words: Mapping['words'] | null = null

  constructor(parts: Parts) {
    this.#parts = parts
    this.feed = new IndexFeed(parts.index, (notes) => this.#onIndexed(notes))
    parts.index.on('lost', () => void this.compare())
    parts.state.vaultDoc.on('update', () => {
      this.#words = null
    })
  }

  /** The state of a note that changed: its row follows, without reading the doc again. */
  accept(id: NoteId, state: NoteState): void {
    const head = this.#parts.state.catalog.get(id)
    const { catalog } = this.#parts.state
    if (head?.state === 'live') this.feed.put(indexedOf(head, catalog.path(head), state, this.#readWords()))
    else this.feed.remove(id)
  }

  /** Read again when the vault doc changes: an import accepts thousands of notes. */
  #readWords(): Mapping['words'] {
    this.#words ??= wordsRead(this.#parts.state.vaultDoc)
    return this.#words
  }

  /** Has the index know which way each verb points. */
  async tellWords(): Promise<void> {
    const words = [...allWords(this.#parts.state.vaultDoc)]
    // What the index refuses is told again with the next start.
    await this.#parts.index.call('words', { words }).catch(() => {})
  }

  /** Reads these notes and puts them; a head that says otherwise is set right (start-up of dirty ones, repair). */
  reread(ids: Iterable<NoteId>): void {
    for (const id of ids) this.#waiting.add(id)
    if (this.#waiting.size === 0) return
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null
      this.#done = 0
    })
  }

  /** Puts what the index does not hold from its present state, and removes what is no living note. */
  async compare(): Promise<void> {
    const { catalog } = this.#parts.state
    const indexed = new Map<NoteId, string>()
    void this.tellWords()
    try {
      for (const { id, docHash } of await this.#parts.index.call('hashes', {})) indexed.set(id, docHash)
    } catch {
      // The host ends, or the index starts empty and says so by `lost`.
      return
    }
    for (const id of indexed.keys()) if (catalog.get(id)?.state !== 'live') this.feed.remove(id)
    const stale: NoteId[] = []
    for (const head of catalog.heads()) {
      if (head.state === 'live' && indexed.get(head.id) !== head.docHash) stale.push(head.id)
    }
    this.reread(stale)
  }

  /** Settles when nothing waits to be read or put. */
  async settled(): Promise<void> {
    do {
      while (this.#reading) await this.#reading
      await this.feed.drain()
    } while (this.#reading)
  }

  /** Whether many notes are being put, which an end of the program need not wait for. */
  get isRebuilding(): boolean {
    return this.#waiting.size > WORTH_TELLING
  }

  /** Settled, and on disk. */
  async flush(): Promise<void> {
    await this.settled()
    await this.#parts.index.call('flush', {})
  }

  #onIndexed(notes: readonly IndexedNote[]): void {
    const { catalog } = this.#parts.state
    for (const { id, docHash } of notes) {
      const head = catalog.get(id)
      // Kept in memory, and written with the head's next change: start-up compares with the index itself.
      if (head && head.indexedHash !== docHash) catalog.put({ ...head, indexedHash: docHash })
    }
  }

  async #read(): Promise<void> {
    const { state, pool, open, progress } = this.#parts
    while (this.#waiting.size > 0) {
      const ids = [...this.#waiting].slice(0, BATCH)
      for (const id of ids) this.#waiting.delete(id)
      const tasks: ReadTask[] = []
      const closed: NoteId[] = []
      const before = ids.map((id) => state.catalog.get(id)?.docHash)
      const stored = await Promise.all(
        ids.map((id) => (open.isOpen(id) ? null : state.store.load(id).catch(() => null))),
      )
      for (const [i, id] of ids.entries()) {
        const bytes = stored[i]
        if (!bytes) continue
        closed.push(id)
        tasks.push({ kind: 'read', state: bytes })
      }
      const outcomes = await pool.run(tasks)
      for (const [i, id] of closed.entries()) {
        const outcome = outcomes[i]
        if (!outcome?.ok || open.isOpen(id)) continue
        // Edited since it was read: what was read is old by now.
        if (state.catalog.get(id)?.docHash !== before[ids.indexOf(id)]) this.#waiting.add(id)
        else this.#set(id, outcome.value, open.isOpening(id))
      }
      for (const id of ids) {
        const opened = open.get(id)
        if (opened) this.#set(id, readState(opened.doc), true)
      }
      state.settlePaths()
      this.#done += ids.length
      const total = this.#done + this.#waiting.size
      if (total > WORTH_TELLING) progress(this.#done, total)
      await this.feed.room()
    }
  }

  #set(id: NoteId, state: NoteState, dirty: boolean): void {
    const head = this.#parts.state.catalog.get(id)
    if (!head || head.state === 'purged') return
    const next = headOf(id, state, { ...head, dirty })
    if (next.docHash !== head.docHash || next.state !== head.state || next.dirty !== head.dirty) {
      this.#parts.state.setHead(next)
    }
    this.accept(id, state)
  }
}
