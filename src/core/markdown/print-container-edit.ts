import { innerText, outerPieces } from './container-lines.ts'
import { sameInlines } from './equal.ts'
import { openFootnote, openQuote } from './parse-container.ts'
import type { Span } from './parsed-note.ts'
import type { Piece } from './piece.ts'
import { printCalloutHead } from './print-blocks.ts'
import type { Block, Container } from './tree.ts'

/** The blocks of a container, over the text that it holds. */
type PrintInner = (text: string, blocks: readonly Block[]) => Piece[]

/**
 * A container after an edit, over its source at `span`: what it holds is printed over the text behind its signs, and
 * lines that did not change keep theirs (SPEC, M2). Null where its source is not read line by line.
 */
export function printContainerEdit(
  body: string,
  span: Span,
  old: Container,
  block: Container,
  labels: ReadonlySet<string>,
  printInner: PrintInner,
): Piece[] | null {
  const source = body.slice(span.from, span.to)
  const open = block.type === 'footnote' ? openFootnote(source, span.from) : openQuote(source, span.from)
  if (!open || old.type !== block.type) return null
  const { lines, head } = open
  const inner = block.children.length === 0 ? [] : printInner(innerText(lines), block.children)
  if (block.type === 'footnote') {
    const [first] = lines
    const isSame = old.type === 'footnote' && old.label === block.label
    const label = isSame && first ? body.slice(first.from, first.content) : `[^${block.label}]: `
    return outerPieces(body, lines, inner, '    ', /\s$/.test(label) ? label : `${label} `)
  }
  if (block.type === 'quote') return outerPieces(body, lines, inner, '> ', null)
  if (!head || old.type !== 'callout') return null
  const sign = body.slice(head.from, head.content)
  const isSame = old.kind === block.kind && old.fold === block.fold && sameInlines(old.title, block.title)
  const title: Piece = isSame ? { from: head.from, to: head.to } : sign + printCalloutHead(block, labels)
  if (block.children.length === 0) return [title]
  const [first, ...rest] = outerPieces(body, lines, inner, sign, null)
  if (typeof first === 'object' && typeof title === 'object' && first.from === title.to + 1) {
    return [{ from: title.from, to: first.to }, ...rest]
  }
  return first === undefined ? [title] : [title, '\n', first, ...rest]
}
