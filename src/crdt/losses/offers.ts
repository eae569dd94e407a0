import * as Y from 'yjs'
import { rootOf } from '../note-doc.ts'
import type { LossLedger, LostRun } from './ledger.ts'
import { type Attributes, itemAt, type Piece, slicePiece, type UnitId } from './runs.ts'
import { writeSettled } from './settled.ts'

/**
 * `lost`: words that went with an element that somebody deleted or made anew without having seen them.
 * `doubled`: words that two moved at once, so that both copies stand in the note.
 */
export type Offer = {
  readonly kind: 'lost' | 'doubled'
  /** The same in every replica that found it whole. */
  readonly key: string
  readonly text: string
  /** Where words that were lost belong; null where nothing of what stood beside them is left. */
  readonly place: Place | null
  /** The text of the block as it is, and with the offer taken. What differs is `text`, at `at` in the second. */
  readonly passage: Passage | null
}

export type Passage = { readonly before: string; readonly after: string }
/** Words go after (or before) this unit: the nearest neighbour that stands somewhere. */
export type Place = UnitId & { readonly side: 'after' | 'before' }

type Ranges = readonly Piece[]
type Found = Offer & { readonly pieces: Ranges }

/** What is open, in the order in which it was met. Cheap where nothing is. */
export function readOffers(ledger: LossLedger): readonly Offer[] {
  return findOffers(ledger)
}

function findOffers(ledger: LossLedger): Found[] {
  return [...lostOffers(ledger), ...doubledOffers(ledger)]
}

/** Words of a lost run that are open, put together where they stood side by side. */
function lostOffers(ledger: LossLedger): Found[] {
  const groups: LostRun[][] = []
  for (const run of ledger.lost) {
    for (const part of openOf(ledger, run)) {
      const open: LostRun = { ...part, order: run.order }
      const last = groups.at(-1)
      const group = groups.find((group) => isBeside(group, open)) ?? (last && follows(last, open) ? last : null)
      if (group) group.push(open)
      else groups.push([open])
    }
  }
  return groups.map((group) => {
    const pieces = inOrder(group)
    const place = placeOf(ledger, pieces)
    const text = pieces.map(({ text }) => text).join('')
    return {
      kind: 'lost',
      key: keyOf(pieces),
      text,
      place,
      passage: place && passageOf(ledger.doc, place),
      pieces,
    }
  })
}

const openOf = (ledger: LossLedger, run: LostRun): Piece[] =>
  openParts(run, (id) => !ledger.isLeft(id) && ledger.isMissing(id))

function openParts(piece: Piece, isOpen: (id: UnitId) => boolean): Piece[] {
  const parts: Piece[] = []
  let start = -1
  for (let at = 0; at <= piece.length; at++) {
    const id = { client: piece.client, clock: piece.clock + at }
    const open = at < piece.length && isOpen(id)
    if (open && start < 0) start = at
    if (!open && start >= 0) {
      parts.push(slicePiece(piece, start, at))
      start = -1
    }
  }
  return parts
}

const indexIn = ({ order, client, clock }: LostRun): number =>
  order?.findIndex((piece) => piece.client === client && piece.clock <= clock && clock < piece.clock + piece.length) ??
  -1

const inOrder = (group: readonly LostRun[]): LostRun[] =>
  [...group].sort((a, b) => indexIn(a) - indexIn(b) || a.clock - b.clock)

/** Whether nothing that stayed or was moved stands between the run and the group. */
function isBeside(group: readonly LostRun[], run: LostRun): boolean {
  const { order } = run
  if (!order || group[0]?.order !== order) return false
  const at = indexIn(run)
  const places = group.map(indexIn)
  const from = Math.min(at, ...places)
  const to = Math.max(at, ...places)
  return order
    .slice(from, to + 1)
    .every((piece, index) => piece.text === '' || index + from === at || places.includes(index + from))
}

const follows = (group: readonly LostRun[], run: LostRun): boolean => {
  const last = group.at(-1)
  return (
    !!last &&
    last.order === null &&
    run.order === null &&
    last.client === run.client &&
    last.clock + last.length === run.clock
  )
}

/** The nearest neighbour that is somewhere, on the left and then on the right. */
function placeOf(ledger: LossLedger, pieces: readonly LostRun[]): Place | null {
  const order = pieces[0]?.order
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (!order || !first || !last) return null
  const left = nearest(ledger, order, indexIn(first), first.clock, -1)
  const right = nearest(ledger, order, indexIn(last), last.clock + last.length - 1, 1)
  if (left) return { ...left, side: 'after' }
  return right && { ...right, side: 'before' }
}

