import type { NoteId } from '../core/base/ids.ts'
import type { Kind } from '../core/note/note.ts'
import { type RelationWord, readDirection } from '../core/relation/words.ts'
import type { Database } from './database.ts'
import { readWords } from './words.ts'

/** The same with its edges in one array, three numbers each. */
export function packed({ nodes, relations, edges }: IndexGraph): IndexGraph & { packed: Int32Array } {
  const triples = new Int32Array(edges.length * 3)
  for (const [at, edge] of edges.entries()) triples.set(edge, at * 3)
  return { nodes, relations, edges: [], packed: triples }
}

export type IndexGraph = {
  nodes: { id: string; title: string; kind: Kind | 'unresolved' }[]
  relations: string[]
  edges: [number, number, number][]
}

type NodeRow = { n: number; id: NoteId; title: string; kind: Kind }
type EdgeRow = { n: number; resolved: number; relation: string }
type WaitingRow = { n: number; key: string; target: string; relation: string }

/** Ids of notes have no colon, so a name that is not written yet can stand among them. */
const waitingId = (key: string): string => `unresolved:${key}`

/** Every note, every name that links wait for, and one edge for each pair and relation. Links to itself are left out. */
export function wholeGraph(db: Database): IndexGraph {
  return build(
    readWords(db),
    db.list<NodeRow>('SELECT n, id, title, kind FROM notes ORDER BY n'),
    db.list<EdgeRow>('SELECT DISTINCT n, resolved, relation FROM links WHERE resolved IS NOT NULL AND resolved <> n'),
    db.list<WaitingRow>(
      `SELECT n, key, min(target) AS target, relation FROM links WHERE resolved IS NULL AND file = 0
       GROUP BY key, n, relation`,
    ),
  )
}

/** What lies within `depth` steps of a note, links read both ways; empty where there is no such note. */
export function nearbyGraph(db: Database, center: NoteId, depth: number): IndexGraph {
  const first = db.get<{ n: number }>('SELECT n FROM notes WHERE id = ?', center)
  if (!first) return { nodes: [], relations: [], edges: [] }
  const notes = new Set([first.n])
  const waiting = new Set<string>()
  let edge: { notes: number[]; waiting: string[] } = { notes: [first.n], waiting: [] }
  for (let step = 0; step < depth; step++) {
    const next: typeof edge = { notes: [], waiting: [] }
    const reach = (n: number) => {
      if (notes.has(n)) return
      notes.add(n)
      next.notes.push(n)
    }
    const ns = JSON.stringify(edge.notes)
    for (const { n } of db.all<{ n: number }>(NEIGHBOURS, ns)) reach(n)
    for (const { key } of db.all<{ key: string }>(WAITING_NEIGHBOURS, ns)) {
      if (waiting.has(key)) continue
      waiting.add(key)
      next.waiting.push(key)
    }
    for (const { n } of db.all<{ n: number }>(WAITERS, JSON.stringify(edge.waiting))) reach(n)
    edge = next
  }
  const inside = JSON.stringify([...notes])
  return build(
    readWords(db),
    db.list<NodeRow>(
      'SELECT n, id, title, kind FROM notes WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n',
      inside,
    ),
    db.list<EdgeRow>(EDGES_INSIDE, inside),
    db.list<WaitingRow>(WAITING_INSIDE, inside, JSON.stringify([...waiting])),
  )
}

const NEIGHBOURS = `
  SELECT resolved AS n FROM links WHERE n IN (SELECT value FROM json_each(?1)) AND resolved IS NOT NULL
  UNION SELECT n FROM links WHERE resolved IN (SELECT value FROM json_each(?1))`
const WAITING_NEIGHBOURS = `
  SELECT DISTINCT key FROM links WHERE n IN (SELECT value FROM json_each(?)) AND resolved IS NULL AND file = 0`
const WAITERS = `
  SELECT DISTINCT n FROM links WHERE key IN (SELECT value FROM json_each(?)) AND resolved IS NULL AND file = 0`
const EDGES_INSIDE = `
  SELECT DISTINCT n, resolved, relation FROM links
  WHERE n IN (SELECT value FROM json_each(?1)) AND resolved IN (SELECT value FROM json_each(?1)) AND resolved <> n`
const WAITING_INSIDE = `
  SELECT n, key, min(target) AS target, relation FROM links
  WHERE n IN (SELECT value FROM json_each(?1)) AND key IN (SELECT value FROM json_each(?2))
    AND resolved IS NULL AND file = 0
  GROUP BY key, n, relation`

function build(
  words: readonly RelationWord[],
  notes: readonly NodeRow[],
  links: readonly EdgeRow[],
  waiting: readonly WaitingRow[],
): IndexGraph {
  const nodes: IndexGraph['nodes'] = []
  const relations: string[] = []
  const edges: IndexGraph['edges'] = []
  const byNumber = new Map<number, number>()
  const byKey = new Map<string, number>()
  const byRelation = new Map<string, number>()
  /** `illustrated_by` in the essay is `illustrates` in the example: one edge, drawn as the relation points. */
  const readings = new Map<string, { relation: number; inverse: boolean }>()
  const connect = (from: number, to: number, written: string) => {
    let reading = readings.get(written)
    if (!reading) {
      const { word, inverse } = readDirection(written, words)
      reading = { relation: relationOf(word), inverse }
      readings.set(written, reading)
    }
    edges.push(reading.inverse ? [to, from, reading.relation] : [from, to, reading.relation])
  }
  const relationOf = (relation: string) => {
    const index = byRelation.get(relation)
    if (index !== undefined) return index
    byRelation.set(relation, relations.length)
    return relations.push(relation) - 1
  }
  for (const { n, ...node } of notes) {
    byNumber.set(n, nodes.length)
    nodes.push(node)
  }
  for (const { n, resolved, relation } of links) {
    const from = byNumber.get(n)
    const to = byNumber.get(resolved)
    if (from !== undefined && to !== undefined) connect(from, to, relation)
  }
  for (const { n, key, target, relation } of waiting) {
    const from = byNumber.get(n)
    if (from === undefined) continue
    let to = byKey.get(key)
    if (to === undefined) {
      to = nodes.push({ id: waitingId(key), title: target, kind: 'unresolved' }) - 1
      byKey.set(key, to)
    }
    connect(from, to, relation)
  }
  // Each written pair is here once already, so only a pair that both ends wrote can be here twice.
  const isDoubled = [...readings.values()].some(({ inverse }) => inverse)
  return { nodes, relations, edges: isDoubled ? withoutDoubles(edges) : edges }
}

const withoutDoubles = (edges: IndexGraph['edges']): IndexGraph['edges'] => [
  ...new Map(edges.map((edge) => [edge.join(), edge])).values(),
]
