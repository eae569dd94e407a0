import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Doc } from 'yjs'
import { type LogEntry, readEntry } from '../../core/commitment/entry.ts'
import { statusOf } from '../../core/commitment/status.ts'
import { composeLog, logBlocks } from '../../core/markdown/log-compose.ts'
import { type LogReading, readLogSection } from '../../core/markdown/log-read.ts'
import { findLog, isLogHeading, type LogSection, withoutLog } from '../../core/markdown/log-section.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta, Property, PropertyValue } from '../../core/note/note.ts'
import { type Pin, readPin } from '../../core/trail/pin.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { readLog } from '../../crdt/note-log.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { sha256Hex } from './hash.ts'

/** A log between a note's doc and its file (core/commitment/SPEC.md, G7 to G13). */
const hash = (text: string): string => sha256Hex(utf8ToBytes(text))

/** What a file's log says that `known` has not; `beside`: of `.throughline/log.json`. */
export const readFileLog = (
  section: LogSection | null,
  known: readonly LogEntry[],
  beside: readonly LogEntry[],
): LogReading => readLogSection(section, known, beside, hash)

/**
 * The log of a note that was taken in by a version that read none (G12): the text without it, and its entries, the
 * same on every device. null where the note has a log of its own, or nothing that would be read as one.
 */
export function adoptableLog(doc: Doc): { readonly tree: Tree; readonly entries: readonly LogEntry[] } | null {
  const tree = readTree(rootOf(doc))
  const section = readLog(doc).length > 0 ? null : findLog(tree, readMeta(doc).kind === 'commitment')
  return section && { tree: withoutLog(tree, section), entries: readFileLog(section, [], []).added }
}

/** What `.throughline/` has of one note, as it lies there. */
export type Beside = {
  readonly log: readonly LogEntry[]
  readonly pins: readonly Pin[]
  /** '' where the file's name says it. */
  readonly title: string
  /** What it was called before, for links that were written then. */
  readonly former: readonly string[]
}

/** Never fails: what is none of ours is left out. */
export function readBeside(text: string | undefined): Beside {
  const nothing: Beside = { log: [], pins: [], title: '', former: [] }
  if (text === undefined) return nothing
  try {
    const read: unknown = JSON.parse(text)
    const list = (key: string): unknown[] => {
      const value = typeof read === 'object' && read !== null ? (read as Record<string, unknown>)[key] : null
      return Array.isArray(value) ? value : []
    }
    const title = typeof read === 'object' && read !== null && 'title' in read ? read.title : ''
    return {
      title: typeof title === 'string' ? title : '',
      log: list('log').flatMap((value) => readEntry(value) ?? []),
      pins: list('pins').flatMap((value) => readPin(value) ?? []),
      former: list('former').filter((value) => typeof value === 'string'),
    }
  } catch {
    return nothing
  }
}

const STATUS = 'status'
type Facts = Pick<NoteMeta, 'properties'>

const statusIn = (properties: readonly Property[]): PropertyValue | undefined =>
  properties.find(({ key }) => key === STATUS)?.value

/** G13: a status that one of the logs says by itself is no property. */
export function withoutStatus<F extends Facts>(facts: F, ...logs: readonly (readonly LogEntry[])[]): F {
  const status = statusIn(facts.properties)
  if (status === undefined || !logs.some((log) => statusOf(log)?.status === status)) return facts
  return { ...facts, properties: facts.properties.filter(({ key }) => key !== STATUS) }
}

/** The facts to print: a status of their own goes before the log's, since somebody wrote it outside. */
export function withStatus<F extends Facts>(facts: F, log: readonly LogEntry[]): F {
  const status = log.length > 0 ? statusOf(log)?.status : undefined
  if (status === undefined || statusIn(facts.properties) !== undefined) return facts
  return { ...facts, properties: [{ key: STATUS, value: status }, ...facts.properties] }
}

/** Properties as they are compared: what is printed of a log stands anywhere among them. */
export const statusFirst = (properties: readonly Property[]): readonly Property[] => [
  ...properties.filter(({ key }) => key === STATUS),
  ...properties.filter(({ key }) => key !== STATUS),
]

/** A note's text with its log, for search and links. */
export const withLog = (tree: Tree, log: readonly LogEntry[]): Tree =>
  log.length === 0 ? tree : [...tree, ...logBlocks(log)]

/** Whether anything of a log can be in the note's file. */
export const mayHaveLog = (log: readonly LogEntry[], ...trees: readonly (Tree | null)[]): boolean =>
  log.length > 0 || trees.some((tree) => tree?.some(isLogHeading))

export const composeNote = (parts: Omit<Parameters<typeof composeLog>[0], 'hash'>) => composeLog({ ...parts, hash })