function nearest(
  ledger: LossLedger,
  order: readonly Piece[],
  start: number,
  clock: number,
  step: -1 | 1,
): UnitId | null {
  for (let index = start; index >= 0 && index < order.length; index += step) {
    const piece = order[index] as Piece
    let at = index === start ? clock - piece.clock + step : step < 0 ? piece.length - 1 : 0
    for (; at >= 0 && at < piece.length; at += step) {
      const [unit] = ledger.living({ client: piece.client, clock: piece.clock + at })
      if (unit) return unit
    }
  }
  return null
}

function doubledOffers(ledger: LossLedger): Found[] {
  const offers: Found[] = []
  const seen = new Set<string>()
  for (const range of ledger.movedTwice) {
    const whole: Piece = { ...range, text: ' '.repeat(range.length), attributes: {} }
    const isDoubled = (id: UnitId) => {
      const units = ledger.isLeft(id) ? [] : ledger.living(id)
      return units.length > 1 && !seen.has(unitKey(extra(units)[0] as UnitId))
    }
    for (const part of openParts(whole, isDoubled)) {
      let text = ''
      let place: Place | null = null
      for (let at = 0; at < part.length; at++) {
        const units = ledger.living({ client: part.client, clock: part.clock + at })
        const [kept] = ordered(units)
        for (const unit of extra(units)) seen.add(unitKey(unit))
        text += kept ? charAt(ledger.doc, kept) : ''
        const [other] = extra(units)
        if (other) place ??= { ...other, side: 'before' }
      }
      const passage = place && passageOf(ledger.doc, place)
      offers.push({
        kind: 'doubled',
        key: `2:${keyOf([part])}`,
        text,
        place,
        passage,
        pieces: [part],
      })
    }
  }
  return offers
}

/** Of several copies every replica keeps the same one. */
const ordered = (units: readonly UnitId[]): UnitId[] =>
  [...units].sort((a, b) => a.client - b.client || a.clock - b.clock)
const extra = (units: readonly UnitId[]): UnitId[] => ordered(units).slice(1)
const unitKey = ({ client, clock }: UnitId): string => `${client}:${clock}`
const keyOf = (pieces: Ranges): string =>
  pieces.map(({ client, clock, length }) => `${client}:${clock}:${length}`).join(',')

function charAt(doc: Y.Doc, { client, clock }: UnitId): string {
  const item = itemAt(doc, client, clock)
  return item?.content instanceof Y.ContentString ? (item.content.str[clock - item.id.clock] ?? '') : ''
}

/** The shared text that holds a unit, and the index of the unit in it. */
function locate(doc: Y.Doc, { client, clock }: UnitId): { text: Y.XmlText; index: number } | null {
  const item = itemAt(doc, client, clock)
  if (!item || item.deleted || !(item.parent instanceof Y.XmlText)) return null
  let index = clock - item.id.clock
  for (let left = item.left; left; left = left.left) if (!left.deleted && left.countable) index += left.length
  return { text: item.parent, index }
}

const plainText = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')

/** Words around a place, so many at most to either side. */
const AROUND = 90

function passageOf(doc: Y.Doc, place: Place): Passage | null {
  const found = locate(doc, place)
  if (!found) return null
  const text = plainText(found.text)
  const cut = found.index + (place.side === 'after' ? 1 : 0)
  const start = cut > AROUND ? Math.max(text.indexOf(' ', cut - AROUND), 0) : 0
  const end = text.length - cut > AROUND ? text.lastIndexOf(' ', cut + AROUND) : text.length
  return {
    before: (start > 0 ? '…' : '') + text.slice(start, cut),
    after: text.slice(cut, Math.max(end, cut)) + (end < text.length ? '…' : ''),
  }
}

/** Does what an offer says, in one transaction. Answers whether it was still open. */
export function acceptOffer(ledger: LossLedger, key: string, origin: unknown): boolean {
  const offer = findOffers(ledger).find((offer) => offer.key === key)
  if (!offer) return false
  const { doc } = ledger
  doc.transact(() => {
    if (offer.kind === 'lost') putBack(ledger, offer)
    else removeExtra(ledger, offer)
  }, origin)
  return true
}

