import { $generateJSONFromSelectedNodes } from '@lexical/clipboard'
import { $createListItemNode, $isListItemNode, $isListNode } from '@lexical/list'
import { $isTableCellNode, $isTableSelection } from '@lexical/table'
import {
  $createParagraphNode,
  $createTextNode,
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isRootNode,
  $isTextNode,
  $setSelection,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  type PointType,
  type RangeSelection,
} from 'lexical'
import type { Tree } from '../core/markdown/tree.ts'
import { passagesOf } from '../core/note/passages.ts'
import { $isContainerNode } from './extensions/containers.ts'
import { $blockOf, $isInSource, treeFromSerialized } from './lexical-tree.ts'
import { $isCalloutTitleNode } from './nodes/CalloutTitleNode.ts'
import { $isFootnoteNode } from './nodes/FootnoteNode.ts'
import { $createWikilinkNode, $isWikilinkNode } from './nodes/WikilinkNode.ts'

/** What stays in the place of a passage: a link to its note, with a verb or without. */
export type StandIn = { readonly target: string; readonly id: string; readonly verb: string | null }

/** A selection that can become a note. */
export type TakenPassage = {
  /** Whole blocks; else a part of one. */
  readonly isWhole: boolean
  readonly tree: Tree
  /** Ids that its wikilinks carry, by what stands between their brackets. */
  readonly linkIds: Readonly<Record<string, string>>
  /**
   * Takes it out of the text and puts `standIn` in its place. Runs in an update; answers false, and does nothing,
   * where the passage is not as it was.
   */
  readonly $take: (standIn: StandIn) => boolean
}

/** Why a selection cannot: nothing is selected, a part of source, or a part of a table. */
export type NoPassage = 'nothing' | 'source' | 'cells'

/**
 * Reads the passage that is selected. A part of one block is taken as it is, without the spaces at its ends; what
 * goes over several blocks is taken as those blocks, whole. Runs in an editor's read or update.
 */
export function $readPassage(editor: LexicalEditor): TakenPassage | NoPassage {
  const selection = $getSelection()
  if ($isTableSelection(selection)) return 'cells'
  if (!$isRangeSelection(selection) || selection.isCollapsed() || selection.getTextContent().trim() === '')
    return 'nothing'
  const [start, end] = ends(selection)
  const [first, last] = [$blockOf(start.getNode()), $blockOf(end.getNode())]
  if (!first || !last) return 'nothing'
  const isOne = first.is(last) && !$isRootNode(first)
  const isAll = isOne && selection.getTextContent().trim() === first.getTextContent().trim()
  if (isOne && $isInSource(first) && !isAll) return 'source'
  if (isOne && (!isAll || isPart(first))) return $readPart(editor, selection)
  return $readBlocks(first, last, start, end)
}

/** Blocks that are no block of Markdown by themselves. */
const isPart = (block: ElementNode): boolean =>
  $isCalloutTitleNode(block) || block.getParents().some($isTableCellNode) || $isTableCellNode(block)

const ends = (selection: RangeSelection): [PointType, PointType] =>
  selection.isBackward() ? [selection.focus, selection.anchor] : [selection.anchor, selection.focus]

function $readPart(editor: LexicalEditor, given: RangeSelection): TakenPassage {
  const selection = given.clone()
  $trim(selection)
  const json = () => $generateJSONFromSelectedNodes(editor, selection).nodes as unknown as Json[]
  const nodes = json()
  const before = JSON.stringify(nodes)
  const links = selection.getNodes()
  return {
    isWhole: false,
    tree: asParagraph(treeFromSerialized(nodes)),
    linkIds: $idsOf(links),
    $take: ({ verb, target, id }) => {
      const stands = [selection.anchor, selection.focus].every(({ key }) => $getNodeByKey(key) !== null)
      if (!stands || JSON.stringify(json()) !== before) return false
      $setSelection(selection)
      const link = $createWikilinkNode(target, { id })
      selection.insertNodes(verb === null ? [link] : [$createTextNode(`[${verb}:: `), link, $createTextNode(']')])
      return true
    },
  }
}

