import { type Adjacency, adjacencyOf, degreeOf, neighboursOf } from '../../../../core/graph/adjacency.ts'
import type { GraphData } from '../messages.ts'

/** What is drawn: the graph, where its nodes are, and what a person points at. Nodes by number, -1 for none. */
export class Scene {
  readonly data: GraphData
  readonly adjacency: Adjacency
  /** px at scale 1, half of a glyph's width. */
  readonly radii: Float32Array
  /** Nodes by weight, the best linked first: what gets a label when there is not room for all. */
  readonly byWeight: Int32Array
  readonly center: number
  positions: Float32Array
  hovered = -1
  selected = -1
  readonly #numbers: ReadonlyMap<string, number>

  constructor(data: GraphData, positions: Float32Array) {
    this.data = data
    this.positions = positions
    this.adjacency = adjacencyOf(data.ids.length, data.ends)
    this.#numbers = new Map(data.ids.map((id, number) => [id, number]))
    this.center = data.center === null ? -1 : this.numberOf(data.center)
    this.radii = Float32Array.from(data.ids, (_, node) =>
      node === this.center ? 6.6 : 4 + Math.min(4, 0.55 * Math.sqrt(degreeOf(this.adjacency, node))),
    )
    const weight = (node: number) => (node === this.center ? Number.POSITIVE_INFINITY : degreeOf(this.adjacency, node))
    this.byWeight = Int32Array.from(data.ids.keys()).sort((a, b) => weight(b) - weight(a) || a - b)
  }

  numberOf(id: string): number {
    return this.#numbers.get(id) ?? -1
  }

  /** The node that the others are dimmed for. */
  get lit(): number {
    return this.hovered
  }

  /** One for each node that stays bright; null when all do. */
  litNodes(): Uint8Array | null {
    if (this.lit < 0) return null
    const lit = new Uint8Array(this.data.ids.length)
    lit[this.lit] = 1
    for (const other of neighboursOf(this.adjacency, this.lit)) lit[other] = 1
    return lit
  }

  /** The first edge between two nodes, -1 where there is none. */
  edgeBetween(a: number, b: number): number {
    const start = this.adjacency.starts[a] ?? 0
    const at = neighboursOf(this.adjacency, a).indexOf(b)
    return at < 0 ? -1 : (this.adjacency.edges[start + at] ?? -1)
  }
}
