import type { Palette } from '../messages.ts'
import type { Camera } from './camera.ts'
import { drawEdges } from './draw-edges.ts'
import { drawNodes, drawRing } from './draw-nodes.ts'
import type { Labels } from './labels.ts'
import type { Scene } from './scene.ts'

/** DESIGN 5: what is not pointed at. */
const DIMMED = 0.25
/** Lines a frame while something moves; all of them when it rests (facts/graph-and-peers.md). */
const MOVING_BUDGET = 3000
const RESTING_BUDGET = 60_000
/** Above this, gaps around nodes only when nothing moves. */
const GAPS_UP_TO = 2500

/**
 * Draws one frame.
 * @returns whether everything was drawn; false asks for another frame at rest.
 */
export function drawFrame(
  context: OffscreenCanvasRenderingContext2D,
  {
    scene,
    camera,
    palette,
    labels,
    isMoving,
  }: {
    scene: Scene
    camera: Camera
    palette: Palette
    labels: Labels
    isMoving: boolean
  },
): boolean {
  context.fillStyle = palette.surface
  context.fillRect(0, 0, camera.width, camera.height)

  const lit = scene.litNodes()
  const alpha = edgeAlpha(scene)
  const budget = isMoving ? MOVING_BUDGET : RESTING_BUDGET
  const isLit = (_: number, from: number, to: number) => from === scene.lit || to === scene.lit
  const isNear = (_: number, from: number, to: number) => from === scene.center || to === scene.center
  let isWhole = true
  if (lit) {
    const others = { color: palette.ink3, alpha: alpha * DIMMED, budget }
    isWhole = drawEdges(context, scene, camera, { ...others, takes: (edge, from, to) => !isLit(edge, from, to) })
    drawEdges(context, scene, camera, { color: palette.ink3, alpha: 0.9, budget: RESTING_BUDGET, takes: isLit })
  } else if (scene.center >= 0) {
    const lines = { color: palette.ink3, budget }
    isWhole = drawEdges(context, scene, camera, { ...lines, alpha: 0.4, takes: (...edge) => !isNear(...edge) })
    drawEdges(context, scene, camera, { ...lines, alpha: 0.8, takes: isNear })
  } else {
    isWhole = drawEdges(context, scene, camera, { color: palette.ink3, alpha, budget, takes: () => true })
  }

  const hasGaps = !isMoving || scene.data.ids.length <= GAPS_UP_TO
  if (lit) {
    drawNodes(context, scene, camera, { palette, alpha: DIMMED, hasGaps, takes: (node) => lit[node] === 0 })
    drawNodes(context, scene, camera, { palette, alpha: 1, hasGaps, takes: (node) => lit[node] === 1 })
  } else {
    drawNodes(context, scene, camera, { palette, alpha: 1, hasGaps, takes: () => true })
  }
  if (scene.selected >= 0) drawRing(context, scene, camera, scene.selected, palette.focus)
  labels.draw(context, scene, camera, palette)
  return isWhole && hasGaps
}

/** Ten thousand lines as dark as a hundred would be one blot. */
function edgeAlpha(scene: Scene): number {
  const edges = scene.data.relations.length
  return edges < 1500 ? 0.42 : Math.max(0.05, 0.42 * Math.sqrt(1500 / edges))
}
