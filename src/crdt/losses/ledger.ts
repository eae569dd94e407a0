import * as Y from 'yjs'
import { Emitter } from '../../core/base/emitter.ts'
import { metaOf } from '../note-doc.ts'
import { alignTexts } from './align.ts'
import {
  type Added,
  type Arrived,
  answersAnother,
  at,
  readAdded,
  readArrived,
  readOrder,
  type Struct,
  stringsOf,
  textOf,
  waits,
} from './read.ts'
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
import { readSettled, type Settled } from './settled.ts'

/** Words that somebody's edit took away without having seen them, with what stood around them. */
export type LostRun = Piece & { readonly order: Order | null }

/** Units that were moved by two who did not know of each other. */
export type MovedTwice = {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** Texts that went, with their ids; the oldest are forgotten beyond either. */
const MAX_ORDERS = 300
const MAX_UNITS = 1_000_000
/** Of what went last, so much is looked through for a text that came without saying where from. */
const RECENT_UNITS = 20_000
/** A text that came so is no copy for the sake of fewer units than this in a row. */
const LEAST_COPY = 4
const MAX_REMOVED = 2000 // ranges of one client

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
  readonly #orders: Order[] = []
  #units = 0
  #lost: LostRun[] = []
  readonly #movedTwice: MovedTwice[] = []
  /** What somebody removed for good, by client. */
  readonly #removed = new Map<number, { clock: number; length: number }[]>()
  #settled: Settled = []
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
    this.#settled = readSettled(doc)
    this.#link()
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

  /** Whether somebody decided about this unit: to put it back, or to leave it as it is. */
  isSettled(id: UnitId): boolean {
    return this.#settled.some((range) => isWithin(range, id))
  }

  isLeft(id: UnitId): boolean {
    return this.#settled.some((range) => range.at === null && isWithin(range, id))
  }

  /** Every unit that is there now and is this one, a copy of it, or a copy of what it is a copy of. */
  living(id: UnitId): UnitId[] {
    return this.#family(id).filter(({ client, clock }) => {
      const item = itemAt(this.doc, client, clock)
      return item !== null && !item.deleted && item.content instanceof Y.ContentString
    })
  }

  /** Whether what this id held is nowhere, without anybody having removed it. */
  isMissing(id: UnitId): boolean {
    return this.living(id).length === 0 && !this.#family(id).some((other) => this.#isRemoved(other))
  }

  #family(id: UnitId): UnitId[] {
    const seen = new Set<string>()
    const found: UnitId[] = []
    const open = [id]
    for (let next = open.pop(); next; next = open.pop()) {
      const key = `${next.client}:${next.clock}`
      if (seen.has(key)) continue
      seen.add(key)
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
      this.#settled = readSettled(this.doc)
      this.#link()
      this.changed.emit()
    }
    const arrived = transaction.local ? [] : this.#arrived
    // a doc that is being opened
    if (transaction.beforeState.size === 0) return
    if (transaction.deleteSet.clients.size === 0 && transaction.local && !(transaction.origin instanceof Y.UndoManager))
      return
    this.examined += 1
    const explicit = transaction.local ? [transaction.deleteSet] : arrived.map(({ ds }) => ds)
    const orders = this.#readDeaths(transaction)
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
        const gone = whole ? dead.filter(({ client, clock }) => isIn([ds], client, clock)) : this.#goneBy(ds)
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
    for (const piece of removed) this.#noteRemoval(piece)
    // whether what is open still is may hang on any edit
    if (this.#lost.length > 0 || this.#movedTwice.length > 0) this.changed.emit()
  }

  #link(): void {
    for (const { client, clock, length, at } of this.#settled) if (at) this.link({ client, clock }, length, at)
  }

  /** Reads what a transaction took out of texts, before it is collected. `now`: the part that went with it. */
  #readDeaths(transaction: Y.Transaction): { order: Order; now: Piece[] }[] {
    const parents = new Set<Y.AbstractType<unknown>>()
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
        parents.add(struct.parent as Y.AbstractType<unknown>)
      }
    })
    const found: { order: Order; now: Piece[] }[] = []
    for (const parent of parents) {
      // into what was gone before: `enterArrived` finds it a place in the order that was read then
      const holder = parent._item
      if (holder?.deleted && !Y.isDeleted(transaction.deleteSet, holder.id)) continue
      const { order, now } = readOrder(parent, transaction)
      // of a text that stays, what is there has its place by itself
      const kept = parent._item?.deleted ? order : [...now]
      this.#orders.push(kept)
      this.#units += kept.reduce((sum, { length }) => sum + length, 0)
      found.push({ order: kept, now })
    }
    while (this.#orders.length > MAX_ORDERS || (this.#units > MAX_UNITS && this.#orders.length > 1)) {
      this.#units -= this.#orders.shift()?.reduce((sum, { length }) => sum + length, 0) ?? 0
    }
    return found
  }

  /** The texts that an update deletes, in their order; somebody else may have deleted them before. */
  #goneBy(ds: DeleteSet): Piece[] {
    if (ds.clients.size === 0) return []
    const found: Piece[] = []
    for (const order of this.#orders.toReversed()) {
      for (const piece of order) {
        if (piece.text === '' || !ds.clients.has(piece.client)) continue
        const wanted = (clock: number) =>
          isIn([ds], piece.client, clock) && !found.some((other) => holds(other, piece.client, clock))
        for (const { piece: part, is } of cutPiece(piece, wanted)) if (is) found.push(part)
      }
    }
    return found
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
      const former = origin && this.#findGone(origin)
      if (former?.text.startsWith(piece.text)) this.link(former, piece.length, piece)
      else if (piece.inNew) others.push(piece)
    }
    if (local || others.reduce((sum, { length }) => sum + length, 0) < LEAST_COPY) return
    const recent: Piece[] = []
    let units = 0
    for (const order of this.#orders.toReversed()) {
      for (const piece of order) {
        if (piece.text === '') continue
        recent.push(piece)
        units += piece.length
      }
      if (units > RECENT_UNITS) break
    }
    if (recent.length > 0) this.#linkTexts(recent, others, LEAST_COPY)
  }

  #findGone({ client, clock }: Y.ID): Piece | null {
    for (const order of this.#orders.toReversed()) {
      for (const piece of order) {
        if (piece.text !== '' && holds(piece, client, clock))
          return slicePiece(piece, clock - piece.clock, piece.length)
      }
    }
    return null
  }

  #lose(piece: Piece, order: Order | null): void {
    for (const { piece: part, is } of cutPiece(piece, (clock) => !this.#isLost(piece.client, clock))) {
      if (is && part.text !== '') this.#lost.push({ ...part, order })
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
      const wanted = (at: number) => this.#isGone(piece.client, at) && !this.#orderOf(piece.client, at)
      for (const { piece: part, is } of cutPiece(piece, wanted)) if (is) this.#enter(part, struct)
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
        const inOrder = (at: number) => this.#orderOf(client, at) === this.#orderOf(client, part.clock)
        for (const { piece: run } of cutPiece(part, inOrder)) this.#lose(run, this.#orderOf(client, run.clock))
      }
    }
  }

  #isGone(client: number, clock: number): boolean {
    if (clock >= Y.getState(this.doc.store, client)) return false
    return itemAt(this.doc, client, clock)?.deleted ?? true
  }

  #orderOf(client: number, clock: number): Order | null {
    return this.#orders.findLast((order) => order.some((piece) => holds(piece, client, clock))) ?? null
  }

  /** Puts a piece that came too late into the order that it belongs to, or into one of its own. */
  #enter(piece: Piece, { id, origin, rightOrigin }: Y.Item): void {
    const left = piece.clock > id.clock ? Y.createID(id.client, piece.clock - 1) : origin
    for (const [anchor, isLeft] of [
      [left, true],
      [rightOrigin, false],
    ] as const) {
      const order = anchor && this.#orderOf(anchor.client, anchor.clock)
      if (!order) continue
      const index = order.findIndex((other) => holds(other, anchor.client, anchor.clock))
      const other = order[index] as Piece
      const cut = anchor.clock - other.clock + (isLeft ? 1 : 0)
      const parts = [slicePiece(other, 0, cut), piece, slicePiece(other, cut, other.length)]
      order.splice(index, 1, ...parts.filter(({ length }) => length > 0))
      return
    }
    this.#orders.push([piece])
  }

  /** What went knowingly, and stands nowhere else, was removed. */
  #noteRemoval(piece: Piece): void {
    const isGone = (clock: number) => {
      const id = { client: piece.client, clock }
      return !this.#copies.isLinked(id) || (this.#copies.of(id).length === 0 && this.living(id).length === 0)
    }
    const ranges = this.#removed.get(piece.client) ?? []
    this.#removed.set(piece.client, ranges)
    for (const { piece: part, is } of cutPiece(piece, isGone)) {
      if (
        is &&
        !ranges.some(({ clock, length }) => clock <= part.clock && part.clock + part.length <= clock + length)
      ) {
        ranges.push({ clock: part.clock, length: part.length })
      }
    }
    if (ranges.length > MAX_REMOVED) ranges.splice(0, ranges.length - MAX_REMOVED)
  }

  #isRemoved({ client, clock }: UnitId): boolean {
    return (
      this.#removed.get(client)?.some((range) => range.clock <= clock && clock < range.clock + range.length) ?? false
    )
  }
}

const isWithin = (range: UnitId & { readonly length: number }, { client, clock }: UnitId): boolean =>
  range.client === client && range.clock <= clock && clock < range.clock + range.length
