import { neighbourTowards, nodeAt } from '../../../../core/graph/find-node.ts'
import { seedPositions } from '../../../../core/graph/seed-positions.ts'
import type { FromGraph, FromLayout, GraphData, Palette, ToGraph, ToLayout } from '../messages.ts'
import { Camera, type Point } from './camera.ts'
import { drawFrame } from './draw.ts'
import { loadFonts } from './fonts.ts'
import { Labels } from './labels.ts'
import { loadPlaces, type Places, savePlaces } from './places.ts'
import { Scene } from './scene.ts'

/** px around a node where it is meant. */
const REACH = 14
/** ms without a movement until everything is drawn. */
const REST = 140
/** ms in which nodes go to new places (DESIGN 6). */
const GLIDE = 420
/** Share of nodes with a known place above which a layout only settles in the new ones. */
const MOSTLY_KNOWN = 0.5

type Glide = { readonly from: Float32Array; readonly to: Float32Array; readonly start: number }
type Options = {
  canvas: OffscreenCanvas
  store: string | null
  isReduced: boolean
  layout: Worker
  tell: (message: FromGraph) => void
}

/** The drawing side of a graph: takes what the page says, runs the layout, and draws when something changed. */
export class GraphStage {
  readonly #options: Options
  readonly #context: OffscreenCanvasRenderingContext2D | null
  readonly #camera = new Camera()
  readonly #labels = new Labels()
  #places: Promise<Places>
  /** What is drawn. */
  #scene: Scene | null = null
  /** What is laid out: drawn at once, or only when it has its places. */
  #coming: Scene | null = null
  #palette: Palette | null = null
  #ratio = 1
  #run = 0
  /** The person has not moved the drawing: it follows the layout. */
  #follows = true
  #isShown = false
  #isAsked = false
  #movedAt = 0
  #rest: ReturnType<typeof setTimeout> | undefined
  #glide: Glide | null = null

  constructor(options: Options) {
    this.#options = options
    this.#context = options.canvas.getContext('2d', { alpha: false })
    this.#places = options.store === null ? Promise.resolve(new Map()) : loadPlaces(options.store)
    options.layout.onmessage = ({ data }: MessageEvent<FromLayout>) => this.#laidOut(data)
    void loadFonts().then(() => {
      this.#labels.forget()
      this.#draw()
    })
  }

  take(message: Exclude<ToGraph, { do: 'start' }>): void {
    switch (message.do) {
      case 'size':
        this.#resize(message)
        break
      case 'palette':
        this.#palette = message.palette
        this.#draw()
        break
      case 'data':
        void this.#show(message.data)
        break
      case 'hover':
        this.#hover(message.at)
        break
      case 'click':
        this.#click(message.at)
        break
      case 'pan':
        this.#camera.pan(message.by)
        this.#moved()
        break
      case 'zoom':
        this.#camera.zoom(message.at ?? [this.#camera.middleX, this.#camera.middleY], message.factor)
        this.#moved()
        break
      case 'fit':
        this.#follows = true
        this.#fit()
        this.#draw()
        break
      case 'select':
        this.#select(message.id === null ? -1 : (this.#scene?.numberOf(message.id) ?? -1))
        break
      case 'walk':
        this.#walk(message.direction)
        break
    }
  }

  #resize({ width, height, ratio, inset }: Extract<ToGraph, { do: 'size' }>): void {
    this.#ratio = ratio
    this.#options.canvas.width = Math.max(1, Math.round(width * ratio))
    this.#options.canvas.height = Math.max(1, Math.round(height * ratio))
    this.#camera.resize(width, height, inset)
    if (this.#follows) this.#fit()
    // A resized canvas is empty: waiting for the next frame would flash.
    this.#paint()
  }

  async #show(data: GraphData): Promise<void> {
    const run = ++this.#run
    const known = new Map(await this.#places)
    if (run !== this.#run) return
    const before = this.#scene
    if (before) {
      for (const [node, id] of before.data.ids.entries()) {
        known.set(id, [before.positions[node * 2] ?? 0, before.positions[node * 2 + 1] ?? 0])
      }
    }
    // Around another note everything stands anew, the same way each time.
    if (data.center !== null) known.clear()
    const scene = new Scene(data, new Float32Array(0))
    scene.positions = seedPositions(data.ids, scene.adjacency, known)
    if (before) scene.selected = scene.numberOf(before.data.ids[before.selected] ?? '')
    const unknown = data.ids.reduce((count, id) => (known.has(id) ? count : count + 1), 0)
    const share = data.ids.length === 0 ? 0 : unknown / data.ids.length
    const isNew = share > MOSTLY_KNOWN
    if (data.center !== null) this.#follows = true
    this.#coming = scene
    if (unknown === 0) {
      this.#place(scene, scene.positions, true)
      return
    }
    if (!isNew || (data.ids.length > WAITED_FOR && !this.#options.isReduced)) this.#place(scene, scene.positions, false)
    this.#layOut({
      run,
      positions: scene.positions.slice(),
      ends: data.ends,
      center: scene.center,
      heat: isNew ? 1 : 0.1 + share / 2,
      isQuiet: this.#options.isReduced,
    })
  }

  #layOut(order: ToLayout): void {
    this.#options.layout.postMessage(order, [order.positions.buffer])
  }

