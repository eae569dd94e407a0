import { fileNameKey, filesNamedIn } from '../core/note/file-mentions.ts'
import type { Database } from './database.ts'

/** So many notes of 4.5 KB take about 40 ms with 2,000 names: other questions come in between. */
const PAGE = 100

type Question = { readonly names: readonly string[]; readonly after: number }
type Answer = { named: string[]; next: number | null }

/** Names that occur in a page of notes, their text and their properties. A name that cannot be searched for does. */
export function filesNamed(db: Database, { names, after }: Question): Answer {
  const byKey = new Map<string, string[]>()
  const named: string[] = []
  for (const name of names) {
    const key = fileNameKey(name)
    if (key === null) named.push(name)
    else byKey.set(key, [...(byKey.get(key) ?? []), name])
  }
  const keys = new Set(byKey.keys())
  const rows = db.all<{ n: number; text: string }>(
    `SELECT n, properties || char(10) || body AS text FROM texts WHERE n > ? ORDER BY n LIMIT ${PAGE}`,
    after,
  )
  for (const { text } of rows) {
    for (const key of filesNamedIn(text, keys)) {
      keys.delete(key)
      named.push(...(byKey.get(key) ?? []))
    }
  }
  return { named, next: rows.length < PAGE ? null : (rows.at(-1)?.n ?? null) }
}
