import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Doc } from 'yjs'
import { compareDays, isDay } from '../../core/base/calendar-day.ts'
import { entryDay, type LogEntry, readEntry } from '../../core/commitment/entry.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
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
const NEXT = 'next_review'
/** What a log says by itself (G13). */
export const FOLDED: readonly string[] = [STATUS, NEXT]
type Facts = Pick<NoteMeta, 'properties'>

const factOf = (properties: readonly Property[], key: string): PropertyValue | undefined =>
  properties.find((property) => property.key === key)?.value

/**
 * The day of the next review, for the file: as the log has it and no clock, so that a file is the same on every day.
 * Only where Throughline wrote of one, '' else: a log that was typed has no line in its file that nobody typed.
 */
function nextReviewOf(properties: readonly Property[], log: readonly LogEntry[]): string {
  if (!log.some(({ details }) => Object.hasOwn(details, 'next'))) return ''
  const newest = log.map(entryDay).filter(isDay).sort(compareDays).at(-1)
  if (newest === undefined) return ''
  return readCommitment(readFacts(properties), log, newest).review?.on ?? ''
}

/** G13: a status or a next review that one of the logs says by itself is no property. */
export function withoutFolded<F extends Facts>(facts: F, ...logs: readonly (readonly LogEntry[])[]): F {
  const [status, next] = [factOf(facts.properties, STATUS), factOf(facts.properties, NEXT)]
  const isSaid = (key: string): boolean => {
    if (key === STATUS) return status !== undefined && logs.some((log) => statusOf(log)?.status === status)
    return key === NEXT && next !== undefined && logs.some((log) => nextReviewOf(facts.properties, log) === next)
  }
  if (!facts.properties.some(({ key }) => isSaid(key))) return facts
  return { ...facts, properties: facts.properties.filter(({ key }) => !isSaid(key)) }
}

/** The facts to print: a status or day of their own goes before the log's, since somebody wrote it outside. */
export function withFolded<F extends Facts>(facts: F, log: readonly LogEntry[]): F {
  if (log.length === 0) return facts
  let properties = facts.properties
  const next = factOf(properties, NEXT) === undefined ? nextReviewOf(properties, log) : ''
  if (next !== '') {
    const before = properties.findLastIndex(({ key }) => key === 'review_every' || key === 'due')
    properties = properties.toSpliced(before + 1, 0, { key: NEXT, value: next })
  }
  const status = factOf(properties, STATUS) === undefined ? statusOf(log)?.status : undefined
  if (status !== undefined) properties = [{ key: STATUS, value: status }, ...properties]
  return properties === facts.properties ? facts : { ...facts, properties }
}

/** A note's text with its log, for search and links. */
export const withLog = (tree: Tree, log: readonly LogEntry[]): Tree =>
  log.length === 0 ? tree : [...tree, ...logBlocks(log)]

/** Whether anything of a log can be in the note's file. */
export const mayHaveLog = (log: readonly LogEntry[], ...trees: readonly (Tree | null)[]): boolean =>
  log.length > 0 || trees.some((tree) => tree?.some(isLogHeading))

export const composeNote = (parts: Omit<Parameters<typeof composeLog>[0], 'hash'>) => composeLog({ ...parts, hash })
