import { $createCodeNode, $isCodeNode } from '@lexical/code-core'
import { $createListItemNode, $createListNode, $isListItemNode, $isListNode, type ListType } from '@lexical/list'
import { $createHeadingNode, $isHeadingNode, type HeadingTagType } from '@lexical/rich-text'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getSelection,
  $isParagraphNode,
  $isRangeSelection,
  type ElementNode,
  type LexicalNode,
} from 'lexical'
import { $createCalloutNode, $isCalloutNode } from '../nodes/CalloutNode.ts'
import { $createQuoteNode, $isQuoteNode } from '../nodes/QuoteNode.ts'
import { $unwrap } from '../nodes/unwrap.ts'
import { $isVerbatimNode } from '../nodes/VerbatimNode.ts'
import { $holdsList, $selectedBlocks, $tagAct } from './blocks.ts'
import { $splitOffItems } from './list-split.ts'

/** What a block can be made; `bullet`, `number` and `check` are lists. */
export const BLOCK_KINDS = [
  'paragraph',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'bullet',
  'number',
  'check',
  'quote',
  'callout',
  'code',
] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

const isHeading = (kind: BlockKind): kind is HeadingTagType & BlockKind => /^h[1-6]$/.test(kind)
const isList = (kind: BlockKind): kind is ListType & BlockKind =>
  kind === 'bullet' || kind === 'number' || kind === 'check'

/** What a block is; null of one that becomes nothing else (a table, a rule, source that is kept as written). */
export function $blockKind(block: LexicalNode): BlockKind | null {
  if ($isParagraphNode(block)) return 'paragraph'
  if ($isHeadingNode(block)) return block.getTag()
  if ($isQuoteNode(block)) return 'quote'
  if ($isCalloutNode(block)) return 'callout'
  if ($isListNode(block)) return block.getListType()
  const list = $isListItemNode(block) ? block.getParent() : null
  if ($isListNode(list)) return list.getListType()
  return $isCodeNode(block) && !$isVerbatimNode(block) ? 'code' : null
}

/**
 * Makes blocks (units, neighbours in one parent) what `kind` says; their words and marks stay, but in code, which has
 * no marks. Changed in place: the level of a heading, the style of a whole list, one container to the other. The rest
 * puts an element in the place of another (README, "What V2 cannot merge"). Runs in an update.
 */
export function $turnInto(
  kind: BlockKind,
  units: readonly LexicalNode[] = $selectedBlocks(),
  calloutKind = 'note',
): void {
  const able = units.filter((unit) => $holdsList(unit) || $blockKind(unit) !== null)
  const wraps = kind === 'quote' || kind === 'callout'
  if ((wraps ? units : able).length === 0) return
  $tagAct()
  if (wraps) $wrap(kind, units, calloutKind)
  else if (isList(kind)) $toList(kind, able)
  else if (kind === 'code') $toCode(able)
  else for (const line of $toLines(able)) $toText(kind, line)
}

function $toText(kind: BlockKind, block: ElementNode): void {
  if (isHeading(kind)) {
    if ($isHeadingNode(block)) block.setTag(kind)
    else $swap(block, $createHeadingNode(kind))
  } else if (!$isParagraphNode(block)) $swap(block, $createParagraphNode())
}

/** Puts a block in the place of another, with what is in that; the selection stays. */
function $swap(block: ElementNode, fresh: ElementNode): void {
  const selection = $getSelection()
  const isIn = $isRangeSelection(selection) && selection.anchor.key === block.getKey()
  fresh.append(...block.getChildren())
  block.replace(fresh)
  if (isIn) fresh.selectStart()
}

/** Takes lists, quotes and callouts apart: paragraphs, headings and code are left. */
function $toLines(units: readonly LexicalNode[]): ElementNode[] {
  const lines: ElementNode[] = []
  const items = units.filter($isListItemNode)
  if (items.length > 0) return $itemsToParagraphs(units)
  for (const unit of units) {
    if ($isListNode(unit)) lines.push(...$itemsToParagraphs(unit.getChildren()))
    else if ($isQuoteNode(unit) || $isCalloutNode(unit)) lines.push(...$toLines($takeApart(unit)))
    else if ($isParagraphNode(unit) || $isHeadingNode(unit) || ($isCodeNode(unit) && !$isVerbatimNode(unit))) {
      lines.push(unit)
    }
  }
  return lines
}

