import * as Y from 'yjs'
import { readOrder } from './read.ts'
import { cutPiece, type DeleteSet, holds, isIn, type Order, type Piece, slicePiece } from './runs.ts'

/** Texts that went, with their ids; the oldest are forgotten beyond either. */
const MAX_ORDERS = 300
const MAX_UNITS = 1_000_000

/** The shared texts of which something went, as they stood then. */
export class Orders {
  readonly #orders: Order[] = []
  #units = 0

  /** Reads what a transaction took out of texts, before it is collected. `now`: the part that went with it. */
  readDeaths(transaction: Y.Transaction): { order: Order; now: Piece[] }[] {
    const parents = new Set<Y.AbstractType<unknown>>()
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) {
        parents.add(struct.parent as Y.AbstractType<unknown>)
      }
    })
    const found: { order: Order; now: Piece[] }[] = []
    for (const parent of parents) {
      // into what was gone before: `enter` finds it a place in the order that was read then
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
  goneBy(ds: DeleteSet): Piece[] {
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

  /** The latest that went, up to so many units. */
  recent(most: number): Piece[] {
    const recent: Piece[] = []
    let units = 0
    for (const order of this.#orders.toReversed()) {
      for (const piece of order) {
        if (piece.text === '') continue
        recent.push(piece)
        units += piece.length
      }
      if (units > most) break
    }
    return recent
  }

  findGone({ client, clock }: Y.ID): Piece | null {
    for (const order of this.#orders.toReversed()) {
      for (const piece of order) {
        if (piece.text !== '' && holds(piece, client, clock))
          return slicePiece(piece, clock - piece.clock, piece.length)
      }
    }
    return null
  }

  orderOf(client: number, clock: number): Order | null {
    return this.#orders.findLast((order) => order.some((piece) => holds(piece, client, clock))) ?? null
  }

  /** Puts a piece that came too late into the order that it belongs to, or into one of its own. */
  enter(piece: Piece, { id, origin, rightOrigin }: Y.Item): void {
    const left = piece.clock > id.clock ? Y.createID(id.client, piece.clock - 1) : origin
    for (const [anchor, isLeft] of [
      [left, true],
      [rightOrigin, false],
    ] as const) {
      const order = anchor && this.orderOf(anchor.client, anchor.clock)
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
}
