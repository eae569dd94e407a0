import type { Inset } from '../messages.ts'

const MOST = 6
const LEAST = 0.02
/** px kept free at the edges when everything is shown. */
const MARGIN = 44
/** A few nodes are not blown up to fill a window. */
const MOST_FITTED = 1.6
const MOST_SPREAD = 2.6

export type Point = readonly [number, number]

/** Which part of the layout is shown: where its point `x, y` is in the middle of the free part of the drawing. */
export class Camera {
  x = 0
  y = 0
  scale = 1
  width = 1
  height = 1
  #inset: Inset = { left: 0 }

  resize(width: number, height: number, inset: Inset): void {
    this.width = Math.max(1, width)
    this.height = Math.max(1, height)
    this.#inset = inset
  }

  get middleX(): number {
    return (this.width + this.#inset.left) / 2
  }

  get middleY(): number {
    return this.height / 2
  }

  toScreen(x: number, y: number): Point {
    return [(x - this.x) * this.scale + this.middleX, (y - this.y) * this.scale + this.middleY]
  }

  toLayout([x, y]: Point): Point {
    return [(x - this.middleX) / this.scale + this.x, (y - this.middleY) / this.scale + this.y]
  }

  pan([dx, dy]: Point): void {
    this.x -= dx / this.scale
    this.y -= dy / this.scale
  }

  /** What is under `at` stays there. */
  zoom(at: Point, factor: number): void {
    const [x, y] = this.toLayout(at)
    this.scale = Math.min(MOST, Math.max(LEAST, this.scale * factor))
    const [nowX, nowY] = this.toLayout(at)
    this.x += x - nowX
    this.y += y - nowY
  }

  /** A round layout drawn out to the shape of the drawing: a small one wants all the room there is. */
  spread(positions: Float32Array): Float32Array {
    const { left, top, right, bottom } = boundsOf(positions)
    const wanted = (this.width - 110) / Math.max(1, this.height - 60)
    const factor = (wanted * Math.max(1, bottom - top)) / Math.max(1, right - left)
    const byX = Math.min(MOST_SPREAD, Math.max(1, factor))
    const byY = Math.min(MOST_SPREAD, Math.max(1, 1 / factor))
    return positions.map((value, at) => value * (at % 2 === 0 ? byX : byY))
  }

  /** Shows every node. */
  fit(positions: ArrayLike<number>): void {
    if (positions.length < 2) return
    const { left, top, right, bottom } = boundsOf(positions)
    const margin = Math.min(MARGIN, this.width / 8, this.height / 6)
    const across = (this.width - this.#inset.left - 2 * margin) / Math.max(1, right - left)
    const down = (this.height - 2 * margin) / Math.max(1, bottom - top)
    this.scale = Math.min(MOST_FITTED, Math.max(LEAST, Math.min(across, down)))
    this.x = (left + right) / 2
    this.y = (top + bottom) / 2
  }

  /** Moves just so far that a point is well inside. */
  reveal(x: number, y: number): void {
    const [sx, sy] = this.toScreen(x, y)
    const edge = Math.min(80, this.width / 5, this.height / 5)
    const dx = Math.max(0, this.#inset.left + edge - sx) - Math.max(0, sx - (this.width - edge))
    const dy = Math.max(0, edge - sy) - Math.max(0, sy - (this.height - edge))
    this.pan([dx, dy])
  }
}

function boundsOf(positions: ArrayLike<number>): { left: number; top: number; right: number; bottom: number } {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (let at = 0; at + 1 < positions.length; at += 2) {
    const x = positions[at] ?? 0
    const y = positions[at + 1] ?? 0
    bounds.left = Math.min(bounds.left, x)
    bounds.right = Math.max(bounds.right, x)
    bounds.top = Math.min(bounds.top, y)
    bounds.bottom = Math.max(bounds.bottom, y)
  }
  return bounds
}
