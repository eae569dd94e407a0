import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'

/** Bits that this side changed in words that stood there: of a range of ids, which bits, and what they are now. */
type Change = {
  readonly text: Y.XmlText
  readonly client: number
  readonly clock: number
  readonly length: number
  readonly mask: number
  readonly value: number
  /** This side's clocks of the transaction: who knows one of these knew the change. */
  readonly from: number
  to: number
  /** How often it may be put back: of two that go on to disagree, the later one wins. */
  tries: number
}
type Unit = { readonly client: number; readonly clock: number }
/** Units side by side in the text, as they were before a transaction and as they are; null where not there. */
type Run = Unit & { readonly length: number; readonly before: number | null; readonly after: Props | null }
type Props = Readonly<Record<string, unknown>>

const TRIES = 3
/** The oldest changes are forgotten: what arrives late than that many marks wins as it is. */
const MAX_CHANGES = 200

/**
 * Merges marks that two put on the same words at once. The binding keeps all marks of a run in one value, of which
 * Yjs keeps one. Each side watches the marks that it made itself: where an update that does not know of them changes
 * them, it puts its own bits back beside the other's. That an author knew shows in what they wrote: a mark that is
 * taken off is deleted, or stands again behind the range, and later words refer to it. `isOwn`: what the person did.
 */
export function registerMarks(doc: Y.Doc, origin: unknown, isOwn: (transaction: Y.Transaction) => boolean): Disposer {
  let changes: Change[] = []
  let due: (Unit & { text: Y.XmlText; length: number; mask: number; value: number })[] = []
  let tried = new Set<Change>()
  /** How far of this side each client has shown to know. */
  const known = new Map<number, number>()

  const onTransaction = (transaction: Y.Transaction) => {
    if (transaction.local) {
      if (isOwn(transaction)) noteOwn(transaction)
      return
    }
    const authors = noteKnown(transaction)
    if (changes.length === 0) return
    for (const text of new Set(changes.map((change) => change.text))) {
      if (transaction.changed.has(text as never)) findLost(text, transaction, authors)
    }
  }

  const noteOwn = (transaction: Y.Transaction) => {
    const client = doc.clientID
    const [from, to] = [transaction.beforeState.get(client) ?? 0, Y.getState(doc.store, client)]
    const texts = new Set<Y.XmlText>()
    for (const item of itemsFrom(doc, client, from)) {
      if (isMark(item) && item.parent instanceof Y.XmlText && !isNew(item.parent, transaction)) texts.add(item.parent)
    }
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
      if (item instanceof Y.Item && isMark(item) && item.parent instanceof Y.XmlText) texts.add(item.parent)
    })
    for (const text of texts) {
      for (const { client, clock, length, before, after } of runsOf(text, transaction)) {
        if (before === null || after === null) continue
        const value = bitsOf(after)
        const mask = before ^ value
        if (mask !== 0) changes.push({ text, client, clock, length, mask, value: value & mask, from, to, tries: TRIES })
      }
    }
    if (changes.length > MAX_CHANGES) changes = changes.slice(-MAX_CHANGES)
  }

  /** Who wrote something of this transaction. */
  const noteKnown = ({ beforeState, afterState }: Y.Transaction): number[] => {
    const authors: number[] = []
    for (const [client, end] of afterState) {
      const start = beforeState.get(client) ?? 0
      if (end <= start || client === doc.clientID) continue
      authors.push(client)
      let most = known.get(client) ?? -1
      for (const { origin, rightOrigin, parent } of itemsFrom(doc, client, start)) {
        const ids = [origin, rightOrigin, parent instanceof Y.AbstractType ? parent._item?.id : null]
        for (const id of ids) if (id?.client === doc.clientID) most = Math.max(most, id.clock)
      }
      known.set(client, most)
    }
    return authors
  }

  const findLost = (text: Y.XmlText, transaction: Y.Transaction, authors: readonly number[]) => {
    const own = changes.filter((change) => change.text === text)
    const knew = new Set(own.filter((change) => isKnown(change, transaction, authors)))
    const ends = authors.flatMap((client) => [...marksBy(doc, client, text, transaction)]).slice(-1)
    for (const run of runsOf(text, transaction)) {
      if (run.before === null || run.after === null || run.before === bitsOf(run.after)) continue
      for (let at = 0; at < run.length; at++) {
        const clock = run.clock + at
        let [mask, value] = [0, 0]
        const used: Change[] = []
        for (const change of own.toReversed()) {
          if (change.client !== run.client || clock < change.clock || clock >= change.clock + change.length) continue
          const fresh = change.mask & ~mask
          mask |= fresh
          const isSeen =
            change.tries === 0 || knew.has(change) || ends.some((end) => ((end ^ change.value) & fresh) === 0)
          if (!isSeen) used.push(change)
          value |= (isSeen ? bitsOf(run.after) : change.value) & fresh
        }
        if (((bitsOf(run.after) ^ value) & mask) === 0) continue
        for (const change of used) tried.add(change)
        const last = due.at(-1)
        if (
          last &&
          last.text === text &&
          last.client === run.client &&
          last.clock + last.length === clock &&
          last.mask === mask &&
          last.value === value
        )
          last.length += 1
        else due.push({ text, client: run.client, clock, length: 1, mask, value })
      }
    }
  }

  const isKnown = ({ from, to, text }: Change, { deleteSet }: Y.Transaction, authors: readonly number[]): boolean =>
    authors.some((client) => (known.get(client) ?? -1) >= from) ||
    [...itemsFrom(doc, doc.clientID, from, to)].some(
      (item) => isMark(item) && item.parent === text && Y.isDeleted(deleteSet, item.id),
    )

  const onEnd = () => {
    if (due.length === 0) return
    const open = due
    const changed = tried
    due = []
    tried = new Set()
    doc.transact(() => {
      for (const { text, client, clock, length, mask, value } of open) {
        for (let at = 0; at < length; at++) restore(text, { client, clock: clock + at }, mask, value)
      }
    }, origin)
    for (const change of changed) {
      change.to = Y.getState(doc.store, doc.clientID)
      change.tries -= 1
    }
  }

  doc.on('beforeObserverCalls', onTransaction)
  doc.on('afterAllTransactions', onEnd)
  return () => {
    doc.off('beforeObserverCalls', onTransaction)
    doc.off('afterAllTransactions', onEnd)
  }
}

