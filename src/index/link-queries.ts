import type { NoteId } from '../core/base/ids.ts'
import { linkKey } from '../core/link/wikilink.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'

type Hit = { id: NoteId; title: string; path: string; kind: Kind }
export type Backlink = Hit & { relation: string; context: string; start: number; end: number }
export type Outlink = {
  target: string
  anchor: string
  relation: string
  id: NoteId | null
  title: string
  kind: Kind | null
  ambiguous: boolean
}

/** SPEC I6. The bare columns beside min() are of the row that has the minimum: SQLite promises that. */
export function backlinks(db: Database, id: NoteId): Backlink[] {
  return db
    .list<Backlink & { seq: number }>(
      `SELECT source.id, source.title, source.path, source.kind, relation, context, start, "end", min(seq) AS seq
       FROM links JOIN notes AS source USING (n)
       WHERE resolved = (SELECT n FROM notes WHERE id = ?1) AND source.id <> ?1
       GROUP BY links.n, relation
       ORDER BY source.updated DESC, source.path, seq`,
      id,
    )
    .map(({ seq: _, ...item }) => item)
}

/** Links to files that are no notes are left out: they are attachments. */
export function outlinks(db: Database, id: NoteId): Outlink[] {
  type Row = Omit<Outlink, 'ambiguous'> & { ambiguous: number }
  return db
    .all<Row>(
      `SELECT target, anchor, relation, found.id, coalesce(found.title, target) AS title, found.kind, ambiguous
       FROM links LEFT JOIN notes AS found ON found.n = links.resolved
       WHERE links.n = (SELECT n FROM notes WHERE id = ?) AND (resolved IS NOT NULL OR file = 0)
       ORDER BY seq`,
      id,
    )
    .map((row) => ({ ...row, ambiguous: row.ambiguous === 1 }))
}

/** How many notes, and how many commitments of them, lead to each place inside a note. */
export function anchorLinks(db: Database, id: NoteId): { anchor: string; notes: number; commitments: number }[] {
  return db.all(
    `SELECT min(anchor) AS anchor, count(DISTINCT n) AS notes,
       count(DISTINCT CASE WHEN source.kind = 'commitment' THEN n END) AS commitments
     FROM links JOIN notes AS source USING (n)
     WHERE resolved = (SELECT n FROM notes WHERE id = ?) AND anchor <> '' GROUP BY lower(anchor)`,
    id,
  )
}

/** Every way in which other notes, and the note itself, write a link that leads to it. */
export function linkSources(db: Database, id: NoteId): { source: NoteId; targets: string[] }[] {
  const sources = new Map<NoteId, string[]>()
  const rows = db.list<{ source: NoteId; target: string }>(
    `SELECT source.id AS source, target FROM links JOIN notes AS source USING (n)
     WHERE resolved = (SELECT n FROM notes WHERE id = ?) ORDER BY source.path, source.id, seq`,
    id,
  )
  for (const { source, target } of rows) {
    const targets = sources.get(source) ?? []
    targets.push(target)
    sources.set(source, targets)
  }
  return [...sources].map(([source, targets]) => ({ source, targets }))
}

const WAITING = 'resolved IS NULL AND file = 0'

/** Names that links wait for, those that most notes use first; as the first of them wrote it. */
export function unresolved(db: Database, limit: number): { total: number; items: { target: string; notes: number }[] } {
  const items = db.all<{ target: string; notes: number }>(
    `SELECT min(target) AS target, count(DISTINCT n) AS notes FROM links WHERE ${WAITING}
     GROUP BY key ORDER BY notes DESC, key LIMIT ?`,
    limit,
  )
  return { total: db.number(`SELECT count(DISTINCT key) FROM links WHERE ${WAITING}`), items }
}

export type Waiting = { links: number; notes: number; items: Backlink[] }

/** Links that lead nowhere and would lead to a note of one of these names (SPEC I6 for the sentences). */
export function waiting(db: Database, names: readonly string[], limit: number): Waiting {
  const keys = JSON.stringify([...new Set(names.map(linkKey))].filter((key) => key !== ''))
  const where = `resolved IS NULL AND key IN (SELECT value FROM json_each(?1))`
  const counts = db.get<{ links: number; notes: number }>(
    `SELECT count(*) AS links, count(DISTINCT n) AS notes FROM links WHERE ${where}`,
    keys,
  )
  const items = db.all<Backlink & { seq: number }>(
    `SELECT source.id, source.title, source.path, source.kind, relation, context, start, "end", min(seq) AS seq
     FROM links JOIN notes AS source USING (n) WHERE ${where}
     GROUP BY links.n ORDER BY source.updated DESC, source.path LIMIT ?2`,
    keys,
    limit,
  )
  return { links: 0, notes: 0, ...counts, items: items.map(({ seq: _, ...item }) => item) }
}

/** `unresolved` counts links here, not names. */
export function linkCounts(db: Database): { links: number; unresolved: number } {
  return {
    links: db.number('SELECT count(*) FROM links WHERE resolved IS NOT NULL OR file = 0'),
    unresolved: db.number(`SELECT count(*) FROM links WHERE ${WAITING}`),
  }
}

/** What is written with any of these verbs, whether its name has a note or not (SPEC I20). */
export function relationUse(db: Database, words: readonly string[]): { links: number; notes: number } {
  const counts = db.get<{ links: number; notes: number }>(
    `SELECT count(*) AS links, count(DISTINCT n) AS notes FROM links
     WHERE relation <> 'mentions' AND relation IN (SELECT value FROM json_each(?1))`,
    JSON.stringify(words),
  )
  return { links: 0, notes: 0, ...counts }
}
