import type { Camera } from './camera.ts'
import type { Scene } from './scene.ts'

/** DESIGN 4: relations are line styles; a vault's own words are dotted like a plain mention. */
export type LineStyle = 'solid' | 'dashed' | 'double' | 'dotted' | 'succession'
const STYLES: Readonly<Record<string, LineStyle>> = {
  illustrates: 'solid',
  challenges: 'dashed',
  rests_on: 'double',
  tried_in: 'double',
  derived_from: 'succession',
  supersedes: 'succession',
}
export const lineStyle = (word: string): LineStyle => STYLES[word] ?? 'dotted'

const DASHES: Record<LineStyle, number[]> = {
  solid: [],
  dashed: [4, 2.6],
  double: [],
  dotted: [0.1, 3],
  succession: [6, 2, 1.2, 2],
}
/** Relations first: where the budget ends, it ends in the mentions. */
const ORDER: readonly LineStyle[] = ['solid', 'double', 'dashed', 'succession', 'dotted']
/** Half of the distance between the lines of a double one, px. */
const APART = 1.3
const TICK = 3.5
/** Dashes of thousands of lines cost a second and show nothing. */
const DASHED_UP_TO = 2500

export type EdgePass = {
  readonly color: string
  readonly alpha: number
  /** At most so many lines. */
  readonly budget: number
  /** Which edges, by number. */
  readonly takes: (edge: number, from: number, to: number) => boolean
}

/** Draws edges in batches of one style each. @returns false when the budget left some out. */
export function drawEdges(
  context: OffscreenCanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  { color, alpha, budget, takes }: EdgePass,
): boolean {
  const { ends, relations, words } = scene.data
  const styles = words.map(lineStyle)
  let left = budget
  let isWhole = true
  context.strokeStyle = color
  context.globalAlpha = alpha
  context.lineWidth = 1
  for (const style of ORDER) {
    const path = new Path2D()
    let lines = 0
    for (let edge = 0; edge < relations.length; edge++) {
      if (styles[relations[edge] ?? 0] !== style) continue
      const from = ends[edge * 2] ?? 0
      const to = ends[edge * 2 + 1] ?? 0
      if (!takes(edge, from, to) || !addLine(path, scene, camera, from, to, style)) continue
      lines++
      if (--left <= 0) {
        isWhole = false
        break
      }
    }
    if (lines > 0) {
      context.setLineDash(lines > DASHED_UP_TO ? [] : DASHES[style])
      context.lineCap = style === 'dotted' ? 'round' : 'butt'
      context.stroke(path)
    }
    if (!isWhole) break
  }
  context.setLineDash([])
  context.lineCap = 'butt'
  context.globalAlpha = 1
  return isWhole
}

/** False where nothing of the line can be seen. */
function addLine(
  path: Path2D,
  { positions }: Scene,
  camera: Camera,
  from: number,
  to: number,
  style: LineStyle,
): boolean {
  const { scale, x, y, middleX, middleY, width, height } = camera
  const x1 = ((positions[from * 2] ?? 0) - x) * scale + middleX
  const y1 = ((positions[from * 2 + 1] ?? 0) - y) * scale + middleY
  const x2 = ((positions[to * 2] ?? 0) - x) * scale + middleX
  const y2 = ((positions[to * 2 + 1] ?? 0) - y) * scale + middleY
  if ((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > width && x2 > width) || (y1 > height && y2 > height))
    return false
  if (style !== 'double' && style !== 'succession') {
    path.moveTo(x1, y1)
    path.lineTo(x2, y2)
    return true
  }
  const length = Math.hypot(x2 - x1, y2 - y1) || 1
  const sideX = (y1 - y2) / length
  const sideY = (x2 - x1) / length
  if (style === 'double') {
    for (const side of [APART, -APART]) {
      path.moveTo(x1 + sideX * side, y1 + sideY * side)
      path.lineTo(x2 + sideX * side, y2 + sideY * side)
    }
    return true
  }
  path.moveTo(x1, y1)
  path.lineTo(x2, y2)
  // What derives and what supersedes is the newer one: the tick stands before it.
  const tickX = x1 + ((x2 - x1) / length) * Math.min(14, length / 3)
  const tickY = y1 + ((y2 - y1) / length) * Math.min(14, length / 3)
  path.moveTo(tickX + sideX * TICK, tickY + sideY * TICK)
  path.lineTo(tickX - sideX * TICK, tickY - sideY * TICK)
  return true
}
