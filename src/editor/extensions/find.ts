import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isRangeSelection,
  $isTextNode,
  type ElementNode,
  type LexicalNode,
  type NodeKey,
  type TextNode,
} from 'lexical'
import { rawKind } from '../../core/markdown/source-kind.ts'
import { type Found, replacementOf } from '../../core/note/find-in-note.ts'
import { $isRawNode } from '../nodes/RawNode.ts'
import { $isWikilinkNode } from '../nodes/WikilinkNode.ts'

/** A node's part in the text of a block: text[at, at + length) is the node's own text from `offset` on. */
export type FindPiece = {
  readonly key: NodeKey
  readonly at: number
  readonly length: number
  readonly offset: number
  /** `token`: found by its words and never changed. `raw`: source among words. `break`: the end of a line. */
  readonly kind: 'text' | 'raw' | 'token' | 'break'
}

/** A run of text that is read as one, such as a paragraph or a cell, whatever its parts look like. */
export type FindBlock = {
  /** Of the element; where one holds several runs, with a number behind it. */
  readonly id: string
  readonly key: NodeKey
  readonly text: string
  readonly pieces: readonly FindPiece[]
}

/** What is to be replaced in one block: places of `$readFindBlocks`, in their order, not overlapping. */
export type FoundIn = { readonly id: string; readonly text: string; readonly found: readonly Found[] }
export type Replaced = { readonly replaced: number; readonly left: number }

/** The text of a note as its reader sees it, run by run: of a wikilink its words, of source all of it. Reads only. */
export function $readFindBlocks(): FindBlock[] {
  const blocks: FindBlock[] = []
  $readElement($getRoot(), blocks)
  return blocks
}

function $readElement(element: ElementNode, blocks: FindBlock[]): void {
  let text = ''
  let pieces: FindPiece[] = []
  let runs = 0
  const key = element.getKey()
  const add = (node: LexicalNode, shown: string, offset: number, kind: FindPiece['kind']) => {
    pieces.push({ key: node.getKey(), at: text.length, length: shown.length, offset, kind })
    text += shown
  }
  const end = () => {
    if (text !== '') blocks.push({ id: runs === 0 ? key : `${key}:${runs}`, key, text, pieces })
    runs++
    text = ''
    pieces = []
  }
  const walk = (parent: ElementNode) => {
    for (let node = parent.getFirstChild(); node; node = node.getNextSibling()) {
      if ($isWikilinkNode(node)) {
        const { shownStart, shownEnd } = node.getShownRange()
        add(node, node.getTextContent().slice(shownStart, shownEnd), shownStart, 'token')
      } else if ($isTextNode(node)) add(node, node.getTextContent(), 0, $isRawNode(node) ? 'raw' : 'text')
      else if ($isLineBreakNode(node)) add(node, '\n', 0, 'break')
      else if ($isElementNode(node) && node.isInline()) walk(node)
      else {
        if (text !== '') end()
        if ($isElementNode(node)) $readElement(node, blocks)
      }
    }
  }
  walk(element)
  end()
}

/** The piece that a place begins in, and the offset in its node; or the one that it ends in. */
export function pieceAt({ pieces }: FindBlock, at: number, isEnd = false): { piece: FindPiece; offset: number } | null {
  for (const piece of pieces) {
    const within = at - piece.at
    if (isEnd ? within > 0 && within <= piece.length : within >= 0 && within < piece.length) {
      return { piece, offset: piece.offset + within }
    }
  }
  return null
}

/**
 * Replaces what was found, from the last place to the first. What takes the place of words in several looks has the
 * look of the first of them. Links stay as they are, and so does source that would become something else; so do
 * blocks that changed since they were looked through. Texts are changed in place, so that a peer who types in the
 * same block keeps every word. Runs in an update.
 */
