import type { NoteId } from '../core/base/ids.ts'
import { EVIDENCE_LISTS, type EvidenceList } from '../core/evidence/lists.ts'
import type { Kind } from '../core/note/note.ts'
import type { Database } from './database.ts'
import { prepareLeans } from './leans.ts'
import { changedPins, type ReadPin } from './pins.ts'

type Hit = { id: NoteId; title: string; path: string; kind: Kind }
export type EvidenceRow = Hit & {
  isDraft: boolean
  links: number
  others: number
  notes: Hit[]
  illustrates: number
  challenges: number
  reach: string
  by: string
  pins: ReadPin[]
}
export type EvidenceAnswer = { is: EvidenceList; total: number; items: EvidenceRow[] }

/** Notes shown with an item; how many there are is said. */
const MOST_OTHERS = 8

const leansOn = (...relations: readonly string[]): string =>
  `SELECT 1 FROM temp.leans WHERE dependent = notes.n${
    relations.length === 0 ? '' : ` AND relation IN (${relations.map((each) => `'${each}'`).join(', ')})`
  }`
/** What a commitment is once it was kept, pivoted or dropped asks for nothing. */
const NOT_OVER = "NOT EXISTS (SELECT 1 FROM commitments WHERE n = notes.n AND status IN ('kept', 'pivoted', 'dropped'))"
const CHANGED =
  "SELECT 1 FROM pins JOIN notes AS held ON held.id = pins.target WHERE pins.n = notes.n AND reading <> 'same'"

/** Which notes a list has (core/evidence/SPEC.md, E1 to E6). */
const WHICH: Readonly<Record<EvidenceList, string>> = {
  'ground-changed': `n IN (SELECT n FROM pins WHERE reading <> 'same') AND EXISTS (${CHANGED}) AND ${NOT_OVER}`,
  'essays-without-example': `kind = 'essay' AND NOT EXISTS (${leansOn('illustrates', 'challenges')})`,
  'one-source': `kind = 'essay' AND (SELECT count(DISTINCT ground) FROM temp.leans WHERE dependent = notes.n) = 1`,
  contested: `kind = 'essay' AND EXISTS (${leansOn('illustrates')}) AND EXISTS (${leansOn('challenges')})`,
  'unused-examples': "kind = 'example' AND NOT EXISTS (SELECT 1 FROM temp.leans WHERE ground = notes.n)",
  'rests-on-nothing': `kind = 'commitment' AND ${NOT_OVER} AND NOT EXISTS (${leansOn('rests_on')})`,
}

const MENTIONED = "SELECT DISTINCT n FROM links WHERE resolved = ?1 AND relation = 'mentions' AND n <> ?1"
const MENTIONED_BY_EXAMPLES = `SELECT n FROM (${MENTIONED}) JOIN notes USING (n) WHERE kind = 'example'`
/** Which other notes belong to an item of a list. */
const OTHERS: Readonly<Record<EvidenceList, string>> = {
  'ground-changed': `SELECT DISTINCT held.n FROM pins JOIN notes AS held ON held.id = pins.target
    WHERE pins.n = ?1 AND reading <> 'same'`,
  'essays-without-example': MENTIONED_BY_EXAMPLES,
  'one-source': 'SELECT DISTINCT ground AS n FROM temp.leans WHERE dependent = ?1',
  contested: "SELECT ground AS n FROM temp.leans WHERE dependent = ?1 AND relation = 'challenges'",
  'unused-examples': MENTIONED,
  'rests-on-nothing': MENTIONED_BY_EXAMPLES,
}

export type EvidenceQuestion = {
  readonly limit: number
  readonly offset?: number | undefined
  readonly list?: EvidenceList | undefined
  readonly drafts?: boolean | undefined
}

/** The live lists, the most linked first, then by title. */
export function evidence(db: Database, question: EvidenceQuestion): EvidenceAnswer[] {
  const lists = question.list === undefined ? EVIDENCE_LISTS : [question.list]
  prepareLeans(db)
  return lists.map((is) => listOf(db, is, question))
}

function listOf(
  db: Database,
  is: EvidenceList,
  { limit, offset = 0, drafts = true }: EvidenceQuestion,
): EvidenceAnswer {
  const which = drafts ? WHICH[is] : `draft = 0 AND ${WHICH[is]}`
  type Row = Hit & { n: number; total: number; draft: number; links: number; reach: string; by: string }
  const rows = db.all<Row>(
    `SELECT n, id, title, path, kind, draft, coalesce(links, 0) AS links, coalesce(reach, '') AS reach,
       coalesce(opened_by, '') AS by, count(*) OVER () AS total
     FROM notes LEFT JOIN temp.linked USING (n) LEFT JOIN commitments USING (n)
     WHERE ${which} ORDER BY links DESC, title, id LIMIT ? OFFSET ?`,
    limit,
    offset,
  )
  const total = rows[0]?.total ?? db.number(`SELECT count(*) FROM notes WHERE ${which}`)
  const items = rows.map(({ n, draft, total: _, ...row }) => ({
    ...row,
    isDraft: draft === 1,
    ...othersOf(db, is, n),
    illustrates: countBy(db, n, 'illustrates'),
    challenges: countBy(db, n, 'challenges'),
    pins: is === 'ground-changed' ? changedPins(db, n) : [],
  }))
  return { is, total, items }
}

const countBy = (db: Database, n: number, relation: string): number =>
  db.number('SELECT count(DISTINCT ground) FROM temp.leans WHERE dependent = ? AND relation = ?', n, relation)

function othersOf(db: Database, is: EvidenceList, n: number): { others: number; notes: Hit[] } {
  const notes = db.list<Hit>(
    `SELECT id, title, path, kind FROM notes WHERE n IN (${OTHERS[is]}) ORDER BY title COLLATE NOCASE, path, id`,
    n,
  )
  return { others: notes.length, notes: notes.slice(0, MOST_OTHERS) }
}
