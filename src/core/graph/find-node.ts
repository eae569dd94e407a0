import { type Adjacency, neighboursOf } from './adjacency.ts'

/** The nearest node to a point within `reach`, or -1. Units of `positions`. */
export function nodeAt(positions: ArrayLike<number>, x: number, y: number, reach: number): number {
  let best = -1
  let least = reach * reach
  for (let at = 0; at + 1 < positions.length; at += 2) {
    const dx = (positions[at] ?? 0) - x
    const dy = (positions[at + 1] ?? 0) - y
    const distance = dx * dx + dy * dy
    if (distance > least) continue
    least = distance
    best = at / 2
  }
  return best
}

export type Direction = 'left' | 'right' | 'up' | 'down'
const HEADINGS: Record<Direction, readonly [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
}
/** Half of the opening in which a neighbour counts as lying that way: 60 degrees, so that no link is out of reach. */
const OPENING = Math.cos(Math.PI / 3)

/**
 * The neighbour to which an arrow key leads: of those that lie that way the one most straight ahead, nearer ones
 * first among equals; -1 where none does. y grows downwards.
 */
export function neighbourTowards(
  adjacency: Adjacency,
  positions: ArrayLike<number>,
  node: number,
  direction: Direction,
): number {
  const [hx, hy] = HEADINGS[direction]
  const x = positions[node * 2] ?? 0
  const y = positions[node * 2 + 1] ?? 0
  let best = -1
  let most = Number.NEGATIVE_INFINITY
  for (const other of neighboursOf(adjacency, node)) {
    const dx = (positions[other * 2] ?? 0) - x
    const dy = (positions[other * 2 + 1] ?? 0) - y
    const length = Math.hypot(dx, dy) || 1
    const straight = (dx * hx + dy * hy) / length
    if (straight < OPENING) continue
    const worth = straight - length / 1e5
    if (worth <= most) continue
    most = worth
    best = other
  }
  return best
}
