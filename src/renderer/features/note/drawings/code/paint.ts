import type { Disposer } from '../../../../../core/base/disposable.ts'
import { TOKEN_KINDS, type Tokens } from './tokens.ts'

type Painted = { readonly key: string; readonly ranges: readonly (readonly [kind: number, range: Range])[] }

const highlights = new Map<number, Highlight>()

/** Colours that lie over the text and are no part of it: CSS Custom Highlights, `::highlight(code-keyword)` and so on. */
function highlightOf(kind: number): Highlight {
  const known = highlights.get(kind)
  if (known) return known
  const highlight = new Highlight()
  highlights.set(kind, highlight)
  CSS.highlights.set(`code-${TOKEN_KINDS[kind]}`, highlight)
  return highlight
}

export type Painter = {
  /** Paints the block, unless its text on the page is not `text` any more. */
  paint(block: HTMLElement, text: string, tokens: Tokens): void
  readonly dispose: Disposer
}

/** Paints one block. Lines that are as they were keep their ranges: a keystroke makes those of its line anew. */
export function createPainter(): Painter {
  let painted = new Map<Text, Painted>()
  const wipe = ({ ranges }: Painted) => {
    for (const [kind, range] of ranges) highlightOf(kind).delete(range)
  }
  return {
    paint: (block, text, tokens) => {
      const pieces = piecesOf(block)
      if (pieces.map(({ text }) => text).join('') !== text) return
      const next = new Map<Text, Painted>()
      let at = 0
      let token = 0
      for (const piece of pieces) {
        const end = at + piece.text.length
        const own: number[] = []
        while (token < tokens.length && (tokens[token] ?? 0) < end) {
          const [from = 0, to = 0, kind = 0] = tokens.slice(token, token + 3)
          if (to > at) own.push(Math.max(0, from - at), Math.min(piece.text.length, to - at), kind)
          if (to > end) break
          token += 3
        }
        if (piece.node && own.length > 0) {
          const key = `${own.join()} ${piece.text}`
          const former = painted.get(piece.node)
          painted.delete(piece.node)
          if (former?.key === key) next.set(piece.node, former)
          else {
            if (former) wipe(former)
            next.set(piece.node, { key, ranges: draw(piece.node, own) })
          }
        }
        at = end
      }
      for (const left of painted.values()) wipe(left)
      painted = next
    },
    dispose: () => {
      for (const left of painted.values()) wipe(left)
      painted.clear()
    },
  }
}

function draw(node: Text, own: readonly number[]): Painted['ranges'] {
  const ranges: [number, Range][] = []
  for (let at = 0; at < own.length; at += 3) {
    const [from = 0, to = 0, kind = 0] = own.slice(at, at + 3)
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    highlightOf(kind).add(range)
    ranges.push([kind, range])
  }
  return ranges
}

/** The texts and line breaks of a block in order, without what is drawn beside them. */
function piecesOf(block: HTMLElement): { readonly text: string; readonly node: Text | null }[] {
  const pieces: { text: string; node: Text | null }[] = []
  const walk = (parent: Node) => {
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      if (child instanceof Text) pieces.push({ text: child.data, node: child })
      else if (child instanceof HTMLBRElement) {
        // the browser's own at the end of a block, which shows the last empty line, is no line of the text
        if (!isManaged(child)) continue
        pieces.push({ text: '\n', node: null })
      } else if (child instanceof HTMLElement && !child.classList.contains('drawing')) walk(child)
    }
  }
  walk(block)
  return pieces
}

const isManaged = (child: HTMLBRElement): boolean => Object.keys(child).some((key) => key.startsWith('__lexicalKey_'))
