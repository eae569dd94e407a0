import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import { Origin } from '../origins.ts'
import { Carets } from './carets.ts'
import { Compare } from './compare.ts'
import { DocExchange } from './docs.ts'
import { FileExchange, filesHash, NO_FILES, type SyncFiles } from './files.ts'
import { DocGiver } from './giver.ts'
import { type Arrived, Inbox, LANE, Outbox, Overrun, TooLarge } from './lanes.ts'
import { type Conflict, MAX_DOCS, type SyncEnd, type SyncLink, type SyncStore } from './port.ts'
import type { Counts } from './wants.ts'
import { LEAST_PROTOCOL, Malformed, type Message, PROTOCOL } from './wire.ts'

/** Docs that are told at once, the last used, before all are compared. */
const RECENT = 64
/** Both are quiet, and still not the same: compared again, so often with one pair of roots. */
const MAX_AGAIN = 3

export type SyncState = {
  readonly phase: 'greeting' | 'comparing' | 'exchanging' | 'equal'
  /** Said only of equal roots, with nothing unsaid on either side (rule Y13). */
  readonly hasEverything: boolean
  /** Docs: what is missing here, and what is missing there. */
  readonly toGet: Counts
  readonly toGive: Counts
  /** Files that are missing here. */
  readonly files: Counts
  /** Docs that wait for a person: see `onConflict`. */
  readonly conflicts: number
  /** Docs that were written by a newer version than this one. */
  readonly newer: number
  /** The newest schema that the other side reads; 0 before it greeted. */
  readonly theirSchema: number
}

export type Ended = { readonly reason: SyncEnd; readonly byThem: boolean; readonly id: string | null }

/**
 * Two replicas of a vault over one connection, until it ends. Keeps nothing: what was taken is in the store, and the
 * next session finds out what is missing (rule Y14). Is the origin of what it carries in.
 */
export class SyncSession extends Origin {
  readonly #store: SyncStore
  readonly #link: SyncLink
  readonly #outbox: Outbox
  readonly #inbox: Inbox
  readonly #docs: DocExchange
  readonly #giver: DocGiver
  readonly #compare: Compare
  readonly #fileExchange: FileExchange
  readonly #carets: Carets
  readonly #stops: Disposer[]
  readonly #stateChanged = new Emitter<SyncState>()
  readonly #conflicts = new Emitter<Conflict>()
  readonly #ends = new Emitter<Ended>()
  readonly #helloRoot: string
  readonly #helloSettled: boolean
  readonly #helloFiles: string
  #theirSchema = 0
  #greeted = false
  #compared = false
  #again = 0
  #againRoots = ''
  #told = false
  #ended: Ended | null = null

