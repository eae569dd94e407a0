import { forceCollide, forceLink, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force'
import { forceManyBodyReuse } from 'd3-force-reuse'

const LINK_LENGTH = 46
const REPULSION = -110
/** Farther nodes do not push: at 10,000 nodes this and the reuse make 20 ticks a second of 3. */
const REPULSION_REACH = 420
const GRAVITY = 0.055
const COLLIDE_UP_TO = 3000

type Node = SimulationNodeDatum & { index: number }

export type Layout = {
  /** One step; true when there is nothing more to do. */
  tick(): boolean
  /** Two numbers a node; a copy. */
  positions(): Float32Array
}

/**
 * A force layout that begins at `start` (two numbers a node). Without a clock and without chance: the same start
 * gives the same end.
 */
export function createLayout({
  start,
  ends,
  center = -1,
  heat = 1,
}: {
  start: Float32Array
  ends: Int32Array
  center?: number
  heat?: number
}): Layout {
  const count = start.length / 2
  const nodes: Node[] = Array.from({ length: count }, (_, index) => ({
    index,
    x: start[index * 2] ?? 0,
    y: start[index * 2 + 1] ?? 0,
  }))
  const middle = nodes[center]
  if (middle) Object.assign(middle, { x: 0, y: 0, fx: 0, fy: 0 })
  const links: { source: number; target: number }[] = []
  for (let at = 0; at + 1 < ends.length; at += 2) links.push({ source: ends[at] ?? 0, target: ends[at + 1] ?? 0 })

  const simulation = forceSimulation(nodes)
    .stop()
    .alpha(heat)
    .alphaDecay(count > COLLIDE_UP_TO ? 0.035 : 0.0228)
    .force('links', forceLink(links).distance(LINK_LENGTH))
    .force('repulsion', forceManyBodyReuse<Node>().strength(REPULSION).distanceMax(REPULSION_REACH))
    .force('x', forceX(0).strength(GRAVITY))
    .force('y', forceY(0).strength(GRAVITY))
  if (count <= COLLIDE_UP_TO) simulation.force('room', forceCollide(11))

  return {
    tick() {
      if (simulation.alpha() < simulation.alphaMin()) return true
      simulation.tick()
      return simulation.alpha() < simulation.alphaMin()
    },
    positions() {
      const positions = new Float32Array(count * 2)
      for (const node of nodes) {
        positions[node.index * 2] = node.x ?? 0
        positions[node.index * 2 + 1] = node.y ?? 0
      }
      return positions
    },
  }
}
