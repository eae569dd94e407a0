import { type Adjacency, degreeOf } from '../../../core/graph/adjacency.ts'
import { DEFAULT_WORDS, MENTIONS, type RelationWord, readingOf } from '../../../core/relation/words.ts'
import { kindOf } from './graph-data.ts'
import type { GraphData, NodeKind } from './messages.ts'
import { WORDS } from './words.ts'

type Base = { readonly key: string }
export type HeadRow = Base & {
  readonly is: 'head'
  readonly relation: string
  readonly reading: string
  readonly links: number
}
export type ItemRow = Base & {
  readonly is: 'item'
  /** 1: a note of the graph; 2: a note that it is linked with. */
  readonly level: 1 | 2
  readonly id: string
  readonly title: string
  readonly kind: NodeKind
  /** What a reader hears: the relation first. */
  readonly name: string
  readonly links: number
  readonly position: number
  readonly siblings: number
  /** Null: no links to show. */
  readonly isExpanded: boolean | null
}
export type ListRow = HeadRow | ItemRow

/** Nodes by number: what is best linked first, then by title. */
export function listOrder(data: GraphData, adjacency: Adjacency): number[] {
  const collator = new Intl.Collator()
  return [...data.ids.keys()].sort(
    (a, b) =>
      degreeOf(adjacency, b) - degreeOf(adjacency, a) || collator.compare(data.titles[a] ?? '', data.titles[b] ?? ''),
  )
}

/** The graph as a tree: each note, and opened the notes that it is linked with, under the relation's reading. */
export function listRows(
  data: GraphData,
  adjacency: Adjacency,
  order: readonly number[],
  expanded: ReadonlySet<string>,
  words: readonly RelationWord[] = DEFAULT_WORDS,
): ListRow[] {
  const rows: ListRow[] = []
  for (const [at, node] of order.entries()) {
    const id = data.ids[node] ?? ''
    const title = data.titles[node] ?? ''
    const kind = kindOf(data, node)
    const links = degreeOf(adjacency, node)
    const isExpanded = links === 0 ? null : expanded.has(id)
    const name = WORDS.node(title, kind)
    const places = { position: at + 1, siblings: order.length }
    rows.push({ is: 'item', key: id, level: 1, id, title, kind, name, links, isExpanded, ...places })
    if (isExpanded) rows.push(...linkedRows(data, adjacency, node, words))
  }
  return rows
}

function linkedRows(data: GraphData, adjacency: Adjacency, node: number, words: readonly RelationWord[]): ListRow[] {
  const groups = new Map<string, { relation: string; others: number[] }>()
  const start = adjacency.starts[node] ?? 0
  const end = adjacency.starts[node + 1] ?? 0
  for (let at = start; at < end; at++) {
    const edge = adjacency.edges[at] ?? 0
    const relation = data.words[data.relations[edge] ?? 0] ?? MENTIONS
    const reading = readingOf(relation, data.ends[edge * 2 + 1] === node, words)
    const group = groups.get(reading) ?? { relation, others: [] }
    group.others.push(adjacency.others[at] ?? 0)
    groups.set(reading, group)
  }
  const id = data.ids[node] ?? ''
  const rows: ListRow[] = []
  let position = 0
  // The verbs before the plain links.
  const sorted = [...groups].sort(([, a], [, b]) => Number(a.relation === MENTIONS) - Number(b.relation === MENTIONS))
  for (const [reading, { relation, others }] of sorted) {
    rows.push({ is: 'head', key: `${id} ${reading}`, relation, reading, links: others.length })
    for (const other of others) {
      const title = data.titles[other] ?? ''
      const kind = kindOf(data, other)
      rows.push({
        is: 'item',
        key: `${id} ${reading} ${data.ids[other]}`,
        level: 2,
        id: data.ids[other] ?? '',
        title,
        kind,
        name: WORDS.linked(reading, title, kind),
        links: degreeOf(adjacency, other),
        position: ++position,
        siblings: end - start,
        isExpanded: null,
      })
    }
  }
  return rows
}

/** The next item from a row on, over the heads between; the row itself where there is none. */
export function nextItem(rows: readonly ListRow[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < rows.length; at += step) if (rows[at]?.is === 'item') return at
  return from
}