/** The words of a heading or an item that is cut in two are words, and make no heading of their note. */
function asParagraph(tree: Tree): Tree {
  const [only] = tree
  if (tree.length !== 1 || !only) return tree
  if (only.type === 'heading') return [{ type: 'paragraph', children: only.children }]
  const item = only.type === 'list' && only.items.length === 1 ? only.items[0] : undefined
  return item && item.lists.length === 0 ? [{ type: 'paragraph', children: item.children }] : tree
}

/** Spaces at the ends of a selection stay in the sentence. */
function $trim(selection: RangeSelection): void {
  const [start, end] = ends(selection)
  const from = start.getNode()
  if (start.type === 'text' && $isTextNode(from) && !$isWikilinkNode(from)) {
    const rest = from.getTextContent().slice(start.offset, from.is(end.getNode()) ? end.offset : undefined)
    start.set(start.key, start.offset + rest.length - rest.trimStart().length, 'text')
  }
  const to = end.getNode()
  if (end.type === 'text' && $isTextNode(to) && !$isWikilinkNode(to)) {
    const rest = to.getTextContent().slice(from.is(to) ? start.offset : 0, end.offset)
    end.set(end.key, end.offset - (rest.length - rest.trimEnd().length), 'text')
  }
}

function $readBlocks(
  first: ElementNode,
  last: ElementNode,
  start: PointType,
  end: PointType,
): TakenPassage | NoPassage {
  const range = $rangeOf(first, last, start, end)
  if (typeof range === 'string') return range
  const { scope, nodes } = range
  const keys = nodes.map((node) => node.getKey())
  const json = (all: readonly LexicalNode[]): Json[] =>
    $isListNode(scope)
      ? [{ ...(scope.exportJSON() as unknown as Json), children: all.map($serialized) }]
      : all.map($serialized)
  const serialized = json(nodes)
  const before = JSON.stringify(serialized)
  const tree = treeFromSerialized(serialized)
  return {
    isWhole: true,
    tree,
    linkIds: $idsOf(nodes),
    $take: (standIn) => {
      const now = keys.map((key) => $getNodeByKey(key))
      const all = now.filter((node) => node !== null)
      if (all.length !== keys.length || all.some((node) => !node.getParent()?.is(scope.getLatest()))) return false
      if (JSON.stringify(json(all)) !== before) return false
      $replaceBlocks(all, $isListNode(scope), standIn, passagesOf(tree))
      return true
    },
  }
}

type Range = { readonly scope: ElementNode; readonly nodes: readonly LexicalNode[] }

/** Neighbours that hold all of the selection, in the innermost element that Markdown can take whole blocks from. */
function $rangeOf(first: ElementNode, last: ElementNode, start: PointType, end: PointType): Range | NoPassage {
  let scope: ElementNode | null = $isRootNode(first) ? first : first.getParent()
  while (scope && !($isScope(scope) && (scope.is(last) || scope.isParentOf(last)))) {
    if ($isTableCellNode(scope) && scope.isParentOf(last)) return 'cells'
    scope = scope.getParent()
  }
  if (!scope) return 'nothing'
  let [from, to] = [$childAt(scope, first, start, false), $childAt(scope, last, end, true)]
  // a selection that ends at the very start of a block has nothing of it
  const isEmptyEnd = end.offset === 0 && $isAtStartOf(end.getNode(), scope.getChildAtIndex(to))
  if (to > from && isEmptyEnd) to--
  if ($isListNode(scope)) {
    // what is nested stands in an item of its own, and belongs to the one before
    while (from > 0 && $holdsList(scope.getChildAtIndex(from))) from--
    while ($holdsList(scope.getChildAtIndex(to + 1))) to++
  }
  const title = scope.getChildAtIndex(from)
  const parent = scope.getParent()
  const isWholeList = $isListNode(scope) && from === 0 && to === scope.getChildrenSize() - 1
  if (parent && ($isCalloutTitleNode(title) || (isWholeList && !$isListItemNode(parent)))) {
    return { scope: parent, nodes: [scope] }
  }
  return { scope, nodes: scope.getChildren().slice(from, to + 1) }
}

