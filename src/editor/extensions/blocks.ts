import { $isListItemNode, $isListNode, type ListNode } from '@lexical/list'
import {
  $addUpdateTag,
  $copyNode,
  $createParagraphNode,
  $createRangeSelection,
  $getEditor,
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $isRootNode,
  $onUpdate,
  $setSelection,
  HISTORY_PUSH_TAG,
  type LexicalNode,
  type NodeKey,
  type PointType,
} from 'lexical'
import { $isCalloutTitleNode } from '../nodes/CalloutTitleNode.ts'
import { $isQuoteNode } from '../nodes/QuoteNode.ts'
import { STEP_ENDS_TAG, STEP_GOES_ON_TAG } from '../session/undo.ts'
import { $isAtStart, $isContainerNode } from './containers.ts'

/** On what a person asked for by name: no shortcut that Backspace would take back. */
export const ACT_TAG = 'throughline-act'
/** Tags of an update that is one: a step of undo of its own, and nothing that was typed. */
export const AS_ACT = [HISTORY_PUSH_TAG, ACT_TAG]

/** Tags an act as a step of undo of its own. */
export function $tagAct(): void {
  $addUpdateTag(HISTORY_PUSH_TAG)
  $addUpdateTag(ACT_TAG)
}

/** Beside which block others are put. */
export type BlockPlace = { readonly key: NodeKey; readonly where: 'before' | 'after' }

/** A list below an item stands in an item of its own after it. */
export const $holdsList = (node: LexicalNode | null | undefined): boolean =>
  $isListItemNode(node) && $isListNode(node.getFirstChild<ListNode>())

/** Whether a node is moved, copied and deleted as one: a block of a note or of a container, or a list item. */
export function $isUnit(node: LexicalNode): boolean {
  const parent = node.getParent()
  const isBlock = ($isElementNode(node) || $isDecoratorNode(node)) && !node.isInline()
  // a title moves with its callout, a cell with its table
  return (
    isBlock && !$isCalloutTitleNode(node) && ($isRootNode(parent) || $isContainerNode(parent) || $isListNode(parent))
  )
}

/** The innermost unit around a node, or null. */
export const $unitOf = (node: LexicalNode): LexicalNode | null => $unitsAround(node)[0] ?? null

const $unitsAround = (node: LexicalNode): LexicalNode[] => [node, ...node.getParents()].filter($isUnit)

/** With what is nested below each item, for it moves along. */
export function $withNested(units: readonly LexicalNode[]): LexicalNode[] {
  const last = units.at(-1)
  const below = $isListItemNode(last) && !last.getChildren().some($isListNode) ? last.getNextSibling() : null
  return below && $holdsList(below) ? [...units, below] : [...units]
}

/** The units that the selection touches, neighbours in one parent, from top to bottom; none where it is elsewhere. Reads only. */
export function $selectedBlocks(): LexicalNode[] {
  const selection = $getSelection()
  if ($isNodeSelection(selection)) return selection.getNodes().filter($isUnit)
  if (!$isRangeSelection(selection)) return []
  const [start, end] = selection.isBackward()
    ? [selection.focus, selection.anchor]
    : [selection.anchor, selection.focus]
  const others = $unitsAround($nodeAt(end))
  for (const first of $unitsAround($nodeAt(start))) {
    const parent = first.getParentOrThrow()
    const last = others.find((unit) => parent.is(unit.getParent()))
    if (!last) continue
    return $withNested($between(first, last, end))
  }
  return []
}

function $nodeAt(point: PointType): LexicalNode {
  const node = point.getNode()
  if (point.type !== 'element' || !$isElementNode(node) || $isUnit(node)) return node
  return node.getChildAtIndex(point.offset) ?? node.getLastChild() ?? node
}

function $between(first: LexicalNode, last: LexicalNode, end: PointType): LexicalNode[] {
  const siblings = first.getParentOrThrow().getChildren()
  // what is nested belongs to the item above it
  const from = $holdsList(first) ? Math.max(0, first.getIndexWithinParent() - 1) : first.getIndexWithinParent()
  const units = siblings.slice(from, last.getIndexWithinParent() + 1)
  const isBare = units.length > 1 && end.offset === 0 && $isElementNode(last)
  // a selection of whole lines ends where the next one starts
  const selection = $getSelection()
  if (isBare && $isRangeSelection(selection) && $startsAt(end, last)) units.pop()
  return units
}

function $startsAt(end: PointType, last: LexicalNode): boolean {
  const at = $createRangeSelection()
  at.anchor.set(end.key, end.offset, end.type)
  return $isElementNode(last) && $isAtStart(at, last)
}

/**
 * Moves blocks, neighbours as `$selectedBlocks` gives them, beside another. Among their siblings they themselves go,
 * and the session sees to it that the doc loses nothing (README, E27). Elsewhere copies come first, in a commit of
 * their own, then the originals go: the binding cannot carry an element from one parent to another. One step of
 * undo. Runs in an update. Answers whether there was something to do.
 */
