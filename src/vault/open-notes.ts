import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { NoteId } from '../core/base/ids.ts'
import type { ByteChannel } from '../crdt/byte-channel.ts'
import { serveDoc } from '../crdt/note-channel.ts'
import type { OpenNote } from '../crdt/store.ts'
import { CallError } from '../ipc/rpc.ts'
import type { NoteState } from './convert/read-note.ts'
import { headOf, readState } from './convert/read-note.ts'
import type { KeyedQueue } from './keyed-queue.ts'
import type { VaultState } from './vault-state.ts'

/** After the last edit before head and index are brought up to date, ms. */
const PAUSE = 250

/** Told of what happens to open notes, so that versions are kept. None of them may throw. */
export type OpenNoteHooks = {
  /** The doc has been read from the store, and nobody has written to it yet. */
  onOpen?(id: NoteId, doc: Y.Doc, awareness: Awareness): void
  /** After each update of the doc, whoever made it. */
  onUpdate?(id: NoteId, doc: Y.Doc): void
  /** Everything is stored, and the doc is destroyed when this has settled; a rejection changes nothing. */
  onClose?(id: NoteId, doc: Y.Doc): Promise<void>
  /** It is open no longer. */
  onClosed?(id: NoteId): void
}

type Entry = {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly stored: OpenNote
  readonly channels: Set<ByteChannel>
  /** Edited since the head was computed last. */
  isStale: boolean
  timer: ReturnType<typeof setTimeout> | null
}

/**
 * The docs that somebody has open (SPEC.md, S7 and S8): one doc a note, served on any number of channels,
 * closed with the last of them. Its head is marked dirty before anybody can write, follows the text after a
 * pause, and is clean again when the note closes.
 */
export class OpenNotes {
  readonly #state: VaultState
  readonly #queue: KeyedQueue
  readonly #onState: (id: NoteId, state: NoteState) => void
  readonly #entries = new Map<NoteId, Entry>()
  readonly #opening = new Map<NoteId, Promise<Entry>>()
  readonly #pause: number
  readonly #hooks: OpenNoteHooks

  /** `onState`: a note's head follows its text now, and the index should. `queue`: one task a note at a time. */
  constructor(
    state: VaultState,
    queue: KeyedQueue,
    onState: (id: NoteId, state: NoteState) => void,
    hooks: OpenNoteHooks = {},
    pause = PAUSE,
  ) {
    this.#state = state
    this.#queue = queue
    this.#onState = onState
    this.#pause = pause
    this.#hooks = hooks
  }

