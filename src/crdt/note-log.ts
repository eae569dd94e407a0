import type * as Y from 'yjs'
import { type LogEntry, readEntry } from '../core/commitment/entry.ts'
import { orderLog } from '../core/commitment/order.ts'
import { jsonOf } from './json.ts'
import { logOf } from './note-doc.ts'

/**
 * The log of a note: an array of plain entries at the root of the doc (D9). A type at the root is made by nobody,
 * so two peers who write the first entry of an old or imported note both keep theirs.
 */
export const readLog = (doc: Y.Doc): readonly LogEntry[] =>
  orderLog(
    logOf(doc)
      .toArray()
      .flatMap((value) => readEntry(jsonOf(value)) ?? []),
  )

/** Appends those that are not there yet, in one transaction; answers how many. In the caller's, where there is one. */
export function appendEntries(doc: Y.Doc, entries: readonly LogEntry[], origin: unknown): number {
  const known = new Set(readLog(doc).map(({ id }) => id))
  const fresh = entries.filter(({ id }) => !known.has(id) && known.add(id))
  if (fresh.length > 0) doc.transact(() => logOf(doc).push([...fresh]), origin)
  return fresh.length
}

/**
 * Takes an entry's text out of the doc: the item goes, and a copy without text stands in its place under the same id
 * (G4), which a peer that still has the full one takes over. In the caller's transaction. false: there is no such entry.
 */
export function removeEntryText(doc: Y.Doc, id: string, origin: unknown): boolean {
  const entry = readLog(doc).find((each) => each.id === id)
  if (!entry) return false
  const log = logOf(doc)
  doc.transact(() => {
    for (let at = log.length - 1; at >= 0; at--) {
      const item = readEntry(jsonOf(log.get(at)))
      if (item?.id === id && item.text !== '') log.delete(at)
    }
    if (entry.text !== '') log.push([{ ...entry, text: '' }])
  }, origin)
  return true
}

/** Ids that stand in the doc with and without text: what was withdrawn here came back from somebody who still had it. */
export function bareWithText(doc: Y.Doc): readonly string[] {
  const entries = logOf(doc)
    .toArray()
    .flatMap((value) => readEntry(jsonOf(value)) ?? [])
  const bare = new Set(entries.flatMap(({ id, text }) => (text === '' ? [id] : [])))
  return [...new Set(entries.flatMap(({ id, text }) => (text !== '' && bare.has(id) ? [id] : [])))]
}
