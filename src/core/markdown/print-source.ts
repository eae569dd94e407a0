import { align, pairEdited } from './align.ts'
import { contentKey } from './equal.ts'
import { gapBetween, marksAt } from './list-marks.ts'
import type { PlacedBlock } from './parse-blocks.ts'
import type { Span } from './parsed-note.ts'
import type { Piece } from './piece.ts'
import { printBlock } from './print-blocks.ts'
import { printListEdit } from './print-list-edit.ts'
import type { Block, Tree } from './tree.ts'

/** How much of the old source to trust, from the most to nothing. */
export type Reuse = 'items' | 'blocks'

/**
 * A body again, after an edit: slices of the source for each block (and list item) that is still the same, with
 * the gaps as they were; canonical source for the rest. `blocks` is normal, `placed` is what `body` reads as.
 */
export function printOver(
  body: string,
  placed: readonly PlacedBlock[],
  blocks: Tree,
  labels: ReadonlySet<string>,
  reuse: Reuse,
): Piece[] {
  const first = placed[0]
  const last = placed[placed.length - 1]
  if (!first || !last) return [body, ...blocks.flatMap((_, at) => printNew(blocks, at, labels)), '\n']
  const old = placed.map(({ block }) => block)
  const exact = align(old.map(contentKey), blocks.map(contentKey))
  const sources = pairEdited(exact, old.map(kindOf), blocks.map(kindOf))
  const pieces: Piece[] = [{ from: 0, to: first.span.from }]
  for (const [at, block] of blocks.entries()) {
    const source = placed[sources[at] ?? -1]
    if (at > 0) pieces.push(gapAt(body, placed, blocks, sources, exact, at, reuse))
    if (source && exact[at] !== -1) pieces.push({ from: source.span.from, to: source.span.to })
    else
      pieces.push(
        ...printEdited(body, source, block, reuse, labels, () => printBlock(block, labels, marksAt(blocks, at))),
      )
  }
  pieces.push({ from: last.span.to, to: body.length })
  return pieces
}

const kindOf = (block: Block): string => (block.type === 'list' ? block.style : block.type)

function printNew(blocks: Tree, at: number, labels: ReadonlySet<string>): Piece[] {
  const block = blocks[at]
  const before = blocks[at - 1]
  if (!block) return []
  return [before ? gapBetween(before, block) : '', printBlock(block, labels, marksAt(blocks, at))]
}

function printEdited(
  body: string,
  source: PlacedBlock | undefined,
  block: Block,
  reuse: Reuse,
  labels: ReadonlySet<string>,
  print: () => string,
): Piece[] {
  if (reuse === 'items' && source?.block.type === 'list' && block.type === 'list' && source.span.items) {
    return printListEdit(body, source.block, source.span.items, block, labels)
  }
  return [print()]
}

/** The gap before a block: as it was where both neighbours were neighbours, else one with a blank line. */
function gapAt(
  body: string,
  placed: readonly PlacedBlock[],
  blocks: Tree,
  sources: readonly number[],
  exact: readonly number[],
  at: number,
  reuse: Reuse,
): Piece {
  const previous = sources[at - 1] ?? -1
  const current = sources[at] ?? -1
  const before = current > 0 ? oldGap(placed, current) : null
  const after = previous >= 0 ? oldGap(placed, previous + 1) : null
  const untouched = exact[at] !== -1 && exact[at - 1] !== -1
  if (before && previous >= 0 && current === previous + 1 && (reuse === 'items' || untouched)) return before
  for (const gap of [before, after]) if (gap && isBlankLine(body, gap)) return gap
  const above = blocks[at - 1]
  const block = blocks[at]
  return above && block ? gapBetween(above, block) : '\n\n'
}

function oldGap(placed: readonly PlacedBlock[], at: number): Span | null {
  const above = placed[at - 1]
  const block = placed[at]
  return above && block ? { from: above.span.to, to: block.span.from } : null
}

const isBlankLine = (body: string, { from, to }: Span): boolean => /\n[ \t]*\n/.test(body.slice(from, to))
