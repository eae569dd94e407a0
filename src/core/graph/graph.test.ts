import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjacencyOf, degreeOf, neighbourhood, neighboursOf } from './adjacency.ts'
import { type Direction, neighbourTowards, nodeAt } from './find-node.ts'
import { seedPositions } from './seed-positions.ts'

const graph = fc.integer({ min: 1, max: 12 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    pairs: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 30 }),
  }),
)

describe('adjacency', () => {
  test('has each edge at both of its ends, and no loops', () => {
    fc.assert(
      fc.property(graph, ({ nodes, pairs }) => {
        const adjacency = adjacencyOf(nodes, pairs.flat())
        const found: string[] = []
        for (let node = 0; node < nodes; node++) {
          const start = adjacency.starts[node] ?? 0
          neighboursOf(adjacency, node).forEach((other, at) => {
            found.push(`${adjacency.edges[start + at]}: ${node} ${other}`)
          })
          expect(degreeOf(adjacency, node)).toBe(neighboursOf(adjacency, node).length)
        }
        const wanted = pairs.flatMap(([a, b], edge) => (a === b ? [] : [`${edge}: ${a} ${b}`, `${edge}: ${b} ${a}`]))
        expect(found.sort()).toEqual(wanted.sort())
      }),
    )
  })

  test('a neighbourhood is what so many steps reach', () => {
    const chain = adjacencyOf(6, [0, 1, 2, 1, 2, 3, 4, 5])
    expect([...neighbourhood(chain, 0, 2)]).toEqual([0, 1, 2, -1, -1, -1])
    expect([...neighbourhood(chain, 3, 9)]).toEqual([3, 2, 1, 0, -1, -1])
    expect([...neighbourhood(chain, 7, 1)]).toEqual([-1, -1, -1, -1, -1, -1])
  })
})

describe('seedPositions', () => {
  const ids = Array.from({ length: 200 }, (_, at) => `note-${at}`)

  test('a place follows from the id, not from the order', () => {
    const none = adjacencyOf(ids.length, [])
    const one = seedPositions(ids, none)
    const other = seedPositions(ids.toReversed(), none)
    for (let node = 0; node < ids.length; node++) expect(other[(ids.length - 1 - node) * 2]).toBe(one[node * 2])
    const places = new Set(ids.map((_, node) => `${one[node * 2]?.toFixed(1)} ${one[node * 2 + 1]?.toFixed(1)}`))
    expect(places.size).toBeGreaterThan(190)
  })

  test('what was placed stays, and what is new begins beside its neighbour', () => {
    const adjacency = adjacencyOf(3, [2, 0])
    const positions = seedPositions(['a', 'b', 'new'], adjacency, new Map([['a', [500, 700] as const]]))
    expect([positions[0], positions[1]]).toEqual([500, 700])
    expect(Math.hypot((positions[4] ?? 0) - 500, (positions[5] ?? 0) - 700)).toBeLessThan(40)
  })
})

describe('finding nodes', () => {
  test('the nearest within reach', () => {
    expect(nodeAt([0, 0, 10, 0, 12, 0], 11.5, 0, 5)).toBe(2)
    expect(nodeAt([0, 0, 10, 0], 5, 9, 5)).toBe(-1)
    expect(nodeAt([], 0, 0, 5)).toBe(-1)
  })

  test('arrow keys reach every neighbour', () => {
    const star = adjacencyOf(5, [0, 1, 0, 2, 0, 3, 4, 0])
    const positions = [0, 0, 9, 1, -9, 1, 1, 9, 1, -9]
    const towards = (direction: Direction) => neighbourTowards(star, positions, 0, direction)
    expect([towards('right'), towards('left'), towards('down'), towards('up')]).toEqual([1, 2, 3, 4])
    expect(neighbourTowards(star, positions, 1, 'right')).toBe(-1)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 7, noNaN: true }), (angle) => {
        const pair = adjacencyOf(2, [0, 1])
        const place = [0, 0, 50 * Math.cos(angle), 50 * Math.sin(angle)]
        const ways = (['left', 'right', 'up', 'down'] as const).map((way) => neighbourTowards(pair, place, 0, way))
        expect(ways).toContain(1)
      }),
    )
  })
})
