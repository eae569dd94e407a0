import { degreeOf } from '../../../../core/graph/adjacency.ts'
import type { Palette } from '../messages.ts'
import type { Camera } from './camera.ts'
import { glyphScale } from './draw-nodes.ts'
import { SERIF } from './fonts.ts'
import type { Scene } from './scene.ts'

const LONGEST = 30
/** One label for so many px² of drawing. */
const ROOM = 24000
/** Glyphs that labels keep clear of, the best linked first. */
const MOST_AVOIDED = 500
/** Nodes that are asked whether their label has room, before giving up. */
const MOST_ASKED = 600
const HUB_LINKS = 6

type Box = { left: number; top: number; right: number; bottom: number }
type Style = { readonly font: string; readonly color: string; readonly height: number }

/** Titles under their nodes, the best linked first, none over another. Widths are measured once. */
export class Labels {
  readonly #widths = new Map<string, number>()

  /** After fonts came. */
  forget(): void {
    this.#widths.clear()
  }

  draw(context: OffscreenCanvasRenderingContext2D, scene: Scene, camera: Camera, palette: Palette): void {
    const most = Math.max(8, Math.floor((camera.width * camera.height) / ROOM))
    const lit = scene.litNodes()
    const first = [scene.hovered, scene.selected, scene.center].filter((node) => node >= 0)
    const boxes: Box[] = []
    const drawn = new Set<number>()
    const glyphs = glyphBoxes(scene, camera)
    context.textAlign = 'center'
    context.textBaseline = 'alphabetic'
    context.lineJoin = 'round'
    const offer = (node: number, isWanted: boolean) => {
      if (drawn.has(node)) return
      const box = this.#place(context, scene, camera, palette, node)
      if (!isWanted) {
        if (boxes.some((other) => overlap(box, other))) return
        // A hub's name may lie over small neighbours, nothing may lie over a hub.
        const isHub = degreeOf(scene.adjacency, node) >= HUB_LINKS
        if (glyphs.some((other) => other.node !== node && !(isHub && other.isSmall) && overlap(box, other))) return
      }
      drawn.add(node)
      boxes.push(box)
      this.#write(context, scene, palette, node, box)
    }
    for (const node of new Set(first)) offer(node, true)
    let asked = 0
    for (const node of scene.byWeight) {
      if (drawn.size >= most || asked >= MOST_ASKED) break
      if (lit && lit[node] === 0) continue
      const [x, y] = camera.toScreen(scene.positions[node * 2] ?? 0, scene.positions[node * 2 + 1] ?? 0)
      if (x < 0 || y < 0 || x > camera.width || y > camera.height) continue
      asked++
      offer(node, false)
    }
  }

  #place(
    context: OffscreenCanvasRenderingContext2D,
    scene: Scene,
    camera: Camera,
    palette: Palette,
    node: number,
  ): Box {
    const { font, height } = styleOf(scene, palette, node)
    const text = textOf(scene, node)
    const key = `${font}\n${text}`
    let width = this.#widths.get(key)
    if (width === undefined) {
      context.font = font
      width = context.measureText(text).width
      this.#widths.set(key, width)
    }
    const [x, y] = camera.toScreen(scene.positions[node * 2] ?? 0, scene.positions[node * 2 + 1] ?? 0)
    const top = y + (scene.radii[node] ?? 4) * glyphScale(camera) + 3
    // Inside the drawing, even where the node is at its edge.
    const middle = Math.min(camera.width - width / 2 - 4, Math.max(width / 2 + 4, x))
    return { left: middle - width / 2, right: middle + width / 2, top, bottom: top + height }
  }

  #write(context: OffscreenCanvasRenderingContext2D, scene: Scene, palette: Palette, node: number, box: Box): void {
    const { font, color, height } = styleOf(scene, palette, node)
    const x = (box.left + box.right) / 2
    const y = box.top + height * 0.78
    context.font = font
    context.strokeStyle = palette.surface
    context.lineWidth = 4
    context.strokeText(textOf(scene, node), x, y)
    context.fillStyle = color
    context.fillText(textOf(scene, node), x, y)
  }
}

type GlyphBox = Box & { readonly node: number; readonly isSmall: boolean }

function glyphBoxes(scene: Scene, camera: Camera): GlyphBox[] {
  const boxes: GlyphBox[] = []
  const grow = glyphScale(camera)
  for (const node of scene.byWeight.subarray(0, MOST_AVOIDED)) {
    const [x, y] = camera.toScreen(scene.positions[node * 2] ?? 0, scene.positions[node * 2 + 1] ?? 0)
    if (x < 0 || y < 0 || x > camera.width || y > camera.height) continue
    // Boxes are compared with room between them, which glyphs do not need.
    const half = Math.max(1, (scene.radii[node] ?? 4) * grow * 0.7 - 1)
    const isSmall = degreeOf(scene.adjacency, node) < HUB_LINKS
    boxes.push({ node, isSmall, left: x - half + 5, right: x + half - 5, top: y - half, bottom: y + half })
  }
  return boxes
}

/** As in the screens: the chosen ones heavy, hubs plain, the rest small and grey. */
function styleOf(scene: Scene, palette: Palette, node: number): Style {
  const isNearby = scene.center >= 0
  if (node === scene.hovered || node === scene.selected || node === scene.center) {
    return { font: `600 ${isNearby ? 11.5 : 13.5}px ${SERIF}`, color: palette.ink, height: 16 }
  }
  if (!isNearby && degreeOf(scene.adjacency, node) >= HUB_LINKS) {
    return { font: `520 13px ${SERIF}`, color: palette.ink2, height: 16 }
  }
  return { font: `420 ${isNearby ? 10.5 : 11.5}px ${SERIF}`, color: isNearby ? palette.ink2 : palette.ink3, height: 14 }
}

function textOf(scene: Scene, node: number): string {
  const title = scene.data.titles[node] ?? ''
  const longest = scene.center >= 0 && node !== scene.hovered ? LONGEST / 2 + 3 : LONGEST
  const letters = [...title]
  return letters.length <= longest
    ? title
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right + 6 && b.left < a.right + 6 && a.top < b.bottom + 1 && b.top < a.bottom + 1