/**
 * Puts back this side's own words where something that stood beside them stands. Of doubled words no copy is ever
 * taken away unasked: while two sides each keep another one, a third may move it, and all would be gone.
 */
export function mendOffers(ledger: LossLedger, origin: unknown): void {
  const isOwn = ({ client }: UnitId) => client === ledger.doc.clientID
  for (let turn = 0; turn < 100 && ledger.lost.some((run) => isOwn(run) && openOf(ledger, run).length > 0); turn++) {
    const next = lostOffers(ledger).find(({ place, pieces }) => place && pieces.every(isOwn))
    if (!next) return
    ledger.doc.transact(() => putBack(ledger, next), origin)
  }
}

/** The words stay as they are now, for everybody. */
export function leaveOffer(ledger: LossLedger, key: string, origin: unknown): boolean {
  const offer = findOffers(ledger).find((offer) => offer.key === key)
  if (!offer) return false
  ledger.doc.transact(() => {
    for (const { client, clock, length } of offer.pieces) writeSettled(ledger.doc, { client, clock, length, at: null })
  }, origin)
  return true
}

function putBack(ledger: LossLedger, { place, pieces }: Found): void {
  const { doc } = ledger
  const found = place && locate(doc, place)
  const text = found?.text ?? paragraphAtEnd(doc)
  let index = found && place ? found.index + (place.side === 'after' ? 1 : 0) : 0
  index = besideToken(text, index)
  for (const piece of pieces) {
    const clock = Y.getState(doc.store, doc.clientID)
    const before = textUnits(text)
    text.insert(index, piece.text, attributesFor(text, piece.attributes))
    index += textUnits(text) - before
    const at = firstUnit(doc, clock)
    if (at) ledger.link(piece, piece.length, at)
    const { client, length } = piece
    writeSettled(doc, { client, clock: piece.clock, length, at })
  }
}

const textUnits = (text: Y.XmlText): number => text.length

/** The formats come before the words, and count as units of the client too. */
function firstUnit(doc: Y.Doc, from: number): UnitId | null {
  const client = doc.clientID
  for (let clock = from; clock < Y.getState(doc.store, client); ) {
    const item = itemAt(doc, client, clock)
    if (!item) return null
    if (item.content instanceof Y.ContentString) return { client, clock }
    clock = item.id.clock + item.length
  }
  return null
}

/** The formats of the words themselves, and none of those that happen to stand there. */
function attributesFor(text: Y.XmlText, own: Attributes): Attributes {
  const here = (text.toDelta() as { attributes?: Attributes }[]).flatMap(({ attributes = {} }) =>
    Object.keys(attributes),
  )
  return { ...Object.fromEntries(here.map((key) => [key, null])), ...own }
}

/** A link, or another token, stays whole: what would land in it comes after it. */
function besideToken(text: Y.XmlText, index: number): number {
  let start = 0
  for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: Attributes }[]) {
    const end = start + (typeof insert === 'string' ? insert.length : 1)
    if (index > start && index < end) return attributes?.t === undefined ? index : end
    start = end
  }
  return index
}

function paragraphAtEnd(doc: Y.Doc): Y.XmlText {
  const root = rootOf(doc)
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  root.insert(root.length, [paragraph])
  paragraph.insert(0, [text])
  return text
}

function removeExtra(ledger: LossLedger, { pieces }: Found): void {
  const { doc } = ledger
  const touched = new Set<Y.XmlText>()
  for (const { client, clock, length } of pieces) {
    for (let at = 0; at < length; at++) {
      const id = { client, clock: clock + at }
      for (const unit of extra(ledger.living(id))) {
        const found = locate(doc, unit)
        if (!found) continue
        found.text.delete(found.index, 1)
        touched.add(found.text)
      }
    }
  }
  for (const text of touched) if (text.length === 0) removeEmpty(doc, text)
}

/** The block that held nothing but a second copy goes with it. */
function removeEmpty(doc: Y.Doc, text: Y.XmlText): void {
  const block = text.parent
  if (!(block instanceof Y.XmlElement) || block.parent !== rootOf(doc) || block.nodeName !== 'paragraph') return
  if (block.length > 1 || rootOf(doc).length < 2) return
  const index = rootOf(doc).toArray().indexOf(block)
  if (index >= 0) rootOf(doc).delete(index, 1)
}
