import { leanOf } from '../core/relation/dependence.ts'
import { DEFAULT_WORDS } from '../core/relation/words.ts'
import type { Database } from './database.ts'

type Written = { readonly word: string; readonly relation: string }

const WORDS = DEFAULT_WORDS.flatMap(({ word, inverse }) => [word, inverse])
const leaning = (end: string): Written[] =>
  WORDS.flatMap((word) => {
    const lean = leanOf({ from: 'source', to: 'target', word })
    return lean?.dependent === end ? [{ word, relation: lean.relation }] : []
  })

/** Words by which whoever writes them leans on the note that they lead to; and those by which it is carried. */
const BY_SOURCE = leaning('source')
const BY_TARGET = leaning('target')

const inList = (words: readonly Written[]): string => words.map(({ word }) => `'${word}'`).join(', ')
const relationOf = (words: readonly Written[]): string =>
  `CASE relation ${words.map(({ word, relation }) => `WHEN '${word}' THEN '${relation}'`).join(' ')} END`
// The first condition lets SQLite use the index of links with a verb.
const VERBS = (words: readonly Written[]) =>
  `relation <> 'mentions' AND relation IN (${inList(words)}) AND resolved IS NOT NULL AND resolved <> n`

/** Every pair of notes of which one leans on the other, and by which relation (core/relation/dependence); some twice. */
const LEANS = `
  SELECT n AS dependent, resolved AS ground, ${relationOf(BY_SOURCE)} AS relation FROM links WHERE ${VERBS(BY_SOURCE)}
  UNION ALL SELECT resolved, n, ${relationOf(BY_TARGET)} FROM links WHERE ${VERBS(BY_TARGET)}`

/** The same of those that lean on some notes, whose numbers come as a JSON array. */
export const DEPENDENTS = `
  SELECT n, ${relationOf(BY_SOURCE)} AS relation FROM links
  WHERE resolved IN (SELECT value FROM json_each(?1)) AND relation IN (${inList(BY_SOURCE)})
  UNION SELECT resolved, ${relationOf(BY_TARGET)} FROM links
  WHERE n IN (SELECT value FROM json_each(?1)) AND relation IN (${inList(BY_TARGET)}) AND resolved IS NOT NULL`

/** Whose `temp` tables say what the links say. */
const ready = new WeakSet<Database>()

/** Links have changed: what was made of them is made again with the next question. */
export const forgetLeans = (db: Database): void => {
  ready.delete(db)
}

/**
 * What the questions about evidence share: `temp.leans`, and `temp.linked` with the number of other notes that lead to
 * each note. Made once after every change: 0.1 s for 30,000 relations.
 */
export function prepareLeans(db: Database): void {
  if (ready.has(db)) return
  db.script(PREPARE)
  db.run(`INSERT OR IGNORE INTO temp.leans (dependent, ground, relation) ${LEANS}`)
  db.run(`INSERT INTO temp.linked (n, links) SELECT resolved, count(DISTINCT n) FROM links
    WHERE resolved IS NOT NULL AND resolved <> n GROUP BY resolved`)
  ready.add(db)
}

const PREPARE = `
CREATE TEMP TABLE IF NOT EXISTS leans (
  dependent INTEGER NOT NULL, ground INTEGER NOT NULL, relation TEXT NOT NULL,
  PRIMARY KEY (dependent, relation, ground)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS temp.leans_ground ON leans (ground);
CREATE TEMP TABLE IF NOT EXISTS linked (n INTEGER PRIMARY KEY, links INTEGER NOT NULL);
DELETE FROM temp.leans;
DELETE FROM temp.linked;
`
