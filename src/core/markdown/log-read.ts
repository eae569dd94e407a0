import type { LogEntry } from '../commitment/entry.ts'
import { headsOf } from '../commitment/order.ts'
import { type LogItem, readItem, saysEntry } from './log-item.ts'
import type { LogSection } from './log-section.ts'
import type { ListItem } from './tree.ts'

/** A hash as lower-case hexadecimal, at least 16 characters: `core` has none. */
export type Hash = (text: string) => string

export type ReadItem = { readonly item: ListItem; readonly says: LogItem; readonly id: string }

/**
 * The items of a log with the ids of the entries that they are: their own, or (G9) the hash of what they say. Equal
 * sections give equal ids, on every device.
 */
export function readItems({ items }: Pick<LogSection, 'items'>, hash: Hash): readonly ReadItem[] {
  const taken = new Map<string, string>()
  const said = new Map<string, number>()
  return items.map((item) => {
    const says = readItem(item)
    const words = JSON.stringify([says.at, says.type, says.author, says.text])
    if (says.id !== '' && (taken.get(says.id) ?? words) === words) {
      taken.set(says.id, words)
      return { item, says, id: says.id }
    }
    const times = said.get(words) ?? 0
    said.set(words, times + 1)
    return { item, says, id: `log-${hash(`${words}${times === 0 ? '' : times}`).slice(0, 16)}` }
  })
}

/** Whether a list begins with its newest item. */
export function isNewestFirst(read: readonly ReadItem[]): boolean {
  const days = read.map(({ says }) => says.at).filter((at) => at !== '')
  return (days[0] ?? '') > (days.at(-1) ?? '')
}

export type LogReading = {
  /** Not in `known`, in the order in which they are to be appended. */
  readonly added: readonly LogEntry[]
  /** Entries whose items say something else by now, and entries that have none (G10). */
  readonly altered: number
  readonly missing: number
}

/**
 * What a file's log adds to the entries that the note has. `completed`: entries of `.throughline/log.json`, for what
 * an item cannot say (G11).
 */
export function readLogSection(
  section: LogSection | null,
  known: readonly LogEntry[],
  completed: readonly LogEntry[],
  hash: Hash,
): LogReading {
  const items = section ? readItems(section, hash) : []
  const byId = new Map(known.map((entry) => [entry.id, entry]))
  const full = new Map(completed.map((entry) => [entry.id, entry]))
  const present = new Set(items.map(({ id }) => id))
  const seen: LogEntry[] = known.filter(({ id }) => present.has(id))
  const added: LogEntry[] = []
  let altered = 0
  for (const { id, says } of isNewestFirst(items) ? [...items].reverse() : items) {
    const own = byId.get(id)
    if (own) {
      if (!saysEntry(says, own)) altered += 1
      continue
    }
    const stored = full.get(id)
    const { type, at, author, text } = says
    const entry: LogEntry =
      stored && saysEntry(says, stored)
        ? stored
        : { id, type, at, author, device: '', text, sees: headsOf(seen), details: {} }
    byId.set(id, entry)
    seen.push(entry)
    added.push(entry)
  }
  return { added, altered, missing: known.filter(({ id }) => !present.has(id)).length }
}
