import * as Y from 'yjs'
import type { Disposer } from '../core/base/disposable.ts'
import { Emitter } from '../core/base/emitter.ts'
import { docHash, vaultDocHash } from '../crdt/doc-hash.ts'
import { SCHEMA, schemaOf } from '../crdt/note-doc.ts'
import { checkUpdates, wholeDiff } from '../crdt/sync/check.ts'
import { HeadTree } from '../crdt/sync/head-tree.ts'
import type { Changed, Given, Hash32, Received, SyncEnd, SyncLink, SyncStore } from '../crdt/sync/port.ts'

/** The doc of a vault under test: `purged` names docs that are given up. */
export const VAULT_DOC = 'vault-doc'

/** A connection in memory: messages wait until they are delivered, one by one, and are copied as a socket does. */
export class MemoryLinks {
  readonly #ends: readonly [End, End]
  #open = true

  /** @param room messages that may wait in one direction before `send` says false */
  constructor(room = 64) {
    const make = () => new End(room, () => this.cut())
    this.#ends = [make(), make()]
    this.#ends[0].other = this.#ends[1]
    this.#ends[1].other = this.#ends[0]
  }

  get near(): End {
    return this.#ends[0]
  }

  get far(): End {
    return this.#ends[1]
  }

  get open(): boolean {
    return this.#open
  }

  /** Which ends have something to be delivered to them. */
  ready(): End[] {
    return this.#open ? this.#ends.filter(({ waiting }) => waiting.length > 0) : []
  }