const isMark = (item: Y.Item): boolean => item.content instanceof Y.ContentFormat && item.content.key === 'p'
const bitsOf = (props: Props): number => (typeof props.__format === 'number' ? props.__format : 0)
const propsOf = (item: Y.Item): Props => ((item.content as Y.ContentFormat & { value: unknown }).value ?? {}) as Props

const isNew = ({ _item }: Y.XmlText, { beforeState }: Y.Transaction): boolean =>
  _item !== null && _item.id.clock >= (beforeState.get(_item.id.client) ?? 0)

function* itemsFrom(doc: Y.Doc, client: number, from: number, to = Number.POSITIVE_INFINITY): Generator<Y.Item> {
  const structs = doc.store.clients.get(client)
  if (!structs || Y.getState(doc.store, client) <= from) return
  for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
    const item = structs[index]
    if (!item || item.id.clock >= to) return
    if (item instanceof Y.Item) yield item
  }
}

/** The values that a client's new marks have in a text, in the order in which they were written. */
function* marksBy(doc: Y.Doc, client: number, text: Y.XmlText, { beforeState }: Y.Transaction): Generator<number> {
  for (const item of itemsFrom(doc, client, beforeState.get(client) ?? 0)) {
    if (isMark(item) && item.parent === text) yield bitsOf(propsOf(item))
  }
}

function* runsOf(text: Y.XmlText, { beforeState, deleteSet }: Y.Transaction): Generator<Run> {
  let before: Props = {}
  let after: Props = {}
  for (let item = text._start; item; item = item.right) {
    const { client, clock } = item.id
    const isThere = !item.deleted
    const wasThere = clock < (beforeState.get(client) ?? 0) && (isThere || Y.isDeleted(deleteSet, item.id))
    if (isMark(item)) {
      if (wasThere) before = propsOf(item)
      if (isThere) after = propsOf(item)
    } else if (item.content instanceof Y.ContentString && (wasThere || isThere)) {
      yield {
        client,
        clock,
        length: item.length,
        before: wasThere ? bitsOf(before) : null,
        after: isThere ? after : null,
      }
    }
  }
}

/** Gives one unit the bits of `value` under `mask`; what else is known of it stays. */
function restore(text: Y.XmlText, unit: Unit, mask: number, value: number): void {
  let index = 0
  let props: Props = {}
  for (let item = text._start; item; item = item.right) {
    if (item.deleted) continue
    if (isMark(item)) props = propsOf(item)
    const { client, clock } = item.id
    if (client === unit.client && clock <= unit.clock && unit.clock < clock + item.length) {
      const { __format, ...others } = props
      const bits = ((typeof __format === 'number' ? __format : 0) & ~mask) | value
      const merged = bits === 0 ? others : { ...others, __format: bits }
      text.format(index + unit.clock - clock, 1, { p: Object.keys(merged).length === 0 ? null : merged })
      return
    }
    if (item.countable) index += item.length
  }
}