export function $moveBlocks(units: readonly LexicalNode[], { key, where }: BlockPlace): boolean {
  const target = $getNodeByKey(key)
  const [first] = units
  const last = units.at(-1)
  if (!target || !first || !last || !$isUnit(target)) return false
  if (units.some((unit) => unit.is(target) || unit.isParentOf(target))) return false
  $tagAct()
  const parent = target.getParent()
  if (units.every((unit) => unit.getParent()?.is(parent))) {
    $insertBeside(target, where, units, first)
    return true
  }
  const copies = new Map<NodeKey, LexicalNode>()
  const made = units.map((unit) => $copyWith(unit, copies))
  const editor = $getEditor()
  const keys = units.map((unit) => unit.getKey())
  $insertBeside(target, where, made, first)
  $selectCopies(copies)
  $addUpdateTag(STEP_GOES_ON_TAG)
  // from the last: an item that goes may take the lists below its neighbours into one
  const removeOriginals = () => keys.toReversed().forEach($removeByKey)
  $onUpdate(() => editor.update(removeOriginals, { discrete: true, tag: STEP_ENDS_TAG }))
  return true
}

function $insertBeside(
  target: LexicalNode,
  where: BlockPlace['where'],
  made: readonly LexicalNode[],
  first: LexicalNode,
): void {
  let beside = target
  let blocks = made
  if ($isListItemNode(target) !== $isListItemNode(first)) {
    if ($isListItemNode(target)) {
      // an item holds words only: blocks go beside the whole list
      beside = [target, ...target.getParents()].filter($isListNode).at(-1) ?? target
    } else {
      const from = first.getParent()
      const list = $isListNode(from) ? $copyNode(from, true) : null
      if (list) blocks = [list.append(...made)]
    }
  }
  if (where === 'before') {
    for (const block of blocks) beside.insertBefore(block)
    return
  }
  const [end] = $withNested([beside]).slice(-1)
  for (const block of [...blocks].reverse()) end?.insertAfter(block)
}

/** A copy of a node and all in it, under new keys; `copies` says which is whose. */
function $copyWith(node: LexicalNode, copies: Map<NodeKey, LexicalNode>): LexicalNode {
  const copy = $copyNode(node, true)
  copies.set(node.getKey(), copy)
  if ($isElementNode(node) && $isElementNode(copy)) {
    copy.append(...node.getChildren().map((child) => $copyWith(child, copies)))
  }
  return copy
}

function $selectCopies(copies: ReadonlyMap<NodeKey, LexicalNode>): void {
  const selection = $getSelection()
  if ($isNodeSelection(selection)) {
    const keys = selection.getNodes().map((node) => copies.get(node.getKey())?.getKey())
    selection.clear()
    for (const key of keys) if (key !== undefined) selection.add(key)
    return
  }
  if (!$isRangeSelection(selection)) return
  const next = selection.clone()
  for (const point of [next.anchor, next.focus]) {
    const copy = copies.get(point.key)
    if (copy) point.set(copy.getKey(), point.offset, point.type)
  }
  $setSelection(next)
}

const $removeByKey = (key: NodeKey): void => {
  const node = $getNodeByKey(key)
  if (node) $removeUnit(node)
}

/** Removes a unit, and what holds nothing without it. The note keeps a line to write in. */
export function $removeUnit(unit: LexicalNode): void {
  let node = unit
  let parent = node.getParent()
  while (
    parent &&
    parent.getChildrenSize() === 1 &&
    ($isListNode(parent) || $isListItemNode(parent) || $isQuoteNode(parent))
  ) {
    node = parent
    parent = node.getParent()
  }
  if (!parent) return
  if ($isRootNode(parent) || $isContainerNode(parent)) {
    const others = parent.getChildren().filter((child) => !child.is(node) && !$isCalloutTitleNode(child))
    if (others.length === 0) node.insertAfter($createParagraphNode())
  }
  node.remove(true)
}

/** Deletes blocks; the caret goes to what comes to stand in their place. Runs in an update. */
export function $deleteBlocks(units: readonly LexicalNode[]): void {
  const last = units.at(-1)
  const next = last?.getNextSibling() ?? null
  const before = units[0]?.getPreviousSibling() ?? null
  $tagAct()
  for (const unit of units.toReversed()) if (unit.isAttached()) $removeUnit(unit)
  if ($isElementNode(next) && next.isAttached()) next.selectStart()
  else if ($isElementNode(before) && before.isAttached()) before.selectEnd()
  else $getRoot().selectEnd()
}

/** A copy of the blocks below them, with the caret in it. Runs in an update. */
export function $duplicateBlocks(units: readonly LexicalNode[]): void {
  const copies = new Map<NodeKey, LexicalNode>()
  const last = units.at(-1)
  if (!last) return
  $tagAct()
  const made = units.map((unit) => $copyWith(unit, copies))
  for (const copy of [...made].reverse()) last.insertAfter(copy)
  const [first] = made
  if ($isElementNode(first)) first.selectEnd()
}

/** Where the blocks at the selection go by one place up or down; null at the end. */
export function $placeBeside(units: readonly LexicalNode[], direction: 'up' | 'down'): BlockPlace | null {
  if (direction === 'down') {
    const next = units.at(-1)?.getNextSibling()
    return next ? { key: next.getKey(), where: 'after' } : null
  }
  const previous = units[0]?.getPreviousSibling()
  const above = $holdsList(previous) ? (previous?.getPreviousSibling() ?? previous) : previous
  return above && !$isCalloutTitleNode(above) ? { key: above.getKey(), where: 'before' } : null
}