  /** What was on its way is lost. */
  cut(): void {
    if (!this.#open) return
    this.#open = false
    for (const end of this.#ends) end.closed()
  }
}

export class End implements SyncLink {
  other: End | null = null
  readonly waiting: Uint8Array[] = []
  /** Bytes that this end sent, by kind of message (its first byte). */
  readonly sent = new Map<number, number>()
  reason: SyncEnd | undefined
  readonly #room: number
  readonly #cut: () => void
  readonly #messages = new Emitter<Uint8Array>()
  readonly #drains = new Emitter<void>()
  readonly #closes = new Emitter<void>()
  #open = true

  constructor(room: number, cut: () => void) {
    this.#room = room
    this.#cut = cut
  }

  get bytes(): number {
    return [...this.sent.values()].reduce((sum, bytes) => sum + bytes, 0)
  }

  send(message: Uint8Array): boolean {
    if (!this.#open) return true
    this.sent.set(message[0] ?? -1, (this.sent.get(message[0] ?? -1) ?? 0) + message.length)
    this.other?.waiting.push(message.slice())
    return (this.other?.waiting.length ?? 0) < this.#room
  }

  onDrain(listener: () => void): Disposer {
    return this.#drains.on(listener)
  }

  onMessage(listener: (message: Uint8Array) => void): Disposer {
    return this.#messages.on(listener)
  }

  onClose(listener: () => void): Disposer {
    return this.#closes.on(listener)
  }

  close(reason?: SyncEnd): void {
    this.reason = reason
    this.#cut()
  }

  closed(): void {
    this.#open = false
    this.waiting.length = 0
    this.#closes.emit()
  }

  /** Hands over the next message to this end. */
  step(): void {
    const next = this.waiting.shift()
    if (!next) return
    this.#messages.emit(next)
    if (this.waiting.length === this.#room - 1 || this.waiting.length === 0) this.other?.drained()
  }

  drained(): void {
    if (this.#open) this.#drains.emit()
  }
}

/** What outlives a replica: each doc as one update. */
export type SyncDisk = Map<string, Uint8Array>

/** Stands where the disk or a worker would be waited for; a simulation lets it go on when it likes. */
export type Gate = () => Promise<void>
const OPEN_GATE: Gate = async () => {}

const hashOf = (id: string, doc: Y.Doc): Hash32 => (id === VAULT_DOC ? vaultDocHash(doc) : docHash(doc))

/** A replica of a vault in memory. Docs that are open have their hash later, as in the real one. */
export class MemoryReplica implements SyncStore {
  readonly vault: string
  readonly schema = SCHEMA
  readonly vaultDoc = VAULT_DOC
  readonly tree = new HeadTree()
  readonly disk: SyncDisk
  /** Docs that `receive` looked at. */
  checks = 0
  readonly #gate: Gate
  readonly #open = new Map<string, Y.Doc>()
  readonly #unsettled = new Set<string>()
  readonly #purged = new Set<string>()
  readonly #tails = new Map<string, Promise<unknown>>()
  readonly #changed = new Emitter<Changed>()
  readonly #settled = new Emitter<string>()
  readonly #opened = new Emitter<void>()
  readonly #aware = new Emitter<{ id: string; update: Uint8Array; origin: unknown }>()
  readonly awarenessThere = new Map<string, Uint8Array>()
  readonly #awarenessHere = new Map<string, Uint8Array>()
  #clock = 0
  #alive = true

  constructor(disk: SyncDisk = new Map(), gate: Gate = OPEN_GATE, vault = 'vault-under-test') {
    this.disk = disk
    this.#gate = gate
    this.vault = vault
    for (const [id, update] of disk) this.tree.put(id, hashOf(id, docOf(update)), this.#clock++)
    this.#readPurged()
  }

  /** The end of its process: whatever it was about to do does not happen. */
  kill(): void {
    this.#alive = false
  }

  get unsettledCount(): number {
    return this.#unsettled.size
  }

  unsettled(id: string): boolean {
    return this.#unsettled.has(id)
  }

  onSettled(listener: (id: string) => void): Disposer {
    return this.#settled.on(listener)
  }

  onChanged(listener: (changed: Changed) => void): Disposer {
    return this.#changed.on(listener)
  }

  onOpen(listener: () => void): Disposer {
    return this.#opened.on(listener)
  }

  onAwareness(listener: (change: { id: string; update: Uint8Array; origin: unknown }) => void): Disposer {
    return this.#aware.on(listener)
  }

  accepts(id: string): 'yes' | 'gone' | 'never' {
    return this.#purged.has(id) ? 'gone' : id.startsWith('!') ? 'never' : 'yes'
  }

  openIds(): readonly string[] {
    return [...this.#open.keys()]
  }

  open(id: string): void {
    const stored = this.disk.get(id)
    if (!stored || this.#open.has(id)) return
    this.#open.set(id, docOf(stored))
    this.#opened.emit()
  }

  closeDoc(id: string): void {
    this.settle(id)
    this.#open.delete(id)
    this.#opened.emit()
  }

  /** Its hash follows now. */
  settle(id: string): void {
    const doc = this.#open.get(id)
    if (!doc || !this.#unsettled.delete(id)) return
    this.tree.put(id, hashOf(id, doc), this.#clock++)
    this.#settled.emit(id)
  }

  settleAll(): void {
    for (const id of [...this.#unsettled]) this.settle(id)
  }

  read<T>(id: string, read: (doc: Y.Doc) => T): T {
    return read(this.#open.get(id) ?? docOf(this.disk.get(id) ?? EMPTY))
  }

  /** An edit of this side: stored with its return. */
  edit(id: string, change: (doc: Y.Doc) => void, clientId?: number): void {
    if (this.accepts(id) !== 'yes') return
    const doc = this.#open.get(id) ?? docOf(this.disk.get(id) ?? EMPTY)
    if (clientId !== undefined) doc.clientID = clientId
    this.#apply(id, doc, 'edit', () => change(doc))
  }

  async stateVector(id: string): Promise<Uint8Array | null> {
    await this.#gate()
    const stored = this.disk.get(id)
    return stored ? Y.encodeStateVector(docOf(stored)) : null
  }

  async give(id: string, vector: Uint8Array | null): Promise<Given | null> {
    await this.#gate()
    const stored = this.disk.get(id)
    if (!stored) return null
    const doc = docOf(stored)
    return { update: wholeDiff(stored, vector), hash: hashOf(id, doc) }
  }

  receive(id: string, updates: readonly Uint8Array[], origin: object): Promise<Received> {
    const before = this.#tails.get(id) ?? Promise.resolve()
    const own = before.then(() => this.#receive(id, updates, origin))
    this.#tails.set(id, own)
    return own
  }

  async hashOf(id: string, update: Uint8Array): Promise<Hash32 | null> {
    const checked = checkUpdates(null, [update])
    return checked.ok ? hashOf(id, checked.doc) : null
  }

  awareness(id: string): Uint8Array | null {
    return this.#awarenessHere.get(id) ?? null
  }

  receiveAwareness(id: string, update: Uint8Array): void {
    this.awarenessThere.set(id, update)
  }

  dropAwareness(): void {
    this.awarenessThere.clear()
  }

  moveCaret(id: string, update: Uint8Array): void {
    this.#awarenessHere.set(id, update)
    this.#aware.emit({ id, update, origin: 'here' })
  }

  async #receive(id: string, updates: readonly Uint8Array[], origin: object): Promise<Received> {
    await this.#gate()
    if (!this.#alive) return { status: 'failed' }
    if (this.accepts(id) !== 'yes') return { status: 'gone' }
    this.checks++
    const checked = checkUpdates(this.disk.get(id) ?? null, updates)
    if (!checked.ok) return { status: 'refused', code: checked.code }
    const doc = this.#open.get(id) ?? docOf(this.disk.get(id) ?? EMPTY)
    if (checked.changed) {
      this.#apply(id, doc, origin, () => {
        for (const update of updates) Y.applyUpdate(doc, update)
      })
    }
    return { status: 'applied', hash: hashOf(id, doc), changed: checked.changed, newer: schemaOf(doc) > SCHEMA }
  }

  #apply(id: string, doc: Y.Doc, origin: unknown, change: () => void): void {
    if (!this.#alive) return
    const made: Uint8Array[] = []
    const listen = (update: Uint8Array) => made.push(update)
    doc.on('update', listen)
    change()
    doc.off('update', listen)
    if (made.length === 0) return
    this.disk.set(id, Y.encodeStateAsUpdate(doc))
    const isOpen = this.#open.has(id)
    if (isOpen) this.#unsettled.add(id)
    for (const update of made) this.#changed.emit({ id, update, origin })
    if (!isOpen) this.tree.put(id, hashOf(id, doc), this.#clock++)
    if (id === VAULT_DOC) this.#readPurged()
  }

  #readPurged(): void {
    const stored = this.disk.get(VAULT_DOC)
    if (!stored) return
    for (const id of docOf(stored).getMap('purged').keys()) {
      this.#purged.add(id)
      this.disk.delete(id)
      this.#open.delete(id)
      this.tree.delete(id)
      if (this.#unsettled.delete(id)) this.#settled.emit(id)
    }
  }
}

const EMPTY = new Uint8Array([0, 0])

export function docOf(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc({ guid: '' })
  Y.applyUpdate(doc, update)
  return doc
}

/** Lets everything that waits for nothing but promises go on. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Delivers in both directions until nothing is left, or `most` messages have gone. */
export async function deliver(links: MemoryLinks, most = Number.POSITIVE_INFINITY): Promise<number> {
  let count = 0
  for (;;) {
    await turn()
    const ready = links.ready()
    if (ready.length === 0) return count
    for (const end of ready) {
      for (let left = end.waiting.length; left > 0 && links.open; left--) {
        if (count++ >= most) return count
        end.step()
      }
    }
  }
}
