import type { NoteId } from '../core/base/ids.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'
import { DEPENDENTS } from './leans.ts'

export type Dependent = { id: NoteId; title: string; path: string; kind: Kind; depth: number; relation: string }

/** What rests on a note, directly or not, the nearest first, then by title; circles end. */
export function blastRadius(
  db: Database,
  { id, limit }: { id: NoteId; limit?: number | undefined },
): { total: number; items: Dependent[] } {
  const first = db.get<{ n: number }>('SELECT n FROM notes WHERE id = ?', id)
  if (!first) return { total: 0, items: [] }
  const found = new Map<number, { depth: number; relation: string }>([[first.n, { depth: 0, relation: '' }]])
  let edge = [first.n]
  for (let depth = 1; edge.length > 0; depth++) {
    const rows = db.all<{ n: number; relation: string }>(DEPENDENTS, JSON.stringify(edge))
    const words = new Map<number, string[]>()
    for (const { n, relation } of rows) {
      if (found.has(n)) continue
      words.set(n, [...(words.get(n) ?? []), relation])
    }
    for (const [n, own] of words) found.set(n, { depth, relation: own.sort()[0] ?? '' })
    edge = [...words.keys()]
  }
  found.delete(first.n)
  type Row = Omit<Dependent, 'depth' | 'relation'> & { n: number }
  const rows = db.list<Row>(
    `SELECT n, id, title, path, kind FROM notes WHERE n IN (SELECT value FROM json_each(?))
     ORDER BY title COLLATE NOCASE, path, id`,
    JSON.stringify([...found.keys()]),
  )
  const items = rows.flatMap(({ n, ...row }) => {
    const own = found.get(n)
    return own ? [{ ...row, ...own }] : []
  })
  items.sort((a, b) => a.depth - b.depth)
  return { total: items.length, items: limit === undefined ? items : items.slice(0, limit) }
}
