import type { NoteId } from '../core/base/ids.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'
import { readQuery } from './match-query.ts'
import { type SnippetPiece, snippetPieces } from './snippet.ts'

export type SearchHit = { id: NoteId; title: string; path: string; kind: Kind; snippet: SnippetPiece[] }
type Row = { id: NoteId; title: string; path: string; kind: Kind; body: string; properties: string }

const SNIPPET_WORDS = 28
const FIELDS = `
  notes.id, notes.title, notes.path, notes.kind,
  snippet(words, 3, char(1), char(2), '…', ${SNIPPET_WORDS}) AS body,
  snippet(words, 2, char(1), char(2), '…', ${SNIPPET_WORDS}) AS properties`

// `ORDER BY rank` and nothing more: FTS5 then sorts by itself and makes a snippet only for rows that are returned.
const RANKED = `SELECT ${FIELDS} FROM words JOIN notes ON notes.n = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT ? OFFSET ?`
const COUNT = 'SELECT count(*) FROM words WHERE words MATCH ?'
/** FTS5 has no expression for "everything but". */
const ALL_BUT = 'FROM notes WHERE n NOT IN (SELECT rowid FROM words WHERE words MATCH ?)'

/**
 * Full text over titles, aliases, properties and text. `total` is exact whatever the limit.
 * Ranked by bm25, titles and aliases first; a query of -not alone is newest first.
 */
export function search(
  db: Database,
  { query, limit, offset = 0, prefix = false }: { query: string; limit: number; offset?: number; prefix?: boolean },
): { total: number; hits: SearchHit[] } {
  const { wanted, unwanted } = readQuery(query, prefix)
  if (wanted === null && unwanted === null) return { total: 0, hits: [] }
  if (wanted === null) {
    const rows = db.all<Omit<SearchHit, 'snippet'>>(
      `SELECT id, title, path, kind ${ALL_BUT} ORDER BY updated DESC, path LIMIT ? OFFSET ?`,
      unwanted,
      limit,
      offset,
    )
    return {
      total: db.number(`SELECT count(*) ${ALL_BUT}`, unwanted),
      hits: rows.map((row) => ({ ...row, snippet: [] })),
    }
  }
  const expression = unwanted === null ? wanted : `(${wanted}) NOT (${unwanted})`
  const total = db.number(COUNT, expression)
  const rows = total > offset && limit > 0 ? db.all<Row>(RANKED, expression, limit, offset) : []
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