  #laidOut({ run, positions, isDone }: FromLayout): void {
    const scene = this.#coming
    if (run !== this.#run || !scene) return
    const isSmall = scene.data.ids.length <= WAITED_FOR
    if (isDone && isSmall && this.#scene === scene && !this.#options.isReduced) {
      this.#glide = { from: scene.positions, to: positions, start: performance.now() }
      this.#draw()
    } else {
      this.#place(scene, scene.center >= 0 ? this.#camera.spread(positions) : positions, isDone)
    }
    if (isDone && scene.data.center === null) void this.#remember(scene.data.ids, positions)
  }

  /** Nodes that a filter hides keep their places; those of notes that are long gone do not pile up. */
  async #remember(ids: readonly string[], positions: Float32Array): Promise<void> {
    const now = ids.map((id, at) => [id, [positions[at * 2] ?? 0, positions[at * 2 + 1] ?? 0]] as const)
    const merged = new Map([...(await this.#places), ...now])
    const kept = merged.size > 2 * ids.length + 1000 ? new Map(now) : merged
    this.#places = Promise.resolve(kept)
    const { store } = this.#options
    if (store !== null) {
      await savePlaces(store, { ids: [...kept.keys()], positions: Float32Array.from([...kept.values()].flat()) })
    }
  }

  #place(scene: Scene, positions: Float32Array, isFinal: boolean): void {
    this.#scene = scene
    scene.positions = positions
    if (this.#follows) this.#fit()
    if (!isFinal) this.#movedAt = performance.now()
    if (!this.#isShown) this.#options.tell({ tell: 'shown' })
    this.#isShown = true
    this.#draw()
  }

  #fit(): void {
    if (this.#scene) this.#camera.fit(this.#scene.positions)
  }

  #moved(): void {
    this.#follows = false
    this.#movedAt = performance.now()
    this.#draw()
  }

  #nodeAt(point: Point): number {
    if (!this.#scene || !this.#isShown) return -1
    const [x, y] = this.#camera.toLayout(point)
    return nodeAt(this.#scene.positions, x, y, REACH / this.#camera.scale)
  }

  #hover(at: Point | null): void {
    if (!this.#scene) return
    const node = at === null ? -1 : this.#nodeAt(at)
    if (node === this.#scene.hovered) return
    this.#scene.hovered = node
    this.#options.tell({ tell: 'hovered', id: this.#scene.data.ids[node] ?? null })
    this.#draw()
  }

  #click(at: Point): void {
    const id = this.#scene?.data.ids[this.#nodeAt(at)]
    if (id !== undefined) this.#options.tell({ tell: 'opened', id })
  }

  #select(node: number, edge: number | null = null): void {
    const scene = this.#scene
    if (!scene || scene.selected === node) return
    scene.selected = node
    const id = scene.data.ids[node]
    if (id !== undefined) {
      this.#camera.reveal(scene.positions[node * 2] ?? 0, scene.positions[node * 2 + 1] ?? 0)
      this.#options.tell({ tell: 'selected', id, edge })
    }
    this.#draw()
  }

  #walk(direction: Extract<ToGraph, { do: 'walk' }>['direction']): void {
    const scene = this.#scene
    if (!scene || !this.#isShown) return
    const from = scene.selected
    if (from < 0) {
      this.#select(scene.center >= 0 ? scene.center : (scene.byWeight[0] ?? -1))
      return
    }
    const to = neighbourTowards(scene.adjacency, scene.positions, from, direction)
    if (to >= 0) this.#select(to, scene.edgeBetween(from, to))
  }

  /** Draws with the next frame. */
  #draw(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    ;(self as unknown as DedicatedWorkerGlobalScope).requestAnimationFrame(() => {
      this.#isAsked = false
      this.#paint()
    })
  }

  #paint(): void {
    const context = this.#context
    const palette = this.#palette
    if (!context || !palette) return
    const now = performance.now()
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
    const scene = this.#scene
    if (!scene || !this.#isShown) {
      context.fillStyle = palette.surface
      context.fillRect(0, 0, this.#camera.width, this.#camera.height)
      return
    }
    this.#advance(scene, now)
    const isMoving = now - this.#movedAt < REST
    const isWhole = drawFrame(context, { scene, camera: this.#camera, palette, labels: this.#labels, isMoving })
    if (isWhole) return
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#draw(), REST + 10)
  }

  /** Moves nodes that are on their way to new places. */
  #advance(scene: Scene, now: number): void {
    const glide = this.#glide
    if (!glide) return
    const share = Math.min(1, (now - glide.start) / GLIDE)
    const eased = 1 - (1 - share) ** 3
    const isSame = glide.from.length === scene.positions.length && glide.to.length === scene.positions.length
    if (share === 1 || !isSame) this.#glide = null
    if (!isSame) return
    scene.positions = glide.to.map((end, at) => {
      const begin = glide.from[at] ?? 0
      return begin + (end - begin) * eased
    })
    if (this.#follows) this.#fit()
    if (this.#glide) this.#draw()
  }
}

/** Graphs up to this size are laid out before they are shown; larger ones move into place before one's eyes. */
const WAITED_FOR = 300
