import * as Y from 'yjs'
import { type Attributes, cutPiece, type DeleteSet, isIn, type Order, type Piece } from './runs.ts'

export type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]
export type Arrived = { readonly structs: readonly Struct[]; readonly ds: DeleteSet; readonly whole: boolean }
export type Added = Piece & { readonly rightOrigin: Y.ID | null; readonly inNew: boolean }

/** Whether what is written now is an answer to what arrived. */
export const answersAnother = (doc: Y.Doc): boolean => doc._transactionCleanups.some(({ local }) => !local)

/** Whether something of an update waits for another that has not come. */
export function waits({ store }: Y.Doc, { structs, ds }: Arrived): boolean {
  const isKnown = (client: number, end: number) => end <= Y.getState(store, client)
  return (
    structs.some(({ id, length }) => !isKnown(id.client, id.clock + length)) ||
    [...ds.clients].some(([client, ranges]) => ranges.some(({ clock, len }) => !isKnown(client, clock + len)))
  )
}

export const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')

export function at<P extends Piece>(pieces: readonly P[], position: number): { piece: P; offset: number } | null {
  let start = 0
  for (const piece of pieces) {
    if (position < start + piece.length) return { piece, offset: position - start }
    start += piece.length
  }
  return null
}

export function readOrder(
  parent: Y.AbstractType<unknown>,
  { deleteSet }: Y.Transaction,
): { order: Order; now: Piece[] } {
  const order: Order = []
  const now: Piece[] = []
  const formats = new Map<string, unknown>()
  let attributes: Attributes = {}
  for (let item = parent._start; item; item = item.right) {
    const wasThere = !item.deleted || Y.isDeleted(deleteSet, item.id)
    if (item.content instanceof Y.ContentFormat) {
      if (!wasThere) continue
      const { key, value } = item.content as Y.ContentFormat & { value: unknown }
      if (value === null) formats.delete(key)
      else formats.set(key, value)
      attributes = Object.fromEntries(formats)
      continue
    }
    if (!item.countable && !(item.content instanceof Y.ContentDeleted)) continue
    const { client, clock } = item.id
    const text = wasThere && item.content instanceof Y.ContentString ? item.content.str : ''
    const piece = { client, clock, length: item.length, text, attributes }
    order.push(piece)
    if (item.deleted && text !== '') now.push(piece)
  }
  return { order, now }
}

/** The texts of an update, with the formats that stand before them. */
export function* stringsOf(structs: readonly Struct[]): Generator<{ piece: Piece; struct: Y.Item }> {
  const formats = new Map<string, unknown>()
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    if (struct.content instanceof Y.ContentFormat) {
      const { key, value } = struct.content as Y.ContentFormat & { value: unknown }
      if (value === null) formats.delete(key)
      else formats.set(key, value)
    }
    if (!(struct.content instanceof Y.ContentString)) continue
    const { client, clock } = struct.id
    const attributes = Object.fromEntries(formats)
    yield { piece: { client, clock, length: struct.length, text: struct.content.str, attributes }, struct }
  }
}

/** The texts that an update brought, those that were gone as they came too; not what it took away itself. */
export function readArrived(structs: readonly Struct[], ds: DeleteSet, { beforeState }: Y.Transaction): Added[] {
  const added: Added[] = []
  const inNew = new Set<string>()
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    const { id, origin, parent, rightOrigin, length, content } = struct
    const isNew = parent instanceof Y.ID && parent.clock >= (beforeState.get(parent.client) ?? 0)
    const isBeside = origin !== null && inNew.has(`${origin.client}:${origin.clock}`)
    if (isNew || isBeside) inNew.add(`${id.client}:${id.clock + length - 1}`)
    if (!(content instanceof Y.ContentString)) continue
    const piece = { client: id.client, clock: id.clock, length, text: content.str, attributes: {} }
    for (const { piece: part, is } of cutPiece(piece, (clock) => isIn([ds], id.client, clock))) {
      if (!is) added.push({ ...part, rightOrigin, inNew: isNew || isBeside })
    }
  }
  return added
}

/** Texts that a transaction of this side brought and that are there. */
export function readAdded(doc: Y.Doc, { beforeState, afterState }: Y.Transaction): Added[] {
  const added: Added[] = []
  for (const [client, clock] of afterState) {
    const from = beforeState.get(client) ?? 0
    const structs = doc.store.clients.get(client)
    if (clock <= from || !structs) continue
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
      const item = structs[index]
      if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) continue
      const parent = (item.parent as Y.AbstractType<unknown>)._item
      const inNew = parent !== null && parent.id.clock >= (beforeState.get(parent.id.client) ?? 0)
      const { id, length, rightOrigin } = item
      added.push({ client, clock: id.clock, length, text: item.content.str, attributes: {}, rightOrigin, inNew })
    }
  }
  return added
}
