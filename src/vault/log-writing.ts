import type { Doc } from 'yjs'
import { ENTRY_TYPES, isEntryType, type LogEntry } from '../core/commitment/entry.ts'
import { headsOf } from '../core/commitment/order.ts'
import { entryText } from '../core/markdown/log-item.ts'
import { readMeta, rootOf, updateMeta } from '../crdt/note-doc.ts'
import { appendEntries, readLog } from '../crdt/note-log.ts'
import { LOCAL } from '../crdt/origins.ts'
import { replaceTree } from '../editor/convert/replace-tree.ts'
import { CallError } from '../ipc/rpc.ts'
import { adoptableLog, FOLDED } from './convert/note-log.ts'

/** Whose entry it is, and when it is written. */
export type Signed = { readonly author: string; readonly at: string }
export type ToWrite = Pick<LogEntry, 'type' | 'text' | 'details'> & { readonly id: string }

/** The log of a note, also where a version took it in as text (G12). */
export const logIn = (doc: Doc): readonly LogEntry[] => adoptableLog(doc)?.entries ?? readLog(doc)

/**
 * The log of a note. One that a version took in as text is taken over first (G12), in the caller's transaction.
 */
export function adoptLog(doc: Doc): readonly LogEntry[] {
  const adopted = adoptableLog(doc)
  if (adopted) {
    doc.transact(() => {
      replaceTree(rootOf(doc), adopted.tree)
      appendEntries(doc, adopted.entries, LOCAL)
    }, LOCAL)
  }
  return readLog(doc)
}

/**
 * Appends an entry that saw all of the log. In the caller's transaction, where there is one; not checked. A log that a
 * version took in as text is taken over first (G12); from here on the log speaks of what is folded of it (G13).
 */
export function writeEntry(doc: Doc, { id, type, text, details }: ToWrite, { author, at }: Signed): LogEntry {
  return doc.transact(() => {
    const sees = headsOf(adoptLog(doc))
    const entry: LogEntry = { id, type, at, author: author.trim(), device: '', text: entryText(text), sees, details }
    appendEntries(doc, [entry], LOCAL)
    // What the vault notes by itself takes no word of a person's away.
    if (type === 'changed') return entry
    const { properties } = readMeta(doc)
    updateMeta(doc, { properties: properties.filter(({ key }) => !FOLDED.includes(key)) }, LOCAL)
    return entry
  }, LOCAL)
}

/** Fails with `bad-type`, or `empty` where nothing is said. */
export function checkEntry(type: string, text: string): void {
  if (!isEntryType(type) || !ENTRY_TYPES.includes(type)) {
    throw new CallError('bad-type', `There is no entry of type “${type}”: ${ENTRY_TYPES.join(', ')}.`)
  }
  if (entryText(text) === '') {
    throw new CallError('empty', 'An entry of a log says something: this one is empty. Nothing was added.')
  }
}

const two = (part: number): string => String(part).padStart(2, '0')

/** ISO 8601 to the second, by this computer's clock and zone: the day that it begins with is the writer's own. */
export function localTime(time: Date): string {
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
  const offset = -time.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${day}T${clock}${zone}`
}
