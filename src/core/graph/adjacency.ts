/** From, to, and the place of the relation in a list of its own. Nodes are numbers from 0. */
export type Edge = readonly [from: number, to: number, relation: number]

/**
 * Edges by node, read both ways. The neighbours of node `i` are `others[starts[i]]` up to, not including,
 * `others[starts[i + 1]]`, in the order of the edges; `edges` has the edge of each at the same place.
 */
export type Adjacency = {
  readonly nodes: number
  readonly starts: Int32Array
  readonly others: Int32Array
  readonly edges: Int32Array
}

/** @param ends two numbers an edge: from, to. Edges to themselves are left out. */
export function adjacencyOf(nodes: number, ends: ArrayLike<number>): Adjacency {
  const starts = new Int32Array(nodes + 1)
  const count = ends.length / 2
  for (let edge = 0; edge < count; edge++) {
    const from = ends[edge * 2] ?? 0
    const to = ends[edge * 2 + 1] ?? 0
    if (from === to) continue
    starts[from + 1] = (starts[from + 1] ?? 0) + 1
    starts[to + 1] = (starts[to + 1] ?? 0) + 1
  }
  for (let node = 0; node < nodes; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0)
  const next = starts.slice()
  const others = new Int32Array(starts[nodes] ?? 0)
  const edges = new Int32Array(starts[nodes] ?? 0)
  const put = (node: number, other: number, edge: number) => {
    const at = next[node] ?? 0
    others[at] = other
    edges[at] = edge
    next[node] = at + 1
  }
  for (let edge = 0; edge < count; edge++) {
    const from = ends[edge * 2] ?? 0
    const to = ends[edge * 2 + 1] ?? 0
    if (from === to) continue
    put(from, to, edge)
    put(to, from, edge)
  }
  return { nodes, starts, others, edges }
}

export const degreeOf = ({ starts }: Adjacency, node: number): number => (starts[node + 1] ?? 0) - (starts[node] ?? 0)

export function neighboursOf({ starts, others }: Adjacency, node: number): Int32Array {
  return others.subarray(starts[node] ?? 0, starts[node + 1] ?? 0)
}

/** How many steps each node is from `center`; -1 where it is farther than `depth` or not joined at all. */
export function neighbourhood(adjacency: Adjacency, center: number, depth: number): Int32Array {
  const steps = new Int32Array(adjacency.nodes).fill(-1)
  if (center < 0 || center >= adjacency.nodes) return steps
  steps[center] = 0
  let edge = [center]
  for (let step = 1; step <= depth && edge.length > 0; step++) {
    const next: number[] = []
    for (const node of edge) {
      for (const other of neighboursOf(adjacency, node)) {
        if (steps[other] !== -1) continue
        steps[other] = step
        next.push(other)
      }
    }
    edge = next
  }
  return steps
}
