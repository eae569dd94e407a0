import { align } from './align.ts'
import { contentKey, sameBlocks } from './equal.ts'
import { readSlice } from './frontmatter-read.ts'
import { definedLabels } from './labels.ts'
import { type Lines, readLines } from './lines.ts'
import { normalizeTree } from './normalize.ts'
import { parseBelowFrontmatter, parseText } from './parse.ts'
import { treeOf } from './parse-blocks.ts'
import type { PlacedBlock } from './parsed-note.ts'
import type { Piece } from './piece.ts'
import { printTree } from './print-blocks.ts'
import { printOver, type Reuse } from './print-source.ts'
import { frontmatterEnd } from './split-frontmatter.ts'
import { type Block, EMPTY_TREE, type Tree } from './tree.ts'

export type NoteToPrint = {
  /** With its fences, as `printFrontmatter` gives it; '' for none. */
  readonly frontmatter: string
  readonly blocks: Tree
  /** The last text that the note was read from or written to outside, as `decodeSource` gave it. */
  readonly source?: string
}

/** `same`: read again, the text gives the same blocks (SPEC, M4); already looked at here, so need not be again. */
export type PrintedNote = { readonly text: string; readonly same: boolean }

/** Blocks in canonical form, with a final line end; '' for a note without text. */
export function printBlocks(blocks: Tree): string {
  const normal = normalizeTree(blocks)
  return sameBlocks(normal, EMPTY_TREE) ? '' : `${printTree(normal, definedLabels(normal))}\n`
}

/** A note as Markdown. With `source`, every block that is still the same keeps its bytes (SPEC, M1 and M2). */
export const printNote = (note: NoteToPrint): string => printNoteChecked(note).text

export function printNoteChecked({ frontmatter, blocks, source }: NoteToPrint): PrintedNote {
  const normal = normalizeTree(blocks)
  const lines = readLines(source ?? '')
  const { bodyFrom, placed } = parseText(lines.text)
  const body = lines.text.slice(bodyFrom)
  const head = printHead(lines, bodyFrom, frontmatter)
  // What was read is compared as it was read first: M1 must not hang on how well reading and normal form agree.
  const read = treeOf(placed)
  const isSame = source !== undefined && (sameBlocks(read, blocks) || sameBlocks(read, normal))
  const unchanged = isSame && (head !== '' || bodyFrom === 0)
  const { pieces, same } = unchanged
    ? { pieces: [{ from: 0, to: body.length }], same: true }
    : choose(
        body,
        placed,
        normal,
        source === undefined ? normal : keepRead(read, blocks),
        source !== undefined,
        head !== '',
      )
  const text = pieces
    .map((piece) =>
      typeof piece === 'string'
        ? piece.replaceAll('\n', lines.end)
        : lines.slice(bodyFrom + piece.from, bodyFrom + piece.to),
    )
    .join('')
  const isBelow = head !== '' && bodyFrom === 0 && text !== '' && !/^[\r\n]/.test(text)
  // broken frontmatter stays one block right below the head only
  const gap = isBelow && !isBrokenFrontmatter(normal[0]) ? lines.end : ''
  return { text: head + gap + text, same }
}

/** The way of printing that keeps most of the source and still reads as the same blocks. */
function choose(
  body: string,
  placed: readonly PlacedBlock[],
  normal: Tree,
  kept: Tree,
  hasSource: boolean,
  hasHead: boolean,
): { pieces: readonly Piece[]; same: boolean } {
  if (sameBlocks(normal, EMPTY_TREE)) return { pieces: [], same: true }
  const labels = definedLabels(normal)
  type Attempt = { readonly tree: Tree; readonly print: () => Piece[] }
  const over = (tree: Tree, reuse: Reuse): Attempt => ({
    tree,
    print: () => printOver(body, placed, tree, labels, reuse),
  })
  const canonical: Attempt = { tree: normal, print: () => [printTree(normal, labels), '\n'] }
  const trees = hasSource ? (sameBlocks(kept, normal) ? [normal] : [normal, kept]) : []
  const attempts = [
    ...trees.flatMap((tree) => [over(tree, 'items'), over(tree, 'blocks')]),
    ...trees.map((tree) => over(tree, 'apart')),
  ]
  let pieces: Piece[] = []
  for (const { tree, print } of [...attempts, canonical]) {
    pieces = print()
    const text = joinPieces(body, pieces)
    // A rule at the top, and another below, would be read as frontmatter.
    if (startsFrontmatter(text, tree, hasHead)) pieces.unshift('\n')
    const printed = joinPieces(body, pieces)
    const read = hasHead ? parseBelowFrontmatter(printed).placed : parseText(printed).placed
    if (sameBlocks(treeOf(read), tree)) return { pieces, same: true }
  }
  return { pieces, same: false }
}

/**
 * The blocks as they are where they were read so, and normal where they were edited: M2 must not hang on how well
 * reading and normal form agree about a block that nobody touched.
 */
function keepRead(read: Tree, blocks: Tree): Tree {
  const matched = align(read.map(contentKey), blocks.map(contentKey))
  return blocks.flatMap((block, at) => {
    if (matched[at] !== -1) return [block]
    const normal = normalizeTree([block])
    return normal === EMPTY_TREE ? [] : normal
  })
}

/** Below a head, only what is broken frontmatter would be read as more than rules. */
function startsFrontmatter(text: string, blocks: Tree, hasHead: boolean): boolean {
  const end = frontmatterEnd(text)
  if (end === 0) return false
  const { isMap, frontmatter } = readSlice(text.slice(0, end))
  if (!isMap || (hasHead && !frontmatter.broken)) return false
  return !(frontmatter.broken && isBrokenFrontmatter(blocks[0]))
}

const isBrokenFrontmatter = (block: Block | undefined): boolean =>
  block?.type === 'verbatim' && frontmatterEnd(`${block.source}\n`) > 0

/** The frontmatter, as it stands in the source where it says the same to the letter. */
function printHead(lines: Lines, bodyFrom: number, frontmatter: string): string {
  const wanted = frontmatter.replace(/\r\n?/g, '\n')
  if (wanted === lines.text.slice(0, bodyFrom)) return lines.slice(0, bodyFrom)
  if (wanted.trim() === '') return ''
  return `${wanted.trimEnd()}\n`.replaceAll('\n', lines.end)
}

const joinPieces = (body: string, pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : body.slice(piece.from, piece.to))).join('')
