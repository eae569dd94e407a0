import mermaid from 'mermaid'
import { type DiagramAnswer, type DiagramAsk, type DiagramTheme, FONT, type Hello } from './messages.ts'

/**
 * The page of a sandboxed frame: it has no origin, no storage, no network, and of the app one port. What a diagram
 * says is parsed and drawn here and nowhere else; the page outside gets text, which it shows as a picture.
 */
let fontFace = ''

window.addEventListener('message', (event: MessageEvent<Hello>) => {
  const [port] = event.ports
  if (event.source !== window.parent || event.origin !== 'app://bundle' || !port || fontFace !== '') return
  const { font } = event.data
  fontFace = `@font-face{font-family:"${FONT}";font-weight:100 900;src:url(data:font/woff2;base64,${base64(font)})}`
  const face = new FontFace(FONT, font, { weight: '100 900' })
  document.fonts.add(face)
  const ready = face.load()
  let last: Promise<unknown> = ready
  port.onmessage = ({ data }: MessageEvent<DiagramAsk>) => {
    last = last.then(
      async () => port.postMessage(await draw(data)),
      () => {},
    )
  }
  // a picture with another typeface is better than none
  void ready.catch(() => {}).then(() => port.postMessage('ready'))
})

async function draw({ id, source, theme }: DiagramAsk): Promise<DiagramAnswer> {
  try {
    mermaid.initialize(configOf(theme))
    const { svg } = await mermaid.render(`drawing-${id}`, source)
    return { id, ...asPicture(svg) }
  } catch (error) {
    return { id, line: lineOf(error) }
  } finally {
    document.body.replaceChildren()
  }
}

/** What mermaid draws, as a document of its own that needs nothing from outside. */
function asPicture(svg: string): { svg: string; width: number; height: number } {
  const holder = document.createElement('div')
  holder.innerHTML = svg
  const drawn = holder.querySelector('svg')
  if (!drawn) throw new Error('no drawing')
  const [, , width = 0, height = 0] = (drawn.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number)
  drawn.setAttribute('width', String(width))
  drawn.setAttribute('height', String(height))
  drawn.style.removeProperty('max-width')
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style')
  style.textContent = fontFace
  drawn.prepend(style)
  return { svg: new XMLSerializer().serializeToString(drawn), width, height }
}

function lineOf(error: unknown): number | null {
  const { hash, message } = error as { hash?: { line?: number; loc?: { first_line?: number } }; message?: string }
  const said = /\bline:? (\d+)/i.exec(message ?? '')?.[1]
  if (said !== undefined) return Number(said)
  return hash?.loc?.first_line ?? null
}

type Config = Parameters<typeof mermaid.initialize>[0]

function configOf({ isDark, paper, well, ink, ink3, line }: DiagramTheme): Config {
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    deterministicIds: true,
    htmlLabels: false,
    flowchart: { htmlLabels: false, curve: 'basis', padding: 12 },
    maxTextSize: 20_000,
    maxEdges: 500,
    fontFamily: `"${FONT}", system-ui, sans-serif`,
    // what a diagram may not say of itself by %%{init}%% or frontmatter
    secure: [
      ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering'],
      ...['htmlLabels', 'flowchart.htmlLabels', 'themeCSS', 'fontFamily', 'altFontFamily', 'dompurifyConfig'],
    ],
    look: 'classic',
    theme: 'base',
    themeCSS: `
      .node rect, .node polygon, .node circle, .node path, .actor { filter: none; stroke-width: 1px; }
      .node rect { rx: 3px; ry: 3px; }
      .edgeLabel rect, .edgeLabel .background { fill: ${paper}; opacity: 1; }
      .edgeLabel text, .edgeLabel tspan { fill: ${ink3}; }
    `,
    themeVariables: {
      darkMode: isDark,
      fontFamily: `"${FONT}", system-ui, sans-serif`,
      fontSize: '13.5px',
      background: paper,
      mainBkg: paper,
      primaryColor: paper,
      primaryTextColor: ink,
      primaryBorderColor: ink3,
      secondaryColor: well,
      secondaryBorderColor: line,
      tertiaryColor: paper,
      tertiaryBorderColor: line,
      lineColor: ink3,
      textColor: ink,
      edgeLabelBackground: paper,
      clusterBkg: paper,
      clusterBorder: line,
      noteBkgColor: well,
      noteBorderColor: line,
      noteTextColor: ink,
      actorBkg: paper,
      actorBorder: ink3,
      labelBoxBkgColor: paper,
    },
  }
}

function base64(bytes: ArrayBuffer): string {
  let binary = ''
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte)
  return btoa(binary)
}
