import { $isLinkNode } from '@lexical/link'
import { $isListItemNode, $isListNode } from '@lexical/list'
import {
  $createParagraphNode,
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
} from 'lexical'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { type FootnoteMark, footnoteMark, freeLabel, labelKey } from '../../core/note/footnotes.ts'
import { $isInSource, treeFromSerialized } from '../lexical-tree.ts'
import { $createFootnoteNode, $isFootnoteNode, type FootnoteNode } from '../nodes/FootnoteNode.ts'
import { $createRawNode, $isRawNode, type RawNode } from '../nodes/RawNode.ts'
import { $isWikilinkNode } from '../nodes/WikilinkNode.ts'
import { $wrapTextsAround } from './containers.ts'

/** Marks of footnotes and the footnotes themselves, as they stand in a note. */
export type FootnoteBook = {
  /** Of every mark, by its node: counted in the order of the marks, marks of one label alike. */
  readonly numbers: ReadonlyMap<NodeKey, number>
  /** Of every footnote whose mark there is, by its node. */
  readonly noteNumbers: ReadonlyMap<NodeKey, number>
  /** Those whose words stand in the text, in their order. */
  readonly inline: readonly InlineFootnote[]
}

export type InlineFootnote = { readonly key: NodeKey; readonly number: number; readonly words: string }

type Mark = { readonly node: RawNode; readonly mark: FootnoteMark }

export function $markOf(node: LexicalNode | null | undefined): FootnoteMark | null {
  return $isRawNode(node) ? footnoteMark(node.getTextContent()) : null
}

/** From the first to the last of the note; those in footnotes come after those in the text that they belong to. */
function $marks(): Mark[] {
  const found: Mark[] = []
  for (const node of $getRoot().getAllTextNodes()) {
    const mark = $markOf(node)
    if (mark && $isRawNode(node)) found.push({ node, mark })
  }
  return found
}

function $footnotes(within: ElementNode = $getRoot()): FootnoteNode[] {
  return within.getChildren().flatMap((child) => {
    if (!$isElementNode(child) || !child.isShadowRoot()) return []
    return [...($isFootnoteNode(child) ? [child] : []), ...$footnotes(child)]
  })
}

/** Reads the whole note. */
export function $readFootnotes(): FootnoteBook {
  const numbers = new Map<NodeKey, number>()
  const byLabel = new Map<string, number>()
  const inline: InlineFootnote[] = []
  let last = 0
  for (const { node, mark } of $marks()) {
    const key = mark.is === 'label' ? labelKey(mark.label) : null
    const number = (key !== null ? byLabel.get(key) : undefined) ?? ++last
    if (key !== null) byLabel.set(key, number)
    numbers.set(node.getKey(), number)
    if (mark.is === 'inline') inline.push({ key: node.getKey(), number, words: mark.words })
  }
  const noteNumbers = new Map<NodeKey, number>()
  for (const note of $footnotes()) {
    const number = byLabel.get(labelKey(note.getLabel()))
    if (number !== undefined) noteNumbers.set(note.getKey(), number)
  }
  return { numbers, noteNumbers, inline }
}

const $footnoteOf = (label: string): FootnoteNode | null =>
  $footnotes().find((note) => labelKey(note.getLabel()) === labelKey(label)) ?? null

/** The words that a mark stands for; null where its footnote is not written. Runs in a read. */
export function $wordsOfMark(key: NodeKey): Tree | null {
  const mark = $markOf($getNodeByKey(key))
  if (!mark) return null
  if (mark.is === 'inline') return parseMarkdown(mark.words).blocks
  const note = $footnoteOf(mark.label)
  return note && treeFromSerialized(note.getChildren().map($serialized))
}

/** As JSON, with what is below it. */
export const $serialized = (node: LexicalNode): Record<string, unknown> => ({
  ...(node.exportJSON() as Record<string, unknown>),
  ...($isElementNode(node) ? { children: node.getChildren().map($serialized) } : {}),
})

/** The footnote of a label, made at the end of the note where there is none. */
export function $ensureFootnote(label: string): FootnoteNode {
  const known = $footnoteOf(label)
  if (known) return known
  const note = $createFootnoteNode(label).append($createParagraphNode())
  const last = $getRoot().getChildren().findLast($isFootnoteNode) ?? $getRoot().getLastChild()
  if (last) last.insertAfter(note)
  else $getRoot().append(note)
  return note
}

