import { align, pairEdited } from './align.ts'
import { contentKey } from './equal.ts'
import { gapBetween, marksAt } from './list-marks.ts'
import { parseBlocks } from './parse-blocks.ts'
import type { PlacedBlock, Span } from './parsed-note.ts'
import type { Piece } from './piece.ts'
import { printBlock, printTree } from './print-blocks.ts'
import { printContainerEdit } from './print-container-edit.ts'
import { printListEdit } from './print-list-edit.ts'
import { printTableEdit } from './print-table-edit.ts'
import { type Block, isContainer, type Tree } from './tree.ts'

/**
 * How much of the old source to trust, from the most to the least: items of a list too, whole blocks, or only blocks
 * below the neighbour that they had (indented code below a new list would be the list's).
 */
export type Reuse = 'items' | 'blocks' | 'apart'

/**
 * A body again, after an edit: slices of the source for each block (and list item) that is still the same, with
 * the gaps as they were; canonical source for the rest. `blocks` is normal, `placed` is what `body` reads as; `depth` is
 * in how many containers the text stands.
 */
export function printOver(
  body: string,
  placed: readonly PlacedBlock[],
  blocks: Tree,
  labels: ReadonlySet<string>,
  reuse: Reuse,
  depth = 0,
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
    const stays = reuse === 'apart' ? isBelowSame(exact, at) : exact[at] !== -1
    if (source && stays) pieces.push({ from: source.span.from, to: source.span.to })
    else
      pieces.push(
        ...printEdited(body, source, block, reuse, labels, depth, () => printBlock(block, labels, marksAt(blocks, at))),
      )
  }
  pieces.push({ from: last.span.to, to: body.length })
  return pieces
}

/** Whether a block is as it was, and stands below the block that it stood below. */
const isBelowSame = (exact: readonly number[], at: number): boolean =>
  exact[at] !== -1 && (at === 0 ? exact[at] === 0 : exact[at - 1] === (exact[at] ?? 0) - 1 && exact[at - 1] !== -1)

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
  depth: number,
  print: () => string,
): Piece[] {
  if (reuse !== 'items' || !source) return [print()]
  const { block: old, span } = source
  if (old.type === 'list' && block.type === 'list' && span.items) {
    return printListEdit(body, old, span.items, block, labels)
  }
  if (old.type === 'table' && block.type === 'table') return printTableEdit(body, span, old, block, labels)
  if (!isContainer(old) || !isContainer(block)) return [print()]
  const printInner = (text: string, inner: Tree): Piece[] => {
    const { placed } = parseBlocks(text, labels, depth + 1)
    return placed.length === 0 ? [printTree(inner, labels)] : printOver(text, placed, inner, labels, reuse, depth + 1)
  }
  return printContainerEdit(body, span, old, block, labels, printInner) ?? [print()]
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
