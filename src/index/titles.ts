import type { NoteId } from '../core/base/ids.ts'
import { linkKey } from '../core/link/wikilink.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'
import { quote, wordsOf } from './match-query.ts'
import { ALIAS, TITLE } from './schema.ts'
import { allowedTypos, nearestDistance } from './spelling.ts'

export type TitleHit = { id: NoteId; title: string; path: string; kind: Kind; alias: string | null; updated: number }
type Row = {
  n: number
  id: NoteId
  title: string
  path: string
  kind: Kind
  updated: number
  key: string
  shown: string
}

const FIELDS = 'notes.n, notes.id, notes.title, path, kind, updated'
/** Of one letter there may be thousands; nobody reads so far, and each costs a look at its note. */
const MOST_PREFIXES = 1000
const MOST_SPELLINGS = 60

/**
 * Notes for a few letters of their titles or aliases: names that begin so, then names with words that begin so,
 * then near spellings. `alias` is the name that matched where it is not the title. Newest first when empty.
 */
export function findTitles(db: Database, query: string, limit: number): TitleHit[] {
  const key = linkKey(query)
  if (key === '') return recent(db, limit)
  const found = new Map<number, TitleHit>()
  const add = (row: Row) => {
    if (found.size < limit && !found.has(row.n)) found.set(row.n, hitOf(row))
  }
  for (const row of byPrefix(db, key, Math.max(limit, 1))) add(row)
  if (found.size < limit) for (const row of byWords(db, query, limit)) add(row)
  if (found.size < limit) for (const row of bySpelling(db, key)) add(row)
  return [...found.values()]
}

function hitOf({ id, title, path, kind, updated, key, shown }: Row): TitleHit {
  return { id, title, path, kind, updated, alias: key === linkKey(title) ? null : shown }
}

function recent(db: Database, limit: number): TitleHit[] {
  const rows = db.all<Omit<TitleHit, 'alias'>>(
    'SELECT id, title, path, kind, updated FROM notes ORDER BY updated DESC, path LIMIT ?',
    limit,
  )
  return rows.map((row) => ({ ...row, alias: null }))
}

function byPrefix(db: Database, key: string, limit: number): Row[] {
  return db.all<Row>(
    `SELECT ${FIELDS}, key, shown FROM (
       SELECT n, key, shown, match FROM names
       WHERE key >= ?1 AND key < ?1 || char(0x10ffff) AND match IN (${TITLE}, ${ALIAS}) LIMIT ${MOST_PREFIXES}
     ) JOIN notes USING (n) ORDER BY key <> ?1, match, updated DESC, path LIMIT ?2`,
    key,
    // A note may match by its title and by several aliases.
    limit * 4,
  )
}

function byWords(db: Database, query: string, limit: number): Row[] {
  const words = wordsOf(query)
  const last = words.at(-1)
  // The index of prefixes begins at two letters.
  if (last === undefined || [...last].length < 2) return []
  const terms = words.map((word, index) => (index < words.length - 1 ? quote(word) : `${quote(word)} *`))
  const rows = db.all<Omit<Row, 'key' | 'shown'>>(
    `SELECT ${FIELDS} FROM words JOIN notes ON notes.n = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT ?`,
    `{title aliases} : (${terms.join(' AND ')})`,
    limit * 2,
  )
  return rows.map((row) => ({ ...row, ...nameWith(db, row.n, words) }))
}

/** Which of a note's names has the words, the title before its aliases. */
function nameWith(db: Database, n: number, words: readonly string[]): { key: string; shown: string } {
  const names = db.all<{ key: string; shown: string }>(
    `SELECT key, shown FROM names WHERE n = ? AND match IN (${TITLE}, ${ALIAS}) ORDER BY match`,
    n,
  )
  const wanted = words.map(fold)
  const has = ({ key }: { key: string }) => {
    const own = wordsOf(fold(key))
    return wanted.every((word) => own.some((other) => other.startsWith(word)))
  }
  return names.find(has) ?? names[0] ?? { key: '', shown: '' }
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function bySpelling(db: Database, key: string): Row[] {
  const letters = [...key]
  if (letters.length < 3) return []
  const trigrams = new Set<string>()
  for (let at = 0; at + 3 <= letters.length; at++) trigrams.add(quote(letters.slice(at, at + 3).join('')))
  const rows = db.all<Row>(
    `SELECT ${FIELDS}, key, shown FROM spellings
     JOIN names ON names.name_id = spellings.rowid JOIN notes ON notes.n = names.n
     WHERE spellings MATCH ? ORDER BY rank LIMIT ${MOST_SPELLINGS}`,
    [...trigrams].join(' OR '),
  )
  const allowed = allowedTypos(letters.length)
  return rows
    .map((row) => ({ row, distance: nearestDistance(key, row.key, allowed) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance || b.row.updated - a.row.updated)
    .map(({ row }) => row)
}