/**
 * A mark at the caret and its footnote, with the next free number for a label, where the caret then stands. False
 * where no mark can be: in code and other source, or without a caret. Runs in an update, which is one step of undo.
 */
export function $insertFootnote(editor: LexicalEditor): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || $isInSource(selection.anchor.getNode()) || !editor.isEditable()) return false
  $wrapTextsAround(selection.focus.getNode())
  const end = selection.isBackward() ? selection.anchor : selection.focus
  selection.anchor.set(end.key, end.offset, end.type)
  selection.focus.set(end.key, end.offset, end.type)
  const label = freeLabel([
    ...$marks().flatMap(({ mark }) => (mark.is === 'label' ? [mark.label] : [])),
    ...$footnotes().map((note) => note.getLabel()),
  ])
  selection.insertNodes([$createRawNode(`[^${label}]`)])
  $ensureFootnote(label).selectEnd()
  return true
}

/** `[^label]: ` was typed at the beginning of a line: the line is that footnote. Runs in an update. */
export function $makeFootnote(mark: RawNode): boolean {
  const read = $markOf(mark)
  const line = mark.getParent()
  if (read?.is !== 'label' || !line || mark.getPreviousSibling() || line.getType() !== 'paragraph') return false
  const outer = line.getParent()
  if (!$isElementNode(outer) || !(outer.is($getRoot()) || outer.isShadowRoot()) || outer.getType() === 'tablecell')
    return false
  const known = $footnoteOf(read.label)
  // one that waits for its words gives its place
  if (known && known.getTextContent().trim() !== '') return false
  known?.remove()
  const paragraph = $createParagraphNode().append(...mark.getNextSiblings())
  line.replace($createFootnoteNode(read.label).append(paragraph))
  paragraph.selectStart()
  return true
}

/** Where a mark leads, and back: from a mark to its footnote (`fromMark`), from a footnote to its first mark. */
export type FootnoteJump = { readonly to: NodeKey; readonly fromMark: NodeKey | null }

/**
 * Puts the caret into the footnote of a mark, which is made where it is missing; null for what is no mark or holds its
 * words itself. Runs in an update.
 */
export function $goToFootnote(key: NodeKey): FootnoteJump | null {
  const mark = $markOf($getNodeByKey(key))
  if (mark?.is !== 'label') return null
  const note = $ensureFootnote(mark.label)
  note.selectEnd()
  return { to: note.getKey(), fromMark: key }
}

/** Puts the caret behind a mark whose words stand in it. Runs in an update. */
export function $goToInline(key: NodeKey): FootnoteJump | null {
  const node = $getNodeByKey(key)
  if (!$isRawNode(node) || $markOf(node)?.is !== 'inline') return null
  node.selectEnd()
  return { to: key, fromMark: null }
}

/** Puts the caret behind the mark that one came from, else the first one. Null where no mark is left. */
export function $goToMark(noteKey: NodeKey, from: NodeKey | null): FootnoteJump | null {
  const note = $getNodeByKey(noteKey)
  if (!$isFootnoteNode(note)) return null
  const isOwn = (mark: FootnoteMark | null) =>
    mark?.is === 'label' && labelKey(mark.label) === labelKey(note.getLabel())
  const former = from === null ? null : $getNodeByKey(from)
  const target = isOwn($markOf(former)) ? former : $marks().find(({ mark }) => isOwn(mark))?.node
  if (!$isRawNode(target)) return null
  target.selectEnd()
  return { to: target.getKey(), fromMark: null }
}

/** What Mod+Enter goes to at the caret; null leaves the key to links and tasks. Runs in an update. */
export function $jumpAtCaret(from: NodeKey | null): FootnoteJump | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const { anchor } = selection
  const node = anchor.getNode()
  const beside =
    anchor.type === 'text' && anchor.offset === 0
      ? node.getPreviousSibling()
      : anchor.type === 'text' && anchor.offset === node.getTextContentSize()
        ? node.getNextSibling()
        : null
  const mark = [node, beside].find((each) => $markOf(each)?.is === 'label')
  if (mark) return $goToFootnote(mark.getKey())
  const isTaken = [node, beside, ...node.getParents()].some(
    (each) => $isWikilinkNode(each) || $isLinkNode(each) || ($isListItemNode(each) && $isTaskItem(each)),
  )
  const note = isTaken ? null : node.getParents().find($isFootnoteNode)
  return note ? $goToMark(note.getKey(), from) : null
}

function $isTaskItem(item: LexicalNode): boolean {
  const list = item.getParent()
  return $isListNode(list) && list.getListType() === 'check'
}
