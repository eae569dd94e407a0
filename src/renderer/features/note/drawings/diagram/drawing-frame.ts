import fontUrl from '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2?url'
import type { DiagramAnswer, DiagramAsk, DiagramTheme, Hello } from './messages.ts'

/**
 * One frame draws all diagrams of the window, one after the other. It has no origin of its own (`sandbox` without
 * `allow-same-origin`, and the same in the policy of its response), no network and no storage; what it may reach of
 * this page is the port that it is given. What it answers is shown as an image and never becomes part of this page:
 * an SVG in an `<img>` runs nothing and loads nothing, whatever it holds, takes no focus and no click from the text,
 * and lies in it as a picture does. A frame for each diagram would keep all of these to be watched, and would cost
 * mermaid's start for each.
 */
export type DrawnDiagram =
  | { readonly is: 'picture'; readonly blob: Blob; readonly width: number; readonly height: number }
  | { readonly is: 'mistake'; readonly line: number | null }
  | { readonly is: 'too-slow' }

/** How long one diagram may take; that of the first, which loads mermaid, begins when it has. */
const PATIENCE_MS = 8_000
const LARGEST_SVG = 4_000_000
/** In CSS pixels; beyond it a picture is drawn smaller. */
const LARGEST_SIDE = 8_000

type Waiting = { readonly ask: DiagramAsk; readonly done: (drawn: DrawnDiagram) => void }

let frame: { readonly element: HTMLIFrameElement; port: MessagePort | null } | null = null
const queue: Waiting[] = []
let current: Waiting | null = null
let patience: ReturnType<typeof setTimeout> | undefined
let lastId = 0

export function drawDiagram(source: string, theme: DiagramTheme): Promise<DrawnDiagram> {
  return new Promise((done) => {
    lastId += 1
    queue.push({ ask: { id: lastId, source, theme }, done })
    frame ??= start()
    next()
  })
}

function start(): NonNullable<typeof frame> {
  const element = document.createElement('iframe')
  element.setAttribute('sandbox', 'allow-scripts')
  element.setAttribute('aria-hidden', 'true')
  element.className = 'diagram-frame'
  element.tabIndex = -1
  element.title = ''
  element.src = '/diagram.html'
  const own: NonNullable<typeof frame> = { element, port: null }
  element.addEventListener('load', () => void greet(own), { once: true })
  document.body.append(element)
  return own
}

async function greet(own: NonNullable<typeof frame>): Promise<void> {
  const font = await fetch(fontUrl).then((answer) => answer.arrayBuffer())
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (own !== frame) return
    if (data === 'ready') {
      own.port = port1
      next()
    } else if (current) answer(current, readAnswer(data, current.ask.id))
  }
  // the frame has no origin that could be named; whoever is in it gets a port, and nothing else
  own.element.contentWindow?.postMessage({ diagrams: true, font } satisfies Hello, '*', [port2])
}

function next(): void {
  if (current || !frame?.port) return
  const first = queue.shift()
  if (!first) return
  current = first
  patience = setTimeout(() => {
    frame?.element.remove()
    frame = queue.length > 0 ? start() : null
    answer(first, { is: 'too-slow' })
  }, PATIENCE_MS)
  frame.port.postMessage(first.ask)
}

function answer({ done }: Waiting, drawn: DrawnDiagram | null): void {
  if (!drawn) return
  clearTimeout(patience)
  current = null
  done(drawn)
  next()
}

/** The frame is not trusted: what it says is looked at as if a stranger had. */
function readAnswer(data: unknown, id: number): DrawnDiagram | null {
  if (typeof data !== 'object' || data === null) return null
  const said = data as Partial<Extract<DiagramAnswer, { svg: string }> & Extract<DiagramAnswer, { line: unknown }>>
  if (said.id !== id) return null
  const { svg, width = 0, height = 0, line } = said
  if (typeof svg !== 'string') return { is: 'mistake', line: Number.isInteger(line) ? (line as number) : null }
  const isSized = Number.isFinite(width) && Number.isFinite(height) && width > 0 && height > 0
  if (!isSized || svg.length > LARGEST_SVG) return { is: 'mistake', line: null }
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height))
  return {
    is: 'picture',
    blob: new Blob([svg], { type: 'image/svg+xml' }),
    width: Math.ceil(width * scale),
    height: Math.ceil(height * scale),
  }
}