  constructor(store: SyncStore, link: SyncLink, files: SyncFiles = NO_FILES) {
    super('peer')
    this.#store = store
    this.#link = link
    this.#outbox = new Outbox(link)
    this.#inbox = new Inbox((lane, bytes) => this.#outbox.send(LANE.control, { kind: 'credit', lane, bytes }))
    const end = (reason: SyncEnd, id?: string) => this.#end(reason, false, id ?? null)
    const changed = () => this.#later()
    const shared = { outbox: this.#outbox, inbox: this.#inbox, end, changed }
    this.#carets = new Carets({
      store,
      outbox: this.#outbox,
      origin: this,
      end,
      opened: (ids) => this.#docs.prefer(ids),
    })
    this.#docs = new DocExchange({
      ...shared,
      store,
      origin: this,
      conflict: (conflict) => this.#conflicts.emit(conflict),
      isOpenThere: (id) => this.#carets.isOpenThere(id),
    })
    this.#giver = new DocGiver(store, this.#outbox, end)
    this.#compare = new Compare(store.tree, (said) => this.#docs.differs(said))
    this.#fileExchange = new FileExchange({ ...shared, files })
    this.#outbox.feed(LANE.compare, () => this.#compare.next())
    this.#helloRoot = store.tree.root()
    this.#helloSettled = store.unsettledCount === 0
    this.#helloFiles = filesHash(files.list())
    this.#stops = [link.onMessage((message) => this.#receive(message))]
    this.#outbox.send(LANE.control, {
      kind: 'hello',
      protocol: PROTOCOL,
      least: LEAST_PROTOCOL,
      vault: store.vault,
      schema: store.schema,
      count: store.tree.size,
      root: this.#helloRoot,
      settled: this.#helloSettled,
      files: this.#helloFiles,
    })
  }

  /** Both hold the same, as far as either has said; false again with the next change of either. */
  get hasEverything(): boolean {
    const { theirRoot, isSettled } = this.#docs
    return this.#greeted && !this.#ended && isSettled && theirRoot === this.#store.tree.root()
  }

  get state(): SyncState {
    const { wants, newer } = this.#docs
    const { hasEverything } = this
    return {
      phase: !this.#greeted ? 'greeting' : hasEverything ? 'equal' : this.#compared ? 'exchanging' : 'comparing',
      hasEverything,
      toGet: wants.toGet,
      toGive: wants.toGive,
      files: this.#fileExchange.counts,
      conflicts: wants.conflicts,
      newer: newer.size,
      theirSchema: this.#theirSchema,
    }
  }

  /** What this peer has of a doc, as far as it said; `unknown` before all was compared. */
  has(id: string): 'same' | 'other' | 'conflict' | 'unknown' {
    const want = this.#docs.wants.get(id)
    if (want?.aside && want.aside !== 'gone') return 'conflict'
    if (want || this.#store.unsettled(id)) return 'other'
    return this.hasEverything || this.#compared ? 'same' : 'unknown'
  }

  /** Told in a later turn, once for all that changed in one. */
  onState(listener: (state: SyncState) => void): Disposer {
    return this.#stateChanged.on(listener)
  }

  onConflict(listener: (conflict: Conflict) => void): Disposer {
    return this.#conflicts.on(listener)
  }

  onEnd(listener: (ended: Ended) => void): Disposer {
    return this.#ends.on(listener)
  }

  get ended(): Ended | null {
    return this.#ended
  }

  /** Bytes that came and are not dealt with; bytes that were handed to the connection. */
  get traffic(): { readonly held: number; readonly sent: number } {
    return { held: this.#inbox.held, sent: this.#outbox.sent }
  }

  /** What was refused by this side's own disk, or kept back, is tried again. */
  retry(): void {
    this.#docs.retry()
  }

  /** Ends it; also to be called when the connection went by itself. */
  close(): void {
    this.#end('done', false, null)
  }

  #end(reason: SyncEnd, byThem: boolean, id: string | null): void {
    if (this.#ended) return
    this.#ended = { reason, byThem, id }
    // The last word, so that the other side need not guess.
    if (!byThem && reason !== 'done') this.#outbox.send(LANE.control, { kind: 'end', reason })
    for (const stop of this.#stops) stop()
    this.#docs.close()
    this.#giver.close()
    this.#fileExchange.close()
    this.#carets.close()
    this.#outbox.close()
    this.#link.close(reason)
    this.#ends.emit(this.#ended)
    this.#stateChanged.emit(this.state)
  }

  #later(): void {
    if (this.#told || this.#ended) return
    this.#told = true
    queueMicrotask(() => {
      this.#told = false
      if (this.#ended) return
      this.#outbox.pump()
      if (this.hasEverything) this.#docs.wants.clear()
      else this.#compareAgain()
      this.#stateChanged.emit(this.state)
    })
  }

  /** All that was found is exchanged, and the roots say that something was not found. */
  #compareAgain(): void {
    const { theirRoot, isSettled, isIdle, wants } = this.#docs
    if (!this.#greeted || !theirRoot || !isSettled || !isIdle || wants.size > 0) return
    if (this.#compared && !this.#compare.done) return
    const roots = `${theirRoot} ${this.#store.tree.root()}`
    this.#again = roots === this.#againRoots ? this.#again + 1 : 1
    this.#againRoots = roots
    if (this.#again > MAX_AGAIN) return
    this.#compare.start()
    this.#outbox.pump()
  }

  #receive(frame: Uint8Array): void {
    if (this.#ended) return
    try {
      const arrived = this.#inbox.take(frame)
      if (arrived) this.#take(arrived)
    } catch (error) {
      if (error instanceof Overrun) this.#end('flood', false, null)
      else if (error instanceof TooLarge) this.#end('too-large', false, null)
      else if (error instanceof Malformed) this.#end('malformed', false, null)
      else throw error
    }
    this.#later()
  }

  #take(arrived: Arrived): void {
    const { message } = arrived
    if (message.kind === 'end') {
      this.#end(message.reason, true, null)
      return
    }
    if (message.kind === 'hello') {
      this.#greet(message)
      return
    }
    if (!this.#greeted) {
      this.#end('wrong-order', false, null)
      return
    }
    switch (message.kind) {
      case 'ask':
        if (!this.#compare.asked(message.nodes)) {
          this.#end('flood', false, null)
          return
        }
        this.#outbox.pump()
        return
      case 'sums':
        this.#answered(this.#compare.sums(message.node, message.sums))
        return
      case 'items':
        this.#answered(this.#compare.items(message))
        return
      case 'heads':
        this.#docs.heads(message)
        this.#inbox.done(arrived)
        return
      case 'pull':
        this.#giver.pull(message)
        return
      case 'give':
        this.#docs.give(message, arrived)
        return
      case 'got':
        this.#docs.got(message)
        return
      case 'live':
        void this.#docs.live(message, arrived)
        return
      case 'root':
        this.#docs.theirRoot = message.root
        this.#inbox.done(arrived)
        return
      case 'credit':
        if (!this.#outbox.credit(message.lane, message.bytes)) this.#end('wrong-order', false, null)
        return
      case 'open':
        this.#carets.open(message.ids)
        return
      case 'aware':
        this.#carets.receive(message.id, message.update)
        return
      case 'files':
        this.#fileExchange.listed(message)
        return
      case 'want':
        this.#fileExchange.want(message)
        return
      case 'chunk':
        this.#fileExchange.chunk(message, arrived)
        return
      case 'lack':
        this.#fileExchange.lack(message)
        return
    }
  }

  #answered(isAnswer: boolean): void {
    if (!isAnswer) {
      this.#end('wrong-order', false, null)
      return
    }
    if (this.#compare.done) this.#compared = true
    this.#outbox.pump()
  }

  #greet(hello: Message & { readonly kind: 'hello' }): void {
    if (this.#greeted) {
      this.#end('wrong-order', false, null)
      return
    }
    if (hello.vault !== this.#store.vault) {
      this.#end('other-vault', false, null)
      return
    }
    if (hello.protocol < LEAST_PROTOCOL || hello.least > PROTOCOL) {
      this.#end('version', false, null)
      return
    }
    if (hello.count > MAX_DOCS) {
      this.#end('too-large', false, null)
      return
    }
    this.#greeted = true
    this.#theirSchema = hello.schema
    this.#docs.theirRoot = hello.settled ? hello.root : null
    this.#docs.greeted(this.#helloSettled ? this.#helloRoot : null)
    this.#carets.greeted()
    this.#fileExchange.greeted(hello.files === this.#helloFiles)
    if (hello.root === this.#store.tree.root()) {
      this.#compared = true
    } else {
      this.#sayFirst()
      this.#compare.start()
    }
    this.#outbox.pump()
  }

  /** What the other side should have before all is compared. */
  #sayFirst(): void {
    const { tree, vaultDoc } = this.#store
    const newest: { id: string; updated: number }[] = []
    for (const id of tree.ids()) newest.push({ id, updated: tree.get(id)?.updated ?? 0 })
    newest.sort((a, b) => b.updated - a.updated || (a.id < b.id ? -1 : 1))
    const ids = new Set([vaultDoc, ...this.#store.openIds(), ...newest.slice(0, RECENT).map(({ id }) => id)])
    const items = [...ids].flatMap((id) => {
      const head = tree.get(id)
      return head ? [{ id, hash: head.hash, updated: head.updated }] : []
    })
    if (items.length > 0) this.#outbox.send(LANE.live, { kind: 'heads', first: true, items })
  }
}
