import type { NoteId } from '../core/base/ids.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'
import { quote, wordsOf } from './match-query.ts'
import { ALIAS, TITLE } from './schema.ts'
import { HIT_END, HIT_START } from './snippet.ts'

type Hit = { id: NoteId; title: string; path: string; kind: Kind }
export type Mention = Hit & { context: string; start: number; end: number }

/** Shorter names are words of every sentence. */
const SHORTEST_NAME = 3
/** Sources that are looked into, the best matches first. A title such as "The" would otherwise read the vault. */
const MOST_SOURCES = 1000
const MOST_CONTEXT = 240

/**
 * Places in other notes' text where a title or alias stands outside any link, the first one of each note.
 * `total` counts notes; it is exact up to MOST_SOURCES notes that contain the words.
 */
export function unlinkedMentions(db: Database, id: NoteId, limit: number): { total: number; items: Mention[] } {
  const names = db.all<{ shown: string }>(
    `SELECT shown FROM names JOIN notes USING (n) WHERE notes.id = ? AND match IN (${TITLE}, ${ALIAS})`,
    id,
  )
  const phrases = names.filter(({ shown }) => [...wordsOf(shown).join('')].length >= SHORTEST_NAME)
  if (phrases.length === 0) return { total: 0, items: [] }
  const rows = db.all<Hit & { marked: string }>(
    `SELECT notes.id, notes.title, path, kind, highlight(words, 3, char(1), char(2)) AS marked
     FROM words JOIN notes ON notes.n = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT ${MOST_SOURCES}`,
    `{body} : (${phrases.map(({ shown }) => quote(shown)).join(' OR ')})`,
  )
  const items: Mention[] = []
  let total = 0
  for (const { marked, ...source } of rows) {
    if (source.id === id) continue
    const place = firstOutsideLinks(marked)
    if (!place) continue
    total++
    if (items.length < limit) items.push({ ...source, ...place })
  }
  return { total, items }
}

/** Wikilinks and embeds, links with a text, addresses, code, tags: nothing of it can become a link in its place. */
const TAKEN = /!?\[\[[^\]\n]*\]\]|!?\[[^\]\n]*\]\([^)\n]*\)|\bhttps?:\S+|```[\s\S]*?(?:```|$)|`[^`\n]*`|(?<=^|\s)#\S+/g

/** The first marked place outside links, with its sentence; null where every place is inside one. */
export function firstOutsideLinks(marked: string): { context: string; start: number; end: number } | null {
  const taken = [...marked.matchAll(TAKEN)].map((match) => ({ from: match.index, to: match.index + match[0].length }))
  for (let from = marked.indexOf(HIT_START); from >= 0; from = marked.indexOf(HIT_START, from + 1)) {
    const to = marked.indexOf(HIT_END, from)
    if (to < 0) return null
    // A hit that reaches over the edge of a link is of that link, too.
    if (taken.some((span) => span.from < to && from < span.to)) continue
    return sentence(marked, from, to)
  }
  return null
}

function sentence(marked: string, from: number, to: number): { context: string; start: number; end: number } {
  const before = unmark(marked.slice(0, from))
  const hit = unmark(marked.slice(from, to))
  const after = unmark(marked.slice(to))
  const room = Math.max(0, MOST_CONTEXT - hit.length) / 2
  const opening = Math.max(before.lastIndexOf('\n') + 1, lastStop(before), before.length - room)
  const stop = after.search(/[.!?…](?=\s|$)|\n/)
  const closing = Math.min(stop < 0 ? after.length : stop + 1, room)
  const lead = trimStart(before.slice(wordStart(before, opening)))
  return { context: lead + hit + after.slice(0, closing).trimEnd(), start: lead.length, end: lead.length + hit.length }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the hit signs
const unmark = (text: string): string => text.replace(/[\u0001\u0002]/g, '')

/** White space and the signs that make a line a list item, a quote or a heading. */
const trimStart = (text: string): string => text.replace(/^\s*(?:(?:>|#{1,6}|[-*+]|\d+[.)])\s+(?:\[.\]\s+)?)*/, '')

function lastStop(text: string): number {
  let last = 0
  for (const match of text.matchAll(/[.!?…]\s+/g)) last = match.index + match[0].length
  return last
}

/** Moves a cut in the middle of a word to the word's end. */
function wordStart(text: string, at: number): number {
  const cut = Math.ceil(at)
  if (cut === 0 || /\s/.test(text[cut - 1] ?? '')) return cut
  const space = text.slice(cut).search(/\s/)
  return space < 0 ? cut : cut + space
}