const $isScope = (node: ElementNode): boolean => $isRootNode(node) || $isContainerNode(node) || $isListNode(node)

const $holdsList = (node: LexicalNode | null): boolean => $isListItemNode(node) && $isListNode(node.getFirstChild())

/** Which child of `scope` a point lies in. */
function $childAt(scope: ElementNode, block: ElementNode, point: PointType, isEnd: boolean): number {
  if (scope.is(block)) return Math.max(0, Math.min(point.offset - (isEnd ? 1 : 0), scope.getChildrenSize() - 1))
  const child = [block, ...block.getParents()].find((node) => node.getParent()?.is(scope))
  return child?.getIndexWithinParent() ?? 0
}

function $isAtStartOf(node: LexicalNode, child: LexicalNode | null): boolean {
  for (let each: LexicalNode | null = node; each && child; each = each.getParent()) {
    if (each.is(child)) return true
    if (each.getPreviousSibling()) return false
  }
  return false
}

function $replaceBlocks(
  nodes: readonly LexicalNode[],
  isInList: boolean,
  { verb, target, id }: StandIn,
  passages: readonly { readonly id: string }[],
): void {
  const [first] = nodes
  if (!first) return
  const link = $createWikilinkNode(target, { id })
  const line = isInList && $isListItemNode(first) ? $createListItemNode(first.getChecked()) : $createParagraphNode()
  if (verb !== null) line.append($createTextNode(`${verb}:: `))
  line.append(link)
  // who links to a passage by its id still comes to the place where it was
  const [blockId, ...more] = [...new Set(passages.map((passage) => passage.id).filter((id) => id !== ''))]
  if (blockId !== undefined) line.append($createTextNode(` ^${blockId}`))
  first.insertBefore(line)
  if (!isInList) {
    let after: LexicalNode = line
    for (const each of more) {
      const next = $createParagraphNode().append($createTextNode(`^${each}`))
      after.insertAfter(next)
      after = next
    }
  }
  const taken = new Set<NodeKey>(nodes.map((node) => node.getKey()))
  const rest = line
    .getTopLevelElementOrThrow()
    .getParentOrThrow()
    .getChildren()
    .filter((node) => !taken.has(node.getKey()))
    .map((node) => node.getTextContent())
    .join('\n')
  for (const node of nodes) {
    // a footnote that the rest of the note refers to stays with it too
    if ($isFootnoteNode(node) && rest.includes(`[^${node.getLabel()}]`)) continue
    node.remove()
  }
  line.selectEnd()
}

type Json = Record<string, unknown>

function $serialized(node: LexicalNode): Json {
  const json = node.exportJSON() as unknown as Json
  return $isElementNode(node) ? { ...json, children: node.getChildren().map($serialized) } : json
}

function $idsOf(nodes: readonly LexicalNode[]): Record<string, string> {
  const ids: Record<string, string> = {}
  const walk = (node: LexicalNode) => {
    if ($isWikilinkNode(node) && node.getTargetId() !== '') ids[node.getTarget()] = node.getTargetId()
    else if ($isElementNode(node)) node.getChildren().forEach(walk)
  }
  nodes.forEach(walk)
  return ids
}

/** The definitions of footnotes, by label, as a tree each. Runs in an editor's read or update. */
export function $footnotes(labels: readonly string[], among: readonly LexicalNode[]): Tree {
  const found = among.filter((node) => $isFootnoteNode(node) && labels.includes(node.getLabel()))
  return treeFromSerialized(found.map($serialized))
}
