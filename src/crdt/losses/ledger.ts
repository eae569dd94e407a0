import * as Y from 'yjs'
import { Emitter } from '../../core/base/emitter.ts'
import { metaOf } from '../note-doc.ts'
import { alignTexts } from './align.ts'
import { Orders } from './orders.ts'
import {
  type Added,
  type Arrived,
  answersAnother,
  at,
  readAdded,
  readArrived,
  type Struct,
  stringsOf,
  textOf,
  waits,
} from './read.ts'
import { Removals } from './removals.ts'
import {
  Copies,
  cutPiece,
  type DeleteSet,
  holds,
  isIn,
  itemAt,
  type Order,
  type Piece,
  slicePiece,
  type UnitId,
} from './runs.ts'
import { isWithin, readSettled, type Settled, type SettledRange, writeSettled } from './settled.ts'

/** Words that somebody's edit took away without having seen them, with what stood around them. */
export type LostRun = Piece & { readonly order: Order | null }

/** Units that were moved by two who did not know of each other. */
export type MovedTwice = {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** Of what went last, so much is looked through for a text that came without saying where from. */
const RECENT_UNITS = 20_000
/** A text that came so is no copy for the sake of fewer units than this in a row. */
const LEAST_COPY = 4

/**
 * Watches one doc for what a CRDT cannot merge where an element is deleted and made anew (editor/README,
 * "What V2 cannot merge"): a transaction says what it deleted, the bytes of its update say what its author
 * deleted. What went beyond that, the author had not seen. Rules L1 to L6 in SPEC.md.
 *
 * Every update has to be announced by `receive` before it is applied. Typing costs nothing: a transaction of
 * this side without deletes returns at once, one that arrives is read once more.
 */
export class LossLedger {
  readonly changed = new Emitter<void>()
  readonly #copies = new Copies()
  readonly #orders = new Orders()
  #lost: LostRun[] = []
  readonly #movedTwice: MovedTwice[] = []
  readonly #removals = new Removals()
  #settled: Settled = []
  /** Removed on this side while the same words stood in another place: to be told to everybody. */
  #untold: SettledRange[] = []
  #doc!: Y.Doc
  #arrived: Arrived[] = []
  examined = 0 // transactions that were looked at closely

  constructor(doc: Y.Doc) {
    this.attach(doc)
  }

  /** Goes on with another replica of the same note: what is open stays open while no window shows the note. */
  attach(doc: Y.Doc): void {
    this.#doc = doc
    this.#arrived = []
    this.#readMeta()
    doc.on('beforeObserverCalls', this.#observe)
  }

  get doc(): Y.Doc {
    return this.#doc
  }

  dispose(): void {
    this.doc.off('beforeObserverCalls', this.#observe)
  }

  /** An update that is about to be applied; `whole` where it is all that this doc lacked, not one transaction's. */
  receive(update: Uint8Array, whole = false): void {
    // a doc that is being opened has nothing to lose
    if (this.doc.store.clients.size === 0) return
    const { structs, ds } = Y.decodeUpdate(update)
    // with its texts even where they are known: Yjs tells of a transaction that another one answers to with what
    // the answer wrote, and of what that deleted only afterwards
    this.#arrived.push({ structs, ds, whole })
  }

  get lost(): readonly LostRun[] {
    return this.#lost
  }

  get movedTwice(): readonly MovedTwice[] {
    return this.#movedTwice
  }

  isLeft(id: UnitId): boolean {
    return this.#settled.some((range) => range.at === null && isWithin(range, id))
  }

  /** Every unit that is there now and is this one, a copy of it, or a copy of what it is a copy of. */
  living(id: UnitId): UnitId[] {
    return this.#family(id).filter((other) => this.#isThere(other))
  }

  /** Whether what this id held is nowhere, without anybody having removed the last of it that they saw. */
  isMissing(id: UnitId): boolean {
    if (this.#isThere(id)) return false
    const family = this.#family(id)
    return !family.some((other) => this.#isThere(other)) && !family.some((other) => this.#isRemoved(other))
  }

  #isRemoved(id: UnitId): boolean {
    return this.#removals.has(id) && !this.#settled.some((range) => range.at !== null && isWithin(range, id))
  }

  /** Writes down what this side removed while it saw another copy, in the caller's transaction (D11). */
  tellThinned(): void {
    for (const range of this.#untold.splice(0)) writeSettled(this.doc, range)
  }

  get hasUntold(): boolean {
    return this.#untold.length > 0
  }

  #family(id: UnitId): UnitId[] {
    const found: UnitId[] = []
    const open = [id]
    for (let next = open.pop(); next; next = open.pop()) {
      const { client, clock } = next
      if (found.some((other) => other.clock === clock && other.client === client)) continue
      found.push(next)
      const item = itemAt(this.doc, next.client, next.clock)
      if (item?.redone) open.push({ client: item.redone.client, clock: item.redone.clock + next.clock - item.id.clock })
      open.push(...this.#copies.of(next), ...this.#copies.sources(next))
    }
    return found
  }

  /** That units of `from` on are the same as those of `to` on. */
  link(from: UnitId, length: number, to: UnitId): void {
    const { client, clock } = from
    if (this.#copies.add(from, length, to)) this.#movedTwice.push({ client, clock, length })
  }

  readonly #observe = (transaction: Y.Transaction) => {
    if (transaction.changed.has(metaOf(this.doc) as never)) {
      this.#readMeta()
      this.changed.emit()
    }
    const arrived = transaction.local ? [] : this.#arrived
    // a doc that is being opened
    if (transaction.beforeState.size === 0) return
    if (transaction.deleteSet.clients.size === 0 && transaction.local && !(transaction.origin instanceof Y.UndoManager))
      return
    this.examined += 1
    const explicit = transaction.local ? [transaction.deleteSet] : arrived.map(({ ds }) => ds)
    const orders = this.#orders.readDeaths(transaction)
    const dead = orders.flatMap(({ now }) => now)
    const removed: Piece[] = []
    if (transaction.local) {
      this.#linkRestored(this.#linkMoves(dead, readAdded(this.doc, transaction)), true)
      if (answersAnother(this.doc)) this.#loseUnlinked(orders)
      else removed.push(...dead)
    } else {
      for (const { structs } of arrived) this.#enterArrived(structs)
      // each by itself: two that wait for a third may hold two copies of one text
      for (const { structs, ds, whole } of arrived) {
        const gone = whole ? dead.filter(({ client, clock }) => isIn([ds], client, clock)) : this.#orders.goneBy(ds)
        this.#linkRestored(this.#linkMoves(gone, readArrived(structs, ds, transaction)), false)
        removed.push(...gone)
      }
    }
    if (!transaction.local) {
      for (const { order, now } of orders) {
        for (const piece of now) if (!isIn(explicit, piece.client, piece.clock)) this.#lose(piece, order)
      }
      for (const { structs } of arrived) this.#loseArrived(structs, explicit, transaction)
      this.#arrived = arrived.filter((update) => waits(this.doc, update))
    }
    if (!transaction.local) for (const piece of dead) this.#thinFamily(piece)
    for (const piece of removed) this.#noteRemoval(piece, transaction.local)
    // whether what is open still is may hang on any edit
    if (this.#lost.length > 0 || this.#movedTwice.length > 0) this.changed.emit()
  }

  #readMeta(): void {
    const known = this.#settled.length
    this.#settled = readSettled(this.doc)
    if (this.#settled.length === known) return
    for (const { client, clock, length, at } of this.#settled) if (at) this.link({ client, clock }, length, at)
    for (const range of this.#settled) if (range.at) this.#loseThinned(range)
  }

  /** Two removed a copy each, while each saw the other one: nobody meant all to go. */
  #loseThinned({ client, clock, length }: SettledRange): void {
    for (let at = clock; at < clock + length; ) {
      const piece = this.#orders.findGone({ client, clock: at })
      const size = Math.min(piece?.length ?? 1, clock + length - at)
      if (piece) this.#loseMissing(slicePiece(piece, 0, size))
      at += size
    }
  }

  #loseMissing(piece: Piece): void {
    const isMissing = (clock: number) => {
      const id = { client: piece.client, clock }
      return this.isMissing(id) && !this.#family(id).some((other) => this.#isLost(other.client, other.clock))
    }
    for (const { piece: part, is } of cutPiece(piece, isMissing)) {
      if (is) this.#lose(part, this.#orders.orderOf(part.client, part.clock))
    }
  }

  /** What went and came in one transaction is the same text; answers what came besides. */
  #linkMoves(gone: readonly Piece[], added: readonly Added[]): Added[] {
    if (gone.length === 0 || added.length === 0) return [...added]
    return this.#linkTexts(gone, added, 1)
  }

  #linkTexts(gone: readonly Piece[], added: readonly Added[], least: number): Added[] {
    const taken: { piece: Added; from: number; to: number }[] = []
    const matches = alignTexts(textOf(gone), textOf(added))
    for (const { from, to, length } of matches) {
      if (length < least) continue
      for (let done = 0; done < length; ) {
        const source = at(gone, from + done)
        const target = at(added, to + done)
        if (!source || !target) break
        const size = Math.min(length - done, source.piece.length - source.offset, target.piece.length - target.offset)
        this.link({ client: source.piece.client, clock: source.piece.clock + source.offset }, size, {
          client: target.piece.client,
          clock: target.piece.clock + target.offset,
        })
        taken.push({ piece: target.piece, from: target.offset, to: target.offset + size })
        done += size
      }
    }
    return added.filter((piece) => !taken.some((part) => part.piece === piece))
  }

  /** What undo puts back stands just before what it is a copy of; in an element that is new, only the text tells. */
  #linkRestored(added: readonly Added[], local: boolean): void {
    const others: Added[] = []
    for (const piece of added) {
      const origin = piece.rightOrigin
      const former = origin && this.#orders.findGone(origin)
      if (former?.text.startsWith(piece.text)) this.link(former, piece.length, piece)
      else if (piece.inNew) others.push(piece)
    }
    if (local || others.reduce((sum, { length }) => sum + length, 0) < LEAST_COPY) return
    const recent = this.#orders.recent(RECENT_UNITS)
    if (recent.length > 0) this.#linkTexts(recent, others, LEAST_COPY)
  }

  #lose(piece: Piece, order: Order | null): void {
    for (const { piece: part, is } of cutPiece(piece, (clock) => !this.#isLost(piece.client, clock))) {
      if (!is || part.text === '') continue
      this.#forgetCopies(part)
      this.#lost.push({ ...part, order })
    }
  }

  /** Of one family the unit that went last is lost, and no other. */
  #forgetCopies({ client, clock, length }: Piece): void {
    for (let at = clock; at < clock + length; at++) {
      if (!this.#copies.isLinked({ client, clock: at })) continue
      for (const other of this.#family({ client, clock: at })) {
        if (!this.#isLost(other.client, other.clock)) continue
        this.#lost = this.#lost.flatMap((run) => {
          if (!holds(run, other.client, other.clock)) return [run]
          const parts = cutPiece(run, (unit) => unit === other.clock)
          return parts.filter(({ is }) => !is).map(({ piece }) => ({ ...piece, order: run.order }))
        })
      }
    }
  }

  #isLost(client: number, clock: number): boolean {
    return this.#lost.some((run) => holds(run, client, clock))
  }

  /** What the binding took out by itself, because something arrived, nobody meant to remove. */
  #loseUnlinked(orders: readonly { order: Order; now: readonly Piece[] }[]): void {
    for (const { order, now } of orders) {
      for (const piece of now) {
        const isLeft = (clock: number) => this.#copies.of({ client: piece.client, clock }).length === 0
        for (const { piece: part, is } of cutPiece(piece, isLeft)) if (is) this.#lose(part, order)
      }
    }
  }

  /** Notes the texts of an update that were gone as they came: this side had deleted what they stand in. */
  #enterArrived(structs: readonly Struct[]): void {
    for (const { piece, struct } of stringsOf(structs)) {
      const wanted = (at: number) => this.#isGone(piece.client, at) && !this.#orders.orderOf(piece.client, at)
      for (const { piece: part, is } of cutPiece(piece, wanted)) if (is) this.#orders.enter(part, struct)
    }
  }

  #loseArrived(structs: readonly Struct[], explicit: readonly DeleteSet[], { beforeState }: Y.Transaction): void {
    for (const { piece } of stringsOf(structs)) {
      const { client } = piece
      const known = beforeState.get(client) ?? 0
      const wanted = (at: number) => at >= known && this.#isGone(client, at) && !isIn(explicit, client, at)
      for (const { piece: part, is } of cutPiece(piece, wanted)) {
        if (!is) continue
        // it may stand in two orders by now, half in each
        const inOrder = (at: number) => this.#orders.orderOf(client, at) === this.#orders.orderOf(client, part.clock)
        for (const { piece: run } of cutPiece(part, inOrder)) this.#lose(run, this.#orders.orderOf(client, run.clock))
      }
    }
  }

  #isGone(client: number, clock: number): boolean {
    if (clock >= Y.getState(this.doc.store, client)) return false
    return itemAt(this.doc, client, clock)?.deleted ?? true
  }

  /**
   * What went knowingly, and stands nowhere else, was removed. Of what an update removes nobody can tell here whether
   * its author saw another copy; that author tells (`tellThinned`).
   */
  #noteRemoval(piece: Piece, isOwn: boolean): void {
    const idOf = (clock: number) => ({ client: piece.client, clock })
    const isGone = (clock: number) => {
      if (!this.#copies.isLinked(idOf(clock))) return true
      return (isOwn || this.#copies.of(idOf(clock)).length === 0) && this.living(idOf(clock)).length === 0
    }
    for (const { piece: part, is } of cutPiece(piece, isGone)) if (is) this.#removals.add(part, isOwn)
    const isLinked = (clock: number) => this.#copies.isLinked(idOf(clock))
    for (const { piece: part, is } of cutPiece(piece, isLinked)) {
      if (is && isOwn) this.#noteThinned(part)
      else if (is) this.#loseMissing(part)
    }
  }

  #noteThinned({ client, clock, length }: Piece): void {
    for (let at = clock; at < clock + length; at++) {
      const id = { client, clock: at }
      if (this.#copies.of(id).some((copy) => this.#isThere(copy))) continue
      const [other] = this.living(id)
      if (other) this.#tell(id, other)
    }
  }

  /** Goes now: what this side removed of its family, it removed while this one stood. */
  #thinFamily(piece: Piece): void {
    for (let clock = piece.clock; clock < piece.clock + piece.length; clock++) {
      const id = { client: piece.client, clock }
      if (!this.#copies.isLinked(id)) continue
      for (const other of this.#family(id)) if (this.#removals.takeOwn(other)) this.#tell(other, id)
    }
  }

  #tell(removed: UnitId, at: UnitId): void {
    const last = this.#untold.at(-1)
    const goesOn = (from: UnitId, to: UnitId, length: number) =>
      from.client === to.client && from.clock + length === to.clock
    if (last?.at && goesOn(last, removed, last.length) && goesOn(last.at, at, last.length)) {
      this.#untold[this.#untold.length - 1] = { ...last, length: last.length + 1 }
    } else this.#untold.push({ ...removed, length: 1, at })
  }

  #isThere({ client, clock }: UnitId): boolean {
    const item = itemAt(this.doc, client, clock)
    return item !== null && !item.deleted && item.content instanceof Y.ContentString
  }
}