export function $replaceFound(blocks: readonly FoundIn[], template: string, regex: boolean): Replaced {
  const now = new Map($readFindBlocks().map((block) => [block.id, block]))
  let replaced = 0
  let left = 0
  for (const { id, text, found } of blocks) {
    const block = now.get(id)
    for (const each of [...found].reverse()) {
      // a line is a block of its own here, and would be lost in a text
      const into = replacementOf(each, template, regex).replaceAll('\n', ' ')
      if (block?.text === text && $replaceOne(block, each, into)) replaced++
      else left++
    }
  }
  return { replaced, left }
}

function $replaceOne({ pieces }: FindBlock, { start, end }: Found, into: string): boolean {
  const touched = pieces.filter(({ at, length }) => at < end && at + length > start)
  const [first] = touched
  if (!first || touched.some((piece) => !mayChange(piece, touched.length, start, end, into))) return false
  // the first piece takes the new words; a line's end has no look, so the text after it does
  const taker = touched.find(({ kind }) => kind !== 'break') ?? null
  if (!taker) return false
  for (const piece of touched.toReversed()) {
    const from = Math.max(start, piece.at)
    const size = Math.min(end, piece.at + piece.length) - from
    const node = $getNodeByKey(piece.key)
    if ($isTextNode(node)) $splice(node, piece.offset + from - piece.at, size, piece === taker ? into : '')
    else node?.remove()
  }
  return true
}

function mayChange({ key, kind, at, length }: FindPiece, pieces: number, start: number, end: number, into: string) {
  if (kind === 'token') return false
  if (kind !== 'raw') return true
  const node = $getNodeByKey(key)
  if (pieces > 1 || !$isTextNode(node) || /[$%<>[\]()]/.test(into)) return false
  // the signs at its ends make it source
  const source = node.getTextContent()
  const opening = /^[^\p{L}\p{N}]*/u.exec(source)?.[0].length ?? 0
  const closing = /[^\p{L}\p{N}]*$/u.exec(source)?.[0].length ?? 0
  const next = source.slice(0, start - at) + into + source.slice(end - at)
  return start - at >= opening && end - at <= length - closing && rawKind(next) === rawKind(source)
}

/** The selection stays with the words that it stood by. */
function $splice(node: TextNode, offset: number, size: number, into: string): void {
  if (into === '' && size === node.getTextContentSize()) {
    node.remove()
    return
  }
  node.spliceText(offset, size, into)
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  for (const point of [selection.anchor, selection.focus]) {
    if (point.key !== node.getKey() || point.offset <= offset) continue
    const isBehind = point.offset >= offset + size
    point.set(node.getKey(), isBehind ? point.offset - size + into.length : offset + into.length, 'text')
  }
}

/** Selects a place, for the caret to stand at it. Runs in an update. */
export function $selectFound(block: FindBlock, { start, end }: Pick<Found, 'start' | 'end'>): void {
  const from = pieceAt(block, start)
  const to = pieceAt(block, end, true)
  const first = from && $getNodeByKey(from.piece.key)
  const last = to && $getNodeByKey(to.piece.key)
  if (!$isTextNode(first) || !$isTextNode(last)) return
  // a link is selected whole: there is no caret in it
  const startAt = $isWikilinkNode(first) ? 0 : (from?.offset ?? 0)
  const endAt = $isWikilinkNode(last) ? last.getTextContentSize() : (to?.offset ?? 0)
  const selection = first.select(startAt, startAt)
  selection.focus.set(last.getKey(), endAt, 'text')
}

/** Where the selection begins, or ends, as a place among blocks; null where it is in none. Reads only. */
export function $caretPlace(blocks: readonly FindBlock[], isEnd: boolean): { index: number; at: number } | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const [first, last] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const { key, offset, type } = isEnd ? last : first
  for (const [index, block] of blocks.entries()) {
    if (type === 'element' && block.key === key) return { index, at: offset === 0 ? 0 : block.text.length }
    const piece = type === 'text' ? block.pieces.find((each) => each.key === key) : undefined
    if (!piece) continue
    return { index, at: piece.at + Math.min(piece.length, Math.max(0, offset - piece.offset)) }
  }
  return null
}