function $takeApart(container: ElementNode): LexicalNode[] {
  if ($isQuoteNode(container)) container.wrapTexts()
  const title = $isCalloutNode(container) ? container.getTitle() : null
  if (title) {
    if (title.isEmpty() && container.getChildrenSize() > 1) title.remove()
    else $swap(title, $createParagraphNode())
  }
  const blocks = container.getChildren()
  $unwrap(container)
  return blocks
}

/** Items come out of their list, which ends above them and begins again below; lists below an item stay lists. */
function $itemsToParagraphs(units: readonly LexicalNode[]): ElementNode[] {
  const items = units.filter($isListItemNode)
  for (const item of items) if (!$holdsList(item) && item.getIndent() > 0) item.setIndent(0)
  const list = $splitOffItems(items.filter((item) => item.isAttached()))
  if (!list) return []
  const paragraphs: ElementNode[] = []
  for (const item of list.getChildren()) {
    if (!$isListItemNode(item)) continue
    if ($holdsList(item)) {
      for (const nested of item.getChildren()) list.insertBefore(nested)
      continue
    }
    const paragraph = $createParagraphNode()
    list.insertBefore(paragraph)
    const selection = $getSelection()
    const isIn = $isRangeSelection(selection) && selection.anchor.key === item.getKey()
    paragraph.append(...item.getChildren())
    if (isIn) paragraph.selectStart()
    paragraphs.push(paragraph)
  }
  list.remove()
  return paragraphs
}

function $toList(kind: ListType, units: readonly LexicalNode[]): void {
  const items = units.filter($isListItemNode)
  if (items.length > 0) {
    const list = $splitOffItems(items)
    if (list) $restyle(list, kind)
    return
  }
  let last: LexicalNode | null = null
  for (const unit of units) {
    if ($isListNode(unit)) {
      $restyle(unit, kind)
      last = unit
      continue
    }
    for (const line of $toLines([unit])) {
      const item = $createListItemNode(kind === 'check' ? false : undefined)
      const before: LexicalNode | null = line.getPreviousSibling()
      const after = line.getNextSibling()
      const selection = $getSelection()
      const isIn = $isRangeSelection(selection) && selection.anchor.key === line.getKey()
      item.append(...line.getChildren())
      // an own list of that style, or a neighbour that it joins: two of one style beside each other are one
      if ($isListNode(before) && before.getListType() === kind) {
        before.append(item)
        line.remove()
        last = before
      } else if ($isListNode(after) && after.getListType() === kind && !after.is(last)) {
        after.splice(0, 0, [item])
        line.remove()
      } else line.replace($createListNode(kind).append(item))
      if (isIn) item.selectStart()
    }
  }
}

function $restyle(list: LexicalNode, kind: ListType): void {
  if (!$isListNode(list) || list.getListType() === kind) return
  list.setListType(kind)
  if (kind !== 'number') list.setStart(1)
  for (const item of list.getChildren()) {
    if ($isListItemNode(item) && !$holdsList(item)) item.setChecked(kind === 'check' ? false : undefined)
  }
}

/** The words of all the blocks are lines of one. */
function $toCode(units: readonly LexicalNode[]): void {
  if (units.every($isCodeNode)) return
  const lines = $toLines(units)
  const [first] = lines
  if (!first) return
  const code = $createCodeNode()
  const texts = lines.flatMap((line) => line.getTextContent().split('\n'))
  for (const [at, text] of texts.entries()) {
    if (at > 0) code.append($createLineBreakNode())
    if (text !== '') code.append($createTextNode(text))
  }
  first.insertBefore(code)
  for (const line of lines) line.remove()
  code.selectEnd()
}

function $wrap(kind: 'quote' | 'callout', units: readonly LexicalNode[], calloutKind: string): void {
  const [only] = units
  if (units.length === 1 && $isQuoteNode(only) && kind === 'callout') {
    only.wrapTexts()
    only.replace($createCalloutNode(calloutKind).append(...only.getChildren()))
    return
  }
  if (units.length === 1 && $isCalloutNode(only)) {
    if (kind === 'callout') {
      only.setKind(calloutKind)
      return
    }
    const title = only.getTitle()
    if (title?.isEmpty()) title.remove()
    else if (title) $swap(title, $createParagraphNode())
    only.replace($createQuoteNode().append(...only.getChildren()))
    return
  }
  if (units.length === 1 && $isQuoteNode(only)) return
  const items = units.filter($isListItemNode)
  const blocks = items.length > 0 ? [$splitOffItems(items)] : units
  const [first] = blocks
  if (!first) return
  const container = kind === 'quote' ? $createQuoteNode() : $createCalloutNode(calloutKind)
  first.insertBefore(container)
  for (const block of blocks) if (block) container.append(block)
}
