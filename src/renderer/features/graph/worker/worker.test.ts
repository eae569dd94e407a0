import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjacencyOf } from '../../../../core/graph/adjacency.ts'
import { seedPositions } from '../../../../core/graph/seed-positions.ts'
import { Camera } from './camera.ts'
import { lineStyle } from './draw-edges.ts'
import { createLayout } from './layout.ts'
import { Scene } from './scene.ts'

const between = (positions: Float32Array, a: number, b: number) =>
  Math.hypot(
    (positions[a * 2] ?? 0) - (positions[b * 2] ?? 0),
    (positions[a * 2 + 1] ?? 0) - (positions[b * 2 + 1] ?? 0),
  )

function laidOut(center = -1) {
  const ends = Int32Array.from([0, 1, 0, 2, 1, 2, 3, 4, 3, 5, 4, 5])
  const ids = Array.from({ length: 6 }, (_, at) => `id-${at}`)
  const layout = createLayout({ start: seedPositions(ids, adjacencyOf(6, ends)), ends, center })
  let ticks = 0
  while (!layout.tick() && ticks < 1000) ticks++
  return { positions: layout.positions(), ticks }
}

describe('layout', () => {
  test('ends, puts the linked nearer than the others, and is the same each time', () => {
    const { positions, ticks } = laidOut()
    expect(ticks).toBeLessThan(400)
    for (const [a, b] of [
      [0, 1],
      [1, 2],
      [3, 4],
      [4, 5],
    ] as const) {
      expect(between(positions, a, b)).toBeLessThan(between(positions, a, (b + 3) % 6))
    }
    expect(positions).toEqual(laidOut().positions)
  })

  test('the note in the middle stands in the middle', () => {
    const { positions } = laidOut(3)
    expect([positions[6], positions[7]]).toEqual([0, 0])
  })
})

describe('camera', () => {
  const camera = () => {
    const own = new Camera()
    own.resize(1000, 600, { left: 200 })
    return own
  }
  const place = fc.double({ min: -5000, max: 5000, noNaN: true })

  test('a point of the drawing and its place in the layout are one', () => {
    fc.assert(
      fc.property(place, place, fc.double({ min: 0.05, max: 5, noNaN: true }), (x, y, factor) => {
        const own = camera()
        own.zoom([333, 222], factor)
        const [backX, backY] = own.toLayout(own.toScreen(x, y))
        expect(backX).toBeCloseTo(x, 3)
        expect(backY).toBeCloseTo(y, 3)
      }),
    )
  })

  test('zooming keeps what is under the pointer, at its limits too', () => {
    const own = camera()
    const before = own.toLayout([700, 100])
    for (let times = 0; times < 40; times++) own.zoom([700, 100], 1.5)
    expect(own.toLayout([700, 100])[0]).toBeCloseTo(before[0], 3)
    expect(own.toLayout([700, 100])[1]).toBeCloseTo(before[1], 3)
  })

  test('everything fits beside what covers the left edge', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 4, maxLength: 40 }), (values) => {
        const positions = Float32Array.from(values.slice(0, values.length - (values.length % 2)))
        const own = camera()
        own.fit(positions)
        for (let at = 0; at < positions.length; at += 2) {
          const [x, y] = own.toScreen(positions[at] ?? 0, positions[at + 1] ?? 0)
          expect(x).toBeGreaterThan(200)
          expect(x).toBeLessThan(1000)
          expect(y).toBeGreaterThan(0)
          expect(y).toBeLessThan(600)
        }
      }),
    )
  })

  test('a chosen node comes into the drawing, and no farther', () => {
    const own = camera()
    own.reveal(3000, 0)
    expect(own.toScreen(3000, 0)[0]).toBe(920)
    own.reveal(3000, 0)
    expect(own.toScreen(3000, 0)[0]).toBe(920)
  })
})

describe('scene', () => {
  const scene = new Scene(
    {
      ids: ['a', 'b', 'c'],
      titles: ['A', 'B', 'C'],
      kinds: Uint8Array.of(0, 1, 4),
      ends: Int32Array.of(0, 1, 0, 2),
      relations: Uint16Array.of(0, 0),
      words: ['mentions'],
      center: 'b',
    },
    new Float32Array(6),
  )

  test('the middle weighs most, then what is best linked', () => {
    expect([...scene.byWeight]).toEqual([1, 0, 2])
    expect(scene.radii[0]).toBeGreaterThan(scene.radii[2] ?? 0)
  })

  test('pointing at a node keeps it and its neighbours bright', () => {
    expect(scene.litNodes()).toBeNull()
    scene.hovered = 2
    expect([...(scene.litNodes() ?? [])]).toEqual([1, 0, 1])
    expect(scene.edgeBetween(2, 0)).toBe(1)
    expect(scene.edgeBetween(1, 2)).toBe(-1)
  })
})

test('relations are line styles; own words are dotted like a mention', () => {
  const words = ['illustrates', 'challenges', 'rests_on', 'tried_in', 'supersedes', 'derived_from', 'mentions', 'own']
  expect(words.map(lineStyle)).toEqual([
    'solid',
    'dashed',
    'double',
    'double',
    'succession',
    'succession',
    'dotted',
    'dotted',
  ])
})
