import * as Y from 'yjs'

/** Marks and type of a run, as V2 keeps them in a text's formats. */
export type Attributes = Readonly<Record<string, unknown>>

/** Units of a text with neighbouring ids, `clock` first; `text` is empty where they were gone before. */
export type Piece = {
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly text: string
  readonly attributes: Attributes
}

/** What stood in one shared text, in its order, gone or not. */
export type Order = Piece[]

export const slicePiece = (piece: Piece, from: number, to: number): Piece => ({
  ...piece,
  clock: piece.clock + from,
  length: to - from,
  text: piece.text === '' ? '' : piece.text.slice(from, to),
})

export const holds = (piece: Piece, client: number, clock: number): boolean =>
  piece.client === client && piece.clock <= clock && clock < piece.clock + piece.length

/** The parts of a piece that `test` holds for, and the others, in order. */
export function cutPiece(piece: Piece, test: (clock: number) => boolean): { piece: Piece; is: boolean }[] {
  const parts: { piece: Piece; is: boolean }[] = []
  let start = 0
  for (let at = 1; at <= piece.length; at++) {
    const is = test(piece.clock + start)
    if (at < piece.length && test(piece.clock + at) === is) continue
    parts.push({ piece: slicePiece(piece, start, at), is })
    start = at
  }
  return parts
}

export const isIn = (sets: readonly DeleteSet[], client: number, clock: number): boolean =>
  sets.some((set) => Y.isDeleted(set, Y.createID(client, clock)))

export type DeleteSet = ReturnType<typeof Y.decodeUpdate>['ds']

/** The item that holds this unit; null where it is gone without a trace, or was never here. */
export function itemAt(doc: Y.Doc, client: number, clock: number): Y.Item | null {
  const structs = doc.store.clients.get(client)
  if (!structs || Y.getState(doc.store, client) <= clock) return null
  const struct = structs[Y.findIndexSS(structs, clock)]
  return struct instanceof Y.Item ? struct : null
}

/** Where units went: a range of ids and the first id of the range that holds the same text. */
type Segment = {
  readonly clock: number
  readonly length: number
  readonly toClient: number
  readonly toClock: number
}
export type UnitId = { readonly client: number; readonly clock: number }

/** Of each client, the oldest segments are forgotten beyond this. */
const MAX_SEGMENTS = 2000

/** Which units are copies of which. */
export class Copies {
  readonly #segments = new Map<number, Segment[]>()
  readonly #sources = new Map<number, Segment[]>()

  /** Whether some of the range had another copy before. */
  add(from: UnitId, length: number, to: UnitId): boolean {
    const segments = this.#segments.get(from.client) ?? []
    let hadOne = false
    for (const segment of segments) {
      if (segment.clock >= from.clock + length || segment.clock + segment.length <= from.clock) continue
      if (segment.toClient === to.client && segment.toClock - segment.clock === to.clock - from.clock) {
        // told twice
        if (segment.clock <= from.clock && segment.clock + segment.length >= from.clock + length) return false
      } else hadOne = true
    }
    push(this.#segments, from, length, to)
    push(this.#sources, to, length, from)
    return hadOne
  }

  isLinked(id: UnitId): boolean {
    return find(this.#segments, id).length > 0 || find(this.#sources, id).length > 0
  }

  of(id: UnitId): UnitId[] {
    return find(this.#segments, id)
  }

  /** What the unit is a copy of. */
  sources(id: UnitId): UnitId[] {
    return find(this.#sources, id)
  }
}

function push(all: Map<number, Segment[]>, from: UnitId, length: number, to: UnitId): void {
  const segments = all.get(from.client) ?? []
  all.set(from.client, segments)
  segments.push({ clock: from.clock, length, toClient: to.client, toClock: to.clock })
  if (segments.length > MAX_SEGMENTS) segments.shift()
}

function find(all: ReadonlyMap<number, readonly Segment[]>, { client, clock }: UnitId): UnitId[] {
  const found: UnitId[] = []
  for (const segment of all.get(client) ?? []) {
    const offset = clock - segment.clock
    if (offset < 0 || offset >= segment.length) continue
    const id = { client: segment.toClient, clock: segment.toClock + offset }
    if (!found.some((other) => other.client === id.client && other.clock === id.clock)) found.push(id)
  }
  return found
}
