import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Doc } from 'yjs'
import { changedDrafts, type EntryDraft } from '../core/commitment/acts.ts'
import { withdrawnIds } from '../core/commitment/details.ts'
import type { LogEntry } from '../core/commitment/entry.ts'
import { headsOf, Seen as Sight } from '../core/commitment/order.ts'
import type { Property, PropertyValue } from '../core/note/note.ts'
import { logOf, metaOf, readMeta } from '../crdt/note-doc.ts'
import { appendEntries, bareWithText, readLog, removeEntryText } from '../crdt/note-log.ts'
import { LOCAL } from '../crdt/origins.ts'
import { sha256Hex } from './convert/hash.ts'
import { type Signed, writeEntry } from './log-writing.ts'

type Seen = { readonly log: ReadonlyMap<string, LogEntry>; readonly properties: readonly Property[] }

/** What a doc says of its log and facts, to compare it with later. */
export const seenIn = (doc: Doc): Seen => ({
  log: new Map(readLog(doc).map((entry) => [entry.id, entry])),
  properties: readMeta(doc).properties,
})

/**
 * Watches a note's doc while it is in use, whoever writes to it: an entry that goes from its log is appended again by
 * its id, and a fact of an opened commitment that changes gets an entry with what it was (SPEC.md, A2 and A3).
 * @param at the time of an entry, as in a log
 */
export function guardLog(doc: Doc, at: () => string): void {
  let seen = seenIn(doc)
  doc.on('afterTransaction', (transaction) => {
    const isLog = transaction.changed.has(logOf(doc) as never)
    if (!isLog && !transaction.changedParentTypes.has(metaOf(doc) as never)) return
    const before = seen
    seen = seenIn(doc)
    const left = isLog ? leftOf(doc) : []
    const gone = [...before.log.values()].filter(({ id }) => !seen.log.has(id))
    if (gone.length === 0 && left.length === 0 && changesOf(before, seen).length === 0) return
    doc.transact(() => {
      appendEntries(doc, gone, LOCAL)
      for (const id of left) removeEntryText(doc, id, LOCAL)
      logChanges(doc, before, { author: '', at: at() })
    }, LOCAL)
    seen = seenIn(doc)
  })
}

/** Withdrawn entries whose words a peer who had not heard of it brought back, beside the copy without text (A5). */
function leftOf(doc: Doc): readonly string[] {
  const withdrawn = withdrawnIds(readLog(doc))
  return withdrawn.size === 0 ? [] : bareWithText(doc).filter((id) => withdrawn.has(id))
}

/** An entry for each fact of an opened commitment that is another than before. In the caller's transaction. */
export function logChanges(doc: Doc, before: Seen, signed: Signed): void {
  for (const draft of changesOf(before, seenIn(doc))) {
    const said = JSON.stringify([draft.details, headsOf(readLog(doc))])
    // Two devices that take in one changed file have one entry of it.
    writeEntry(doc, { id: `log-${sha256Hex(utf8ToBytes(said)).slice(0, 16)}`, ...draft }, signed)
  }
}

const isOpened = ({ log }: Seen): boolean => [...log.values()].some(({ type }) => type === 'opened')

/** Without what the log says already: an entry that came with the change, or from a peer that made it. */
const changesOf = (before: Seen, now: Seen): readonly EntryDraft[] =>
  isOpened(before)
    ? changedDrafts(before.properties, now.properties).filter(({ details: { key, to } }) => !isLastSaid(now, key, to))
    : []

/** Of changes that did not see each other, a merge keeps one: each of them says already what it may have kept. */
function isLastSaid({ log }: Seen, key: PropertyValue | undefined, to: PropertyValue | undefined): boolean {
  const entries = [...log.values()]
  const said = entries.filter(({ type, details }) => type === 'changed' && details.key === key)
  return new Sight(entries).lastAmong(said).some(({ details }) => details.to === to)
}