  /** Serves the note on a channel until that closes. Fails with `not-found`. */
  serve(id: NoteId, channel: ByteChannel): Promise<void> {
    return this.#queue.run(id, async () => {
      let entry: Entry
      try {
        entry = this.#entries.get(id) ?? (await this.#opens(id))
      } catch (error) {
        channel.close()
        throw error
      }
      const { doc, awareness, stored } = entry
      entry.channels.add(channel)
      channel.onClose(() => this.#release(id, entry, channel))
      serveDoc({ doc, awareness, channel, whenStored: () => stored.whenStored() })
    })
  }

  /** The doc of a note that is open, with the way to wait until an edit of it is durable. */
  get(
    id: NoteId,
  ): { readonly doc: Y.Doc; readonly awareness: Awareness; readonly whenStored: () => Promise<void> } | undefined {
    const entry = this.#entries.get(id)
    return entry && { doc: entry.doc, awareness: entry.awareness, whenStored: () => entry.stored.whenStored() }
  }

  /** Edited since its head was computed last. */
  isStale(id: NoteId): boolean {
    return this.#entries.get(id)?.isStale ?? false
  }

  ids(): NoteId[] {
    return [...this.#entries.keys()]
  }

  /**
   * The same, once it is here where somebody is just opening it: a second reading of the store would take as long as
   * the first, while the window waits for the text. Null where nobody has it open.
   */
  async whenOpen(id: NoteId): Promise<Y.Doc | null> {
    // whoever opens it hears why that failed
    await this.#opening.get(id)?.catch(() => {})
    return this.#entries.get(id)?.doc ?? null
  }

  isOpen(id: NoteId): boolean {
    return this.#entries.has(id)
  }

  /** Its head is marked dirty by now and must stay so, though its doc is not here yet. */
  isOpening(id: NoteId): boolean {
    return this.#opening.has(id)
  }

  /** Heads of all open notes follow their text now. */
  refreshAll(): void {
    for (const id of this.#entries.keys()) this.refresh(id)
  }

  refresh(id: NoteId): void {
    const entry = this.#entries.get(id)
    if (entry?.isStale) this.#follow(id, entry, true)
  }

  /** Settles when every edit of every open note is durable. */
  async whenStored(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ stored }) => stored.whenStored()))
  }

  #opens(id: NoteId): Promise<Entry> {
    const opening = this.#open(id).finally(() => this.#opening.delete(id))
    this.#opening.set(id, opening)
    return opening
  }

  async #open(id: NoteId): Promise<Entry> {
    const head = this.#state.head(id)
    const doc = new Y.Doc()
    // Stored before the channel is served (S7); relaxed, because whatever is written later carries it along.
    // On a failing disk the note opens all the same: reading helps.
    this.#state.catalog.put({ ...head, dirty: true })
    const marked = this.#state.store.putHeads([{ ...head, dirty: true }], 'relaxed').catch(() => {})
    const stored = await this.#state.store.open(id, doc)
    await marked
    if (doc.store.clients.size === 0) {
      await stored.close()
      throw new CallError('not-found', 'This note has no text in the store.')
    }
    const awareness = new Awareness(doc)
    // Nobody sits in the worker: only windows have a caret.
    awareness.setLocalState(null)
    const entry: Entry = { doc, awareness, stored, channels: new Set(), isStale: false, timer: null }
    this.#hooks.onOpen?.(id, doc, awareness)
    doc.on('update', () => {
      entry.isStale = true
      this.#hooks.onUpdate?.(id, doc)
      if (entry.timer !== null) clearTimeout(entry.timer)
      entry.timer = setTimeout(() => this.#follow(id, entry, true), this.#pause)
    })
    this.#entries.set(id, entry)
    return entry
  }

  /**
   * Closes the note whoever has it open; their channels close. Only within a task of the note in `queue`, and
   * with something done there that lets nobody open it again.
   */
  async evict(id: NoteId): Promise<void> {
    const entry = this.#entries.get(id)
    if (!entry) return
    for (const channel of entry.channels) channel.close()
    entry.channels.clear()
    await this.#close(id, entry)
  }

  #release(id: NoteId, entry: Entry, channel: ByteChannel): void {
    entry.channels.delete(channel)
    void this.#queue.run(id, async () => {
      if (entry.channels.size === 0 && this.#entries.get(id) === entry) await this.#close(id, entry)
    })
  }

  async #close(id: NoteId, entry: Entry): Promise<void> {
    // A clean head must never be on disk before the text that it speaks of.
    await entry.stored.whenStored()
    this.#follow(id, entry, false)
    await this.#hooks.onClose?.(id, entry.doc).catch(() => {})
    await entry.stored.close()
    this.#entries.delete(id)
    this.#hooks.onClosed?.(id)
    entry.awareness.destroy()
    entry.doc.destroy()
  }

  #follow(id: NoteId, entry: Entry, isDirty: boolean): void {
    if (entry.timer !== null) clearTimeout(entry.timer)
    entry.timer = null
    const head = this.#state.catalog.get(id)
    if (!head) return
    if (!entry.isStale) {
      if (head.dirty !== isDirty) this.#state.setHead({ ...head, dirty: isDirty })
      return
    }
    entry.isStale = false
    const state = readState(entry.doc)
    const isOther = state.docHash !== head.docHash
    this.#state.setHead(
      headOf(id, state, { ...head, dirty: isDirty, updated: isOther ? this.#state.now() : head.updated }),
    )
    this.#state.settlePaths()
    if (isOther) this.#onState(id, state)
  }
}
