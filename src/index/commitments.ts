import type { NoteId } from '../core/base/ids.ts'
import type { LogEntry } from '../core/commitment/entry.ts'
import { readFacts } from '../core/commitment/facts.ts'
import { orderLog } from '../core/commitment/order.ts'
import { statusOf } from '../core/commitment/status.ts'
import type { Property } from '../core/note/note.ts'
import type { IndexedNote } from '../ipc/index-contract.ts'
import type { Database } from './database.ts'
import { prepareLeans } from './leans.ts'

export type LedgerRow = {
  id: NoteId
  title: string
  path: string
  properties: Property[]
  entries: (LogEntry & { sees: string[] })[]
  restsOn: { for: number; against: number }
}

/** In place of what was held of the note. */
export function putCommitment(db: Database, n: number, commitment: IndexedNote['commitment']): void {
  if (!commitment) {
    db.run('DELETE FROM commitments WHERE n = ?', n)
    return
  }
  const { properties, log } = commitment
  const facts = readFacts(properties)
  const status = statusOf(log)?.status ?? facts.status
  const opened = orderLog(log).findLast(({ type }) => type === 'opened')
  db.run(
    'INSERT OR REPLACE INTO commitments (n, properties, log, status, due, reach, opened_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
    n,
    JSON.stringify(properties),
    JSON.stringify(log),
    status,
    facts.due,
    facts.reach,
    opened?.author ?? '',
  )
}

/** Every commitment, by title; what it rests on is counted as `evidence-contract` says. */
export function ledger(db: Database): LedgerRow[] {
  type Row = { n: number; id: NoteId; title: string; path: string; properties: string; log: string }
  const rows = db.list<Row>(
    `SELECT n, id, title, path, properties, log FROM notes JOIN commitments USING (n) WHERE kind = 'commitment'
     ORDER BY title COLLATE NOCASE, path, id`,
  )
  const grounds = groundsOf(db)
  return rows.map(({ n, properties, log, ...row }) => ({
    ...row,
    properties: JSON.parse(properties) as Property[],
    entries: JSON.parse(log) as LedgerRow['entries'],
    restsOn: grounds.get(n) ?? { for: 0, against: 0 },
  }))
}

/** An example that illustrates and challenges at once is against. */
const GROUNDS = `
WITH
  own AS MATERIALIZED (SELECT n AS c FROM notes WHERE kind = 'commitment'),
  grounds AS MATERIALIZED (
    SELECT DISTINCT dependent AS c, ground AS g FROM temp.leans JOIN own ON c = dependent
    WHERE relation IN ('rests_on', 'illustrates', 'challenges')
  ),
  against AS MATERIALIZED (
    SELECT c, g FROM grounds JOIN temp.leans ON dependent = c AND ground = g AND relation = 'challenges'
    UNION SELECT a.c, a.g FROM grounds AS a JOIN grounds AS b ON b.c = a.c
    JOIN temp.leans ON dependent = b.g AND ground = a.g AND relation = 'challenges'
  )
SELECT c, count(*) AS "all", (SELECT count(*) FROM against WHERE against.c = grounds.c) AS against
FROM grounds GROUP BY c`

function groundsOf(db: Database): Map<number, { for: number; against: number }> {
  prepareLeans(db)
  const rows = db.all<{ c: number; all: number; against: number }>(GROUNDS)
  return new Map(rows.map(({ c, all, against }) => [c, { for: all - against, against }]))
}
