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

/**
 * Every pair of notes of which one leans on the other, by which relation (core/relation/dependence), and whose link
 * says so; `of` says which sources.
 */
const leans = (of: string): string => `
  SELECT n AS dependent, resolved AS ground, ${relationOf(BY_SOURCE)} AS relation, n AS source
  FROM links WHERE ${VERBS(BY_SOURCE)}${of}
  UNION ALL SELECT resolved, n, ${relationOf(BY_TARGET)}, n FROM links WHERE ${VERBS(BY_TARGET)}${of}`
const LEANS = 'INSERT OR IGNORE INTO temp.leans (dependent, ground, relation, source)'

/** The same of those that lean on some notes, whose numbers come as a JSON array. */
export const DEPENDENTS = `
  SELECT n, ${relationOf(BY_SOURCE)} AS relation FROM links
  WHERE resolved IN (SELECT value FROM json_each(?1)) AND relation IN (${inList(BY_SOURCE)})
  UNION SELECT resolved, ${relationOf(BY_TARGET)} FROM links
  WHERE n IN (SELECT value FROM json_each(?1)) AND relation IN (${inList(BY_TARGET)}) AND resolved IS NOT NULL`

/** Whose `temp` tables follow the links, and how many notes they were told of since they were last asked. */
const ready = new WeakMap<Database, { told: number }>()

/** After so many notes the tables are made anew, which is cheaper then. */
const MOST_STALE = 400

/** What was made of the links is made again with the next question. */
export const forgetLeans = (db: Database): void => {
  ready.delete(db)
}

/**
 * Links of a note are about to change: what they said is taken out, and put again with the next question. Call it
 * before the first change; in a transaction that fails, it is undone with it.
 */
export function linksChange(db: Database, n: number): void {
  const tables = ready.get(db)
  if (!tables || db.number('SELECT EXISTS (SELECT 1 FROM temp.stale WHERE n = ?)', n) === 1) return
  if (++tables.told > MOST_STALE) {
    forgetLeans(db)
    return
  }
  db.run('INSERT INTO temp.stale (n) VALUES (?)', n)
  db.run('DELETE FROM temp.leans WHERE source = ?', n)
  db.run(`UPDATE temp.linked SET links = links - 1 WHERE n IN (${LED_TO})`, n)
}

/** The same of every note with a link by this key, to wherever it leads. */
export function linksOfKeyChange(db: Database, key: string): void {
  if (!ready.has(db)) return
  for (const { n } of db.all<{ n: number }>('SELECT DISTINCT n FROM links WHERE key = ?', key)) linksChange(db, n)
}

const LED_TO = 'SELECT DISTINCT resolved FROM links WHERE n = ?1 AND resolved IS NOT NULL AND resolved <> ?1'

/**
 * What the questions about evidence share: `temp.leans`, and `temp.linked` with the number of other notes that lead to
 * each note. Made once (0.1 s for 30,000 relations); then it follows the notes whose links changed.
 */
export function prepareLeans(db: Database): void {
  const tables = ready.get(db)
  if (tables?.told === 0) return
  db.transaction(() => {
    if (tables) {
      for (const { n } of db.all<{ n: number }>('SELECT n FROM temp.stale')) putAgain(db, n)
      db.run('DELETE FROM temp.stale')
      return
    }
    db.script(PREPARE)
    db.run(`${LEANS} ${leans('')}`)
    db.run(`INSERT INTO temp.linked (n, links) SELECT resolved, count(DISTINCT n) FROM links
      WHERE resolved IS NOT NULL AND resolved <> n GROUP BY resolved`)
  })
  ready.set(db, { told: 0 })
}

function putAgain(db: Database, n: number): void {
  db.run(`${LEANS} ${leans(' AND n = ?1')}`, n)
  db.run(
    `INSERT INTO temp.linked (n, links) SELECT resolved, 1 FROM (${LED_TO}) WHERE true
     ON CONFLICT (n) DO UPDATE SET links = links + 1`,
    n,
  )
}

const PREPARE = `
CREATE TEMP TABLE IF NOT EXISTS leans (
  dependent INTEGER NOT NULL, ground INTEGER NOT NULL, relation TEXT NOT NULL, source INTEGER NOT NULL,
  PRIMARY KEY (dependent, relation, ground, source)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS temp.leans_ground ON leans (ground);
CREATE INDEX IF NOT EXISTS temp.leans_source ON leans (source);
CREATE TEMP TABLE IF NOT EXISTS linked (n INTEGER PRIMARY KEY, links INTEGER NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS stale (n INTEGER PRIMARY KEY);
DELETE FROM temp.leans;
DELETE FROM temp.linked;
DELETE FROM temp.stale;
`
