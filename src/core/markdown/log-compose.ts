import type { LogEntry } from '../commitment/entry.ts'
import { orderLog } from '../commitment/order.ts'
import { sameBlocks } from './equal.ts'
import { itemOf, saysEntry } from './log-item.ts'
import { type Hash, isNewestFirst, readItems } from './log-read.ts'
import { findLog, type LogSection, withoutLog } from './log-section.ts'
import { normalizeTree } from './normalize.ts'
import { type Block, EMPTY_TREE, type ListItem, type Tree } from './tree.ts'

const HEADING: Block = { type: 'heading', level: 2, children: [{ type: 'text', text: 'Log', marks: 0 }] }

/** The section of a log that came from nowhere. */
export function logBlocks(log: readonly LogEntry[]): readonly Block[] {
  const items = orderLog(log).map(itemOf)
  return items.length === 0 ? [HEADING] : [HEADING, { type: 'list', style: 'bullet', start: 1, items }]
}

export type LogToCompose = {
  readonly tree: Tree
  readonly log: readonly LogEntry[]
  /** The blocks of the note's last outside text; null where there is none. */
  readonly source: Tree | null
  /** Whether the file says that it is a commitment, and whether its source said so. */
  readonly saysCommitment: boolean
  readonly saidCommitment: boolean
  readonly hash: Hash
}

/**
 * The blocks of a note's file: its text and its log (commitment/SPEC.md, G12). `same`: read again, they are the same
 * text and the same log. A function of what is given and of nothing else: equal docs give equal files.
 */
export function composeLog(parts: LogToCompose): { readonly blocks: Tree; readonly same: boolean } {
  const { tree, log, source, saysCommitment, saidCommitment, hash } = parts
  const former = source ? findLog(source, saidCommitment) : null
  if (log.length === 0 && !former && findLog(tree, saysCommitment) === null) return { blocks: tree, same: true }
  // Taken in by a version that read no logs: its list is text, until the first entry is written (G12).
  if (log.length === 0 && former?.list && findLog(tree, saysCommitment) !== null) return { blocks: tree, same: true }
  const body = sameBlocks(tree, EMPTY_TREE) ? [] : tree
  const text = normalizeTree(tree)
  const at = source && former ? placeOf(body, source, former) : body.length
  let first: Tree | null = null
  // An item that was typed without an id is known by its words: where its twin was withdrawn, each says its own.
  for (const items of former ? [former, null] : [null]) {
    const list = listOf(log, items, hash)
    const section = list ? [HEADING, list] : [HEADING]
    // Where its place would make something else of it, the log is the end of the note, or its beginning.
    for (const place of new Set([at, body.length, 0])) {
      const blocks = [...body.slice(0, place), ...section, ...body.slice(place)]
      first ??= blocks
      if (readsAs(blocks, text, log, saysCommitment, hash)) return { blocks, same: true }
    }
  }
  return { blocks: first ?? tree, same: false }
}

function readsAs(blocks: Tree, text: Tree, log: readonly LogEntry[], saysCommitment: boolean, hash: Hash): boolean {
  const read = normalizeTree(blocks)
  const section = findLog(read, saysCommitment)
  if (!section || !sameBlocks(withoutLog(read, section), text)) return false
  const items = new Map(readItems(section, hash).map(({ id, says }) => [id, says]))
  return items.size === log.length && log.every((entry) => saysEntry(items.get(entry.id) ?? NOTHING, entry))
}

const NOTHING = { id: '', type: '', at: '', author: '', text: '', isDated: false }

/** Items as the source has them, while they say what the log says; each other one beside the one that it follows. */
function listOf(log: readonly LogEntry[], former: LogSection | null, hash: Hash): Block | null {
  const ordered = orderLog(log)
  const byId = new Map(ordered.map((entry) => [entry.id, entry]))
  const read = former ? readItems(former, hash) : []
  let isSame = true
  const placed: { id: string; item: ListItem }[] = []
  for (const { id, item, says } of read) {
    const entry = byId.get(id)
    const kept = entry !== undefined && saysEntry(says, entry)
    if (!kept) isSame = false
    // A second item of one entry stays while it says the same.
    if (entry && (kept || !placed.some((other) => other.id === id)))
      placed.push({ id, item: kept ? item : itemOf(entry) })
  }
  const before = isNewestFirst(read)
  let last = ''
  for (const entry of ordered) {
    if (!placed.some(({ id }) => id === entry.id)) {
      isSame = false
      const at = placed.findLastIndex(({ id }) => id === last)
      const first = before ? placed.length : 0
      placed.splice(at < 0 ? first : before ? at : at + 1, 0, { id: entry.id, item: itemOf(entry) })
    }
    last = entry.id
  }
  if (former && isSame) return former.list
  return placed.length === 0 ? null : { type: 'list', style: 'bullet', start: 1, items: placed.map(({ item }) => item) }
}

/** Behind the block that the log stood behind, else before the one that it stood before, else at the end. */
function placeOf(body: Tree, source: Tree, section: LogSection): number {
  const after = section.at + (section.list === null ? 1 : 2)
  if (after >= source.length) return body.length
  const find = (block: Block | undefined) => (block ? body.findLastIndex((own) => sameBlocks([own], [block])) : -1)
  if (section.at === 0) return 0
  const above = find(source[section.at - 1])
  if (above >= 0) return above + 1
  const below = find(source[after])
  return below >= 0 ? below : body.length
}
