import type { PropertyValue } from '../note/note.ts'

/** What an entry of a commitment's log may say (PRODUCT, "Commitments"). A newer version may have others. */
export const ENTRY_TYPES: readonly string[] = [
  ...['opened', 'saw', 'evidence', 'review', 'proceed', 'pivot', 'parked', 'kept', 'dropped', 'changed', 'withdrawn'],
  ...['invited', 'accepted', 'declined'],
]

/**
 * One line of an append-only log (SPEC.md, G1). Plain data: it is stored, sent and exported as it is, and no
 * entry is ever changed.
 */
export type LogEntry = {
  /** Unique within the note, and the block id of its item in Markdown: letters, digits and `-`. */
  readonly id: string
  /** One of ENTRY_TYPES, or the word of a newer version. */
  readonly type: string
  /** A calendar date, or an ISO 8601 time with its offset; '' where it is not known. For labels, never for order. */
  readonly at: string
  /** The person's name as it was when this was written; '' where it is not known. */
  readonly author: string
  /** Which computer wrote it; '' where it is not known. */
  readonly device: string
  /** Inline Markdown without blank lines, in normal form (core/markdown/log-item.ts). */
  readonly text: string
  /** Ids of the entries that its writer saw, without those that these name: order and status follow them. */
  readonly sees: readonly string[]
  /** What a type needs beside its words, such as the value that a `changed` replaced. */
  readonly details: Readonly<Record<string, PropertyValue>>
}

/** Letters, digits and `-`, as block ids are everywhere. */
const ENTRY_ID = /^[A-Za-z0-9-]{1,80}$/
const ENTRY_TYPE = /^[a-z][a-z_-]{0,39}$/
const DAY = /^\d{4}-\d{2}-\d{2}(?:T[0-9:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/

const isEntryId = (text: string): boolean => ENTRY_ID.test(text)
export const isEntryType = (text: string): boolean => ENTRY_TYPE.test(text)
const isEntryTime = (text: string): boolean => text === '' || DAY.test(text)

/** The day of an entry as its writer had it, by the writer's own calendar; '' where it is not known. */
export const entryDay = ({ at }: Pick<LogEntry, 'at'>): string => at.slice(0, 10)

/** A value that a peer or a file gave, with keys in their one order; null where it is no entry (G2). */
export function readEntry(value: unknown): LogEntry | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const given = value as Record<string, unknown>
  const text = (key: string) => (typeof given[key] === 'string' ? (given[key] as string) : '')
  if (!isEntryId(text('id')) || !isEntryType(text('type'))) return null
  const { details, sees } = given
  const isMap = typeof details === 'object' && details !== null && !Array.isArray(details)
  return {
    id: text('id'),
    type: text('type'),
    at: isEntryTime(text('at')) ? text('at') : '',
    author: text('author'),
    device: text('device'),
    text: text('text'),
    sees: Array.isArray(sees) ? sees.filter((id) => typeof id === 'string' && isEntryId(id)) : [],
    details: isMap ? (details as Record<string, PropertyValue>) : {},
  }
}
