import { $isLinkNode } from '@lexical/link'
import { $isListItemNode, $isListNode } from '@lexical/list'
import {
  $getNearestNodeFromDOMNode,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_HIGH,
  KEY_ARROW_LEFT_COMMAND,
  KEY_ARROW_RIGHT_COMMAND,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  type NodeKey,
  type RangeSelection,
  SELECTION_CHANGE_COMMAND,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $blockOf } from '../lexical-tree.ts'
import { $isWikilinkNode, type WikilinkNode } from '../nodes/WikilinkNode.ts'

/** What a link leads to, as it stands in the note. */
export type FollowTarget =
  | {
      readonly type: 'wikilink'
      readonly target: string
      readonly targetId: string
      /** Its node, where it stands in a text that can be edited. */
      readonly key?: NodeKey
    }
  | { readonly type: 'url'; readonly url: string }

/** `asks`: a note that is not written yet is asked about before it is written. */
export type FollowOptions = { readonly newTab: boolean; readonly asks?: boolean }
export type WikilinkOptions = { readonly onFollow: (target: FollowTarget, options: FollowOptions) => void }

/**
 * A wikilink behaves as one character: the caret stands before or after it, never among the signs that the page
 * does not show. Click or Mod+Enter follows it; Mod+Enter on a task ticks it.
 */
export function registerWikilinks(editor: LexicalEditor, { onFollow }: WikilinkOptions): Disposer {
  /** The arrow that moved the caret last; null where the pointer did. */
  let cameBy: 'left' | 'right' | null = null
  const arrow = (key: 'left' | 'right') => (event: KeyboardEvent) => {
    cameBy = key
    return $step(editor, event, key === 'left')
  }
  const byPointer = () => {
    cameBy = null
  }
  return mergeRegister(
    editor.registerCommand(SELECTION_CHANGE_COMMAND, () => $leaveTokens(editor, cameBy), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(KEY_ARROW_LEFT_COMMAND, arrow('left'), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(KEY_ARROW_RIGHT_COMMAND, arrow('right'), COMMAND_PRIORITY_HIGH),
    editor.registerRootListener((root, former) => {
      former?.removeEventListener('pointerdown', byPointer)
      root?.addEventListener('pointerdown', byPointer)
    }),
    editor.registerCommand(
      CLICK_COMMAND,
      (event) => {
        if (event.button !== 0 || event.shiftKey || event.altKey) return false
        const node = event.target instanceof Node ? $getNearestNodeFromDOMNode(event.target) : null
        const target = node && $targetOf(node)
        if (!target) return false
        const isMod = event.ctrlKey || event.metaKey
        // the caret goes into an ordinary link, which can then be changed
        if (isMod && target.type === 'url') return false
        event.preventDefault()
        onFollow(target, { newTab: isMod, asks: !isMod })
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (!event || !(event.ctrlKey || event.metaKey)) return false
        event.preventDefault()
        $followOrTick(onFollow)
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
  )
}

function $targetOf(node: LexicalNode): FollowTarget | null {
  if ($isWikilinkNode(node)) {
    return { type: 'wikilink', target: node.getTarget(), targetId: node.getTargetId(), key: node.getKey() }
  }
  const link = [node, ...node.getParents()].find($isLinkNode)
  return link ? { type: 'url', url: link.getURL() } : null
}

function $followOrTick(onFollow: WikilinkOptions['onFollow']): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const target = $linkAt(selection)
  if (target) {
    onFollow(target, { newTab: false })
    return
  }
  const anchor = selection.anchor.getNode()
  const item = [anchor, ...anchor.getParents()].find($isListItemNode)
  const list = item?.getParent()
  if (item && $isListNode(list) && list.getListType() === 'check') item.toggleChecked()
}

/** The link at the caret, on either side of it. */
function $linkAt(selection: RangeSelection): FollowTarget | null {
  const node = $linkNodeAt(selection)
  return node && $targetOf(node)
}

/** The wikilink or link that the caret is in or beside; null where there is none. */
export function $linkNodeAt({ anchor }: RangeSelection): LexicalNode | null {
  const node = anchor.getNode()
  const own = $linkNodeOf(node)
  if (own) return own
  if (anchor.type !== 'text') return null
  const previous = anchor.offset === 0 ? node.getPreviousSibling() : null
  const next = anchor.offset === node.getTextContentSize() ? node.getNextSibling() : null
  return (previous && $linkNodeOf(previous)) ?? (next && $linkNodeOf(next))
}

const $linkNodeOf = (node: LexicalNode): LexicalNode | null =>
  $isWikilinkNode(node) ? node : ([node, ...node.getParents()].find($isLinkNode) ?? null)

/** Moves a caret out of a link, to the nearer end of what the page shows of it. */
function $leaveTokens(editor: LexicalEditor, cameBy: 'left' | 'right' | null): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false
  const node = selection.anchor.getNode()
  const { offset } = selection.anchor
  if (!$isWikilinkNode(node) || offset === 0 || offset === node.getTextContentSize()) return false
  const { shownStart, shownEnd } = node.getShownRange()
  // keys that are pressed faster than the page tells of them come in here: they go on to the other side
  const isBack =
    cameBy === null ? offset < (shownStart + shownEnd) / 2 : (cameBy === 'left') !== $isRightToLeft(editor, selection)
  const edge = isBack ? 0 : node.getTextContentSize()
  node.select(edge, edge)
  return false
}

/** Arrow keys pass a link in one step; with Shift the selection grows by the whole link. */
function $step(editor: LexicalEditor, event: KeyboardEvent, isLeft: boolean): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || (!selection.isCollapsed() && !event.shiftKey)) return false
  const [back, forth] = [$linkBeside(selection, true), $linkBeside(selection, false)]
  if (!back && !forth) return false
  // where people write from right to left, the key to the left goes on
  const isBack = isLeft !== $isRightToLeft(editor, selection)
  const link = isBack ? back : forth
  if (!link) return false
  event.preventDefault()
  const edge = isBack ? 0 : link.getTextContentSize()
  selection.focus.set(link.getKey(), edge, 'text')
  if (!event.shiftKey) selection.anchor.set(link.getKey(), edge, 'text')
  return true
}

/** As the page shows the block at the caret: its first letter with a direction decides, not the tree. */
function $isRightToLeft(editor: LexicalEditor, { focus }: RangeSelection): boolean {
  const block = $blockOf(focus.getNode())
  const element = block && editor.getElementByKey(block.getKey())
  return element !== null && getComputedStyle(element).direction === 'rtl'
}

function $linkBeside(selection: RangeSelection, isLeft: boolean): WikilinkNode | null {
  const { focus } = selection
  const node = focus.getNode()
  if (focus.type !== 'text') {
    const at = $isElementNode(node) ? node.getChildAtIndex(isLeft ? focus.offset - 1 : focus.offset) : null
    return $isWikilinkNode(at) ? at : null
  }
  const size = node.getTextContentSize()
  if ($isWikilinkNode(node) && (isLeft ? focus.offset > 0 : focus.offset < size)) return node
  const atEdge = isLeft ? focus.offset === 0 : focus.offset === size
  const sibling = atEdge ? (isLeft ? node.getPreviousSibling() : node.getNextSibling()) : null
  return $isWikilinkNode(sibling) ? sibling : null
}
