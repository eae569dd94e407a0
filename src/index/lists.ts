import type { NoteId } from '../core/base/ids.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'

export type ListRow = { id: NoteId; title: string; path: string; kind: Kind; updated: number }

/** Notes by title, of one kind or tag where asked for. A tag holds the tags nested in it. */
export function listNotes(db: Database, { kind, tag }: { kind?: Kind; tag?: string }): ListRow[] {
  const key = tag === undefined ? null : tagKey(tag)
  return db.list<ListRow>(
    `SELECT id, title, path, kind, updated FROM notes
     WHERE (?1 IS NULL OR kind = ?1)
       AND (?2 IS NULL OR n IN (SELECT n FROM tags WHERE key = ?2 OR (key >= ?2 || '/' AND key < ?2 || '0')))
     ORDER BY title COLLATE NOCASE, path`,
    kind ?? null,
    key,
  )
}

/** Tags differ by more than case. */
export const tagKey = (tag: string): string => tag.replace(/^#/, '').normalize('NFC').toLowerCase()

export function listTags(db: Database): { tag: string; notes: number }[] {
  return db.list('SELECT min(tag) AS tag, count(*) AS notes FROM tags GROUP BY key ORDER BY key')
}

export function listHashes(db: Database): { id: NoteId; docHash: string }[] {
  return db.list('SELECT id, doc_hash AS docHash FROM notes ORDER BY id')
}

export const countNotes = (db: Database): number => db.number('SELECT count(*) FROM notes')
