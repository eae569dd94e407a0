import { NODE_KINDS, type NodeKind, type Palette } from '../messages.ts'
import type { Camera } from './camera.ts'
import type { Scene } from './scene.ts'

/** px around a glyph where edges stop. */
const GAP = 1.6
const RING = 2

/** How much larger than at scale 1 a glyph is drawn: it grows slower than the distances. */
export const glyphScale = (camera: Camera): number => Math.min(1.5, Math.max(0.42, Math.sqrt(camera.scale)))

type Pass = {
  readonly palette: Palette
  readonly alpha: number
  readonly hasGaps: boolean
  readonly takes: (node: number) => boolean
}

/** Draws glyphs in batches, one for each kind: shape and colour say the same (DESIGN 4). */
export function drawNodes(
  context: OffscreenCanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  { palette, alpha, hasGaps, takes }: Pass,
): void {
  const grow = glyphScale(camera)
  const gaps = new Path2D()
  const shapes = NODE_KINDS.map(() => new Path2D())
  const { kinds } = scene.data
  for (let node = 0; node < kinds.length; node++) {
    if (!takes(node)) continue
    const [x, y] = camera.toScreen(scene.positions[node * 2] ?? 0, scene.positions[node * 2 + 1] ?? 0)
    const radius = (scene.radii[node] ?? 4) * grow
    if (x < -radius || y < -radius || x > camera.width + radius || y > camera.height + radius) continue
    if (hasGaps) circle(gaps, x, y, radius * 0.8 + GAP)
    const kind = kinds[node] ?? 0
    addShape(shapes[kind] as Path2D, NODE_KINDS[kind] ?? 'note', x, y, radius / 6)
  }
  if (hasGaps) {
    context.fillStyle = palette.surface
    context.fill(gaps)
  }
  context.globalAlpha = alpha
  for (const [at, kind] of NODE_KINDS.entries()) {
    const path = shapes[at] as Path2D
    if (kind === 'note' || kind === 'unresolved') {
      context.strokeStyle = palette[kind]
      context.lineWidth = Math.max(0.8, 1.25 * Math.min(1, grow))
      context.setLineDash(kind === 'unresolved' ? [1.9 * grow, 1.65 * grow] : [])
      context.stroke(path)
      context.setLineDash([])
    } else {
      context.fillStyle = palette[kind]
      context.fill(path)
    }
  }
  context.globalAlpha = 1
}

/** The ring around what the keyboard or the list has chosen. */
export function drawRing(
  context: OffscreenCanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  node: number,
  color: string,
): void {
  const [x, y] = camera.toScreen(scene.positions[node * 2] ?? 0, scene.positions[node * 2 + 1] ?? 0)
  context.strokeStyle = color
  context.lineWidth = RING
  context.beginPath()
  context.arc(x, y, (scene.radii[node] ?? 4) * glyphScale(camera) + 4, 0, 2 * Math.PI)
  context.stroke()
}

/** The glyphs of ui/KindGlyph, on their grid of 12 units. */
function addShape(path: Path2D, kind: NodeKind, x: number, y: number, unit: number): void {
  switch (kind) {
    case 'essay':
      circle(path, x, y, 4 * unit)
      break
    case 'example':
      path.moveTo(x, y - 4.45 * unit)
      path.lineTo(x + 5 * unit, y + 4.2 * unit)
      path.lineTo(x - 5 * unit, y + 4.2 * unit)
      path.closePath()
      break
    case 'commitment':
      path.moveTo(x, y - 5.15 * unit)
      path.lineTo(x + 5.15 * unit, y)
      path.lineTo(x, y + 5.15 * unit)
      path.lineTo(x - 5.15 * unit, y)
      path.closePath()
      break
    case 'note':
    case 'unresolved':
      circle(path, x, y, 3.4 * unit)
      break
  }
}

function circle(path: Path2D, x: number, y: number, radius: number): void {
  path.moveTo(x + radius, y)
  path.arc(x, y, radius, 0, 2 * Math.PI)
}
