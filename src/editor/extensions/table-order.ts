import { $isTableSelection } from '@lexical/table'
import {
  $addUpdateTag,
  $copyNode,
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $onUpdate,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
} from 'lexical'
import { peerPlaces } from '../session/peer-places.ts'
import { STEP_ENDS_TAG, STEP_GOES_ON_TAG } from '../session/undo.ts'

/** One row or cell that goes to another place among its siblings: before `before`, at the end where that is null. */
export type Move = { readonly node: ElementNode; readonly before: ElementNode | null }

/** Rows that are put elsewhere one by one; for more, the rows stay where they are and exchange their words. */
const MOST_BY_ONE = 48

/**
 * Moves elements among their siblings so that the doc hears of those alone (README, E22).
 *
 * The V2 binding compares children by their places: of two that changed places it rewrites both, letter by letter,
 * and what somebody types into one meanwhile stands in the other. It does see one run that came, and one run that
 * went. So a copy is put in first, and what was moved is taken away in an update after it, in one step of undo; the
 * caret goes over to the copy. `moves` have different parents, and are done side by side; `$then` runs in the last
 * update. Runs in an update.
 */
export function $move(editor: LexicalEditor, moves: readonly Move[], $then: () => void = () => {}): void {
  $inSteps(
    editor,
    stepsOf(() => moves, undefined, $then),
  )
}

/** Puts the children of one parent, from its `first`th on, into this order. */
export function $reorder(
  editor: LexicalEditor,
  parent: ElementNode,
  first: number,
  order: readonly ElementNode[],
): void {
  const stays = new Set($heaviestInOrder(editor, order))
  const going = order.filter((node) => !stays.has(node))
  if (going.length > MOST_BY_ONE) {
    parent.splice(first, order.length, [...order])
    return
  }
  // from the last on: what is to stand behind a node is in its place by then
  const standing = new Map<ElementNode, NodeKey>()
  const steps = going.reverse().flatMap((node) =>
    stepsOf(
      () => {
        const next = order[order.indexOf(node) + 1]
        const before = next ? $getNodeByKey(standing.get(next) ?? next.getKey()) : null
        return [{ node: node.getLatest(), before: $isElementNode(before) ? before : null }]
      },
      (copy) => standing.set(node, copy.getKey()),
    ),
  )
  $inSteps(editor, steps)
}

type Step = () => void

function stepsOf(
  $moves: () => readonly Move[],
  onCopy: (copy: ElementNode) => void = () => {},
  $then: () => void = () => {},
): [Step, Step] {
  const copies = new Map<NodeKey, NodeKey>()
  const gone: NodeKey[] = []
  return [
    () => {
      for (const { node, before } of $moves()) {
        const copy = $copyDeep(node, copies)
        if (before) before.insertBefore(copy, false)
        else node.getParentOrThrow().append(copy)
        onCopy(copy)
        gone.push(node.getKey())
      }
    },
    () => {
      $carrySelection(copies)
      for (const key of gone) $getNodeByKey(key)?.remove(true)
      $then()
    },
  ]
}

/** Each is an update of its own, and so one change to the doc; nothing else comes between them. One step of undo. */
function $inSteps(editor: LexicalEditor, [first, ...rest]: readonly Step[]): void {
  first?.()
  if (rest.length === 0) {
    $addUpdateTag(STEP_ENDS_TAG)
    return
  }
  $addUpdateTag(STEP_GOES_ON_TAG)
  $onUpdate(() => editor.update(() => $inSteps(editor, rest), { discrete: true }))
}

function $copyDeep<Node extends LexicalNode>(node: Node, copies: Map<NodeKey, NodeKey>): Node {
  const copy = $copyNode(node, true)
  copies.set(node.getKey(), copy.getKey())
  if ($isElementNode(node) && $isElementNode(copy)) {
    copy.append(...node.getChildren().map((child) => $copyDeep(child, copies)))
  }
  return copy
}

function $carrySelection(copies: ReadonlyMap<NodeKey, NodeKey>): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) && !$isTableSelection(selection)) return
  for (const point of [selection.anchor, selection.focus]) {
    const key = copies.get(point.key)
    if (key !== undefined) point.set(key, point.offset, point.type)
  }
}

/** How much would be lost with an element in which somebody types: more than anything where a peer's caret is. */
export function $weightOf(editor: LexicalEditor, node: ElementNode): number {
  const isPeers = peerPlaces(editor).has(node.getKey())
  return node.getTextContentSize() + 1 + (isPeers ? 1e9 : 0)
}

/** Of elements in their new order, those that may stay: the heaviest that follow each other as they do now. */
function $heaviestInOrder(editor: LexicalEditor, order: readonly ElementNode[]): ElementNode[] {
  const now = order.map((node) => node.getIndexWithinParent())
  const best: { sum: number; from: number }[] = []
  let top = -1
  for (const [at, node] of order.entries()) {
    let from = -1
    for (let before = 0; before < at; before++) {
      const isBelow = (now[before] ?? 0) < (now[at] ?? 0)
      if (isBelow && (from < 0 || sumOf(best[before]) > sumOf(best[from]))) from = before
    }
    best.push({ sum: $weightOf(editor, node) + sumOf(best[from]), from })
    if (top < 0 || sumOf(best[at]) > sumOf(best[top])) top = at
  }
  const stays: ElementNode[] = []
  for (let at = top; at >= 0; at = best[at]?.from ?? -1) {
    const node = order[at]
    if (node) stays.unshift(node)
  }
  return stays
}

const sumOf = (entry: { readonly sum: number } | undefined): number => entry?.sum ?? 0
