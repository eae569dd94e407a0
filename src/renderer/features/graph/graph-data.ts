import { MENTIONS } from '../../../core/relation/words.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'
import { type GraphData, NODE_KINDS, type NodeKind } from './messages.ts'

export type IndexGraph = Output<typeof indexContract, 'graph'>

export function dataOf({ nodes, relations, edges, packed }: IndexGraph, center: string | null): GraphData {
  const triples = packed ?? Int32Array.from(edges.flat())
  const count = triples.length / 3
  const ends = new Int32Array(count * 2)
  const relationOf = new Uint16Array(count)
  for (let edge = 0; edge < count; edge++) {
    ends[edge * 2] = triples[edge * 3] ?? 0
    ends[edge * 2 + 1] = triples[edge * 3 + 1] ?? 0
    relationOf[edge] = triples[edge * 3 + 2] ?? 0
  }
  return {
    ids: nodes.map(({ id }) => id),
    titles: nodes.map(({ title }) => title),
    kinds: Uint8Array.from(nodes, ({ kind }) => NODE_KINDS.indexOf(kind)),
    ends,
    relations: relationOf,
    words: relations,
    center,
  }
}

export const kindOf = (data: GraphData, node: number): NodeKind => NODE_KINDS[data.kinds[node] ?? 0] ?? 'note'

/** Whether a drawing of one would be a drawing of the other: most changes of a vault are words inside notes. */
export function isSameData(a: GraphData, b: GraphData): boolean {
  return (
    a.center === b.center &&
    isSameList(a.ids, b.ids) &&
    isSameList(a.titles, b.titles) &&
    isSameList(a.kinds, b.kinds) &&
    isSameList(a.ends, b.ends) &&
    isSameList(a.relations, b.relations) &&
    isSameList(a.words, b.words)
  )
}

function isSameList<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

/** The graph without the nodes of some kinds, and without the edges that ended there. */
export function withoutKinds(data: GraphData, hidden: ReadonlySet<NodeKind>): GraphData {
  if (hidden.size === 0) return data
  const numbers = new Int32Array(data.ids.length).fill(-1)
  const kept: number[] = []
  for (let node = 0; node < data.ids.length; node++) {
    if (!hidden.has(kindOf(data, node))) numbers[node] = kept.push(node) - 1
  }
  const ends: number[] = []
  const relations: number[] = []
  for (let edge = 0; edge < data.relations.length; edge++) {
    const from = numbers[data.ends[edge * 2] ?? 0] ?? -1
    const to = numbers[data.ends[edge * 2 + 1] ?? 0] ?? -1
    if (from < 0 || to < 0) continue
    ends.push(from, to)
    relations.push(data.relations[edge] ?? 0)
  }
  return {
    ids: kept.map((node) => data.ids[node] ?? ''),
    titles: kept.map((node) => data.titles[node] ?? ''),
    kinds: Uint8Array.from(kept, (node) => data.kinds[node] ?? 0),
    ends: Int32Array.from(ends),
    relations: Uint16Array.from(relations),
    words: data.words,
    center: data.center,
  }
}

export type Counts = {
  readonly kinds: Readonly<Record<NodeKind, number>>
  /** Relations by their word, the most frequent first, plain mentions last. */
  readonly relations: readonly { readonly word: string; readonly edges: number }[]
  /** Without what is not written yet. */
  readonly notes: number
}

export function countsOf(data: GraphData): Counts {
  const kinds: Record<NodeKind, number> = { essay: 0, example: 0, commitment: 0, note: 0, unresolved: 0 }
  for (let node = 0; node < data.ids.length; node++) kinds[kindOf(data, node)]++
  const edges = data.words.map((word) => ({ word, edges: 0 }))
  for (const relation of data.relations) {
    const entry = edges[relation]
    if (entry) entry.edges++
  }
  return {
    kinds,
    relations: edges
      .filter((entry) => entry.edges > 0)
      .sort((a, b) => Number(a.word === MENTIONS) - Number(b.word === MENTIONS) || b.edges - a.edges),
    notes: data.ids.length - kinds.unresolved,
  }
}
