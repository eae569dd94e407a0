import type { NoteId } from '../core/base/ids.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'
import { takeFilters } from './filters.ts'
import { readQuery } from './match-query.ts'
import { type SnippetPiece, snippetPieces } from './snippet.ts'

export type SearchHit = { id: NoteId; title: string; path: string; kind: Kind; snippet: SnippetPiece[] }
type Row = { id: NoteId; title: string; path: string; kind: Kind; body: string; properties: string }

const SNIPPET_WORDS = 28
const FIELDS = `
  notes.id, notes.title, notes.path, notes.kind,
  snippet(words, 3, char(1), char(2), '…', ${SNIPPET_WORDS}) AS body,
  snippet(words, 2, char(1), char(2), '…', ${SNIPPET_WORDS}) AS properties`

/** FTS5 has no expression for "everything but". */
const ALL_BUT = 'n NOT IN (SELECT rowid FROM words WHERE words MATCH ?)'

type Asked = { readonly query: string; readonly limit: number; readonly offset?: number; readonly prefix?: boolean }

/**
 * Full text over titles, aliases, properties and text, of notes with the facts that are asked for. `total` is exact
 * whatever the limit. Ranked by bm25, titles and aliases first; a query without a word to find is newest first.
 */
export function search(
  db: Database,
  { query, limit, offset = 0, prefix = false }: Asked,
): { total: number; hits: SearchHit[] } {
  const { rest, filters } = takeFilters(query)
  const { wanted, unwanted } = readQuery(rest, prefix)
  const values = filters.flatMap((filter) => filter.values)
  if (wanted === null) {
    if (unwanted === null && filters.length === 0) return { total: 0, hits: [] }
    const all = [...filters.map(({ sql }) => sql), ...(unwanted === null ? [] : [ALL_BUT])].join(' AND ')
    const asked = unwanted === null ? values : [...values, unwanted]
    const rows = db.all<Omit<SearchHit, 'snippet'>>(
      `SELECT id, title, path, kind FROM notes WHERE ${all} ORDER BY updated DESC, path LIMIT ? OFFSET ?`,
      ...asked,
      limit,
      offset,
    )
    return {
      total: db.number(`SELECT count(*) FROM notes WHERE ${all}`, ...asked),
      hits: rows.map((row) => ({ ...row, snippet: [] })),
    }
  }
  const expression = unwanted === null ? wanted : `(${wanted}) NOT (${unwanted})`
  const and = filters.map(({ sql }) => ` AND ${sql}`).join('')
  const from = filters.length === 0 ? 'words' : 'words JOIN notes ON notes.n = words.rowid'
  const total = db.number(`SELECT count(*) FROM ${from} WHERE words MATCH ?${and}`, expression, ...values)
  // `ORDER BY rank` and nothing more: FTS5 then sorts by itself and makes a snippet only for rows that are returned.
  const ranked = `SELECT ${FIELDS} FROM words JOIN notes ON notes.n = words.rowid WHERE words MATCH ?${and}
    ORDER BY rank LIMIT ? OFFSET ?`
  const rows = total > offset && limit > 0 ? db.all<Row>(ranked, expression, ...values, limit, offset) : []
  return {
    total,
    hits: rows.map(({ body, properties, ...note }) => ({ ...note, snippet: pickSnippet(body, properties) })),
  }
}

/** The text's own words; the properties only where nothing else was found. */
function pickSnippet(body: string, properties: string): SnippetPiece[] {
  const own = snippetPieces(body)
  if (own.some(({ hit }) => hit)) return own
  const other = snippetPieces(properties)
  return other.some(({ hit }) => hit) ? other : own
}
