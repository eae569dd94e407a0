import { type Adjacency, neighboursOf } from './adjacency.ts'

/** Room for one node, in units of the layout. */
const SPACING = 34

/**
 * Where a layout begins: two numbers a node, x and y, around 0. Nodes that were placed before stand where they
 * stood; a new one stands beside its first placed neighbour, or on a disc. Where exactly follows from its id,
 * so the same graph begins the same way on every computer and at every opening.
 */
export function seedPositions(
  ids: readonly string[],
  adjacency: Adjacency,
  known: ReadonlyMap<string, readonly [number, number]> = new Map(),
): Float32Array {
  const positions = new Float32Array(ids.length * 2)
  const placed = new Uint8Array(ids.length)
  const put = (node: number, x: number, y: number) => {
    positions[node * 2] = x
    positions[node * 2 + 1] = y
    placed[node] = 1
  }
  for (const [node, id] of ids.entries()) {
    const before = known.get(id)
    if (before) put(node, before[0], before[1])
  }
  const radius = SPACING * Math.sqrt(ids.length)
  for (const [node, id] of ids.entries()) {
    if (placed[node] === 1) continue
    const hash = hashOf(id)
    const angle = ((hash & 0xffff) / 0x10000) * 2 * Math.PI
    const share = (hash >>> 16) / 0x10000
    const beside = known.size === 0 ? undefined : neighboursOf(adjacency, node).find((other) => placed[other] === 1)
    const reach = beside === undefined ? radius * Math.sqrt(share) : SPACING * (0.5 + share / 2)
    const x = beside === undefined ? 0 : (positions[beside * 2] ?? 0)
    const y = beside === undefined ? 0 : (positions[beside * 2 + 1] ?? 0)
    put(node, x + reach * Math.cos(angle), y + reach * Math.sin(angle))
  }
  return positions
}

/** FNV-1a, 32 bits, with a last mixing step: neighbouring ids must not be neighbours on the disc. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
