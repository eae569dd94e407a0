import { $isTableCellNode, $isTableNode, $isTableRowNode, TableCellNode } from '@lexical/table'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getSelection,
  $isElementNode,
  $isLineBreakNode,
  $isParagraphNode,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  type ElementNode,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  type RangeSelection,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $blockOf } from '../lexical-tree.ts'
import { $isCalloutNode, CalloutNode } from '../nodes/CalloutNode.ts'
import { $createCalloutTitleNode, $isCalloutTitleNode, CalloutTitleNode } from '../nodes/CalloutTitleNode.ts'
import { $isFootnoteNode } from '../nodes/FootnoteNode.ts'
import { $isQuoteNode, QuoteNode } from '../nodes/QuoteNode.ts'

/** Quotes, callouts and footnotes: what holds blocks as a note does. */
export const $isContainerNode = (node: LexicalNode | null | undefined): node is ElementNode =>
  $isQuoteNode(node) || $isCalloutNode(node) || $isFootnoteNode(node)

export const $cellOf = (node: LexicalNode): TableCellNode | null =>
  [node, ...node.getParents()].find($isTableCellNode) ?? null

/** Whether a block may become another kind of block: not the line of a title, nor that of a cell. */
export const $mayBecomeOther = (block: LexicalNode): boolean =>
  !$isCalloutTitleNode(block) && !$isTableCellNode(block.getParent())

/** Text of a quote that stands beside blocks becomes a block like them: no command knows it before. */
export function $wrapTextsAround(node: LexicalNode): void {
  const block = $blockOf(node)
  if ($isQuoteNode(block) && block.isShadowRoot()) block.wrapTexts()
}

/** Enter and Backspace where blocks hold blocks, and the shapes that these keep (registered for local edits only). */
export function registerContainers(editor: LexicalEditor): Disposer {
  const onRange = (run: (selection: RangeSelection) => boolean) => () => {
    const selection = $getSelection()
    return $isRangeSelection(selection) && run(selection)
  }
  return mergeRegister(
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, onRange($enter), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(
      INSERT_LINE_BREAK_COMMAND,
      onRange((selection) => $isCalloutTitleNode($blockOf(selection.anchor.getNode())) && $enterOrSplit(selection)),
      COMMAND_PRIORITY_HIGH,
    ),
    ...[DELETE_CHARACTER_COMMAND, DELETE_WORD_COMMAND, DELETE_LINE_COMMAND].map((command) =>
      editor.registerCommand(command, (isBackward) => isBackward && onRange($backspace)(), COMMAND_PRIORITY_HIGH),
    ),
    editor.registerNodeTransform(CalloutNode, (node) => {
      if (!node.getTitle()) node.splice(0, 0, [$createCalloutTitleNode()])
    }),
    editor.registerNodeTransform(CalloutTitleNode, $keepTitle),
    editor.registerNodeTransform(TableCellNode, $keepCell),
    editor.registerNodeTransform(QuoteNode, (node) => {
      // one that was emptied by a deletion is a line to write in
      if (node.isEmpty()) node.append($createParagraphNode())
      // beside blocks, text in no paragraph would be a line that no command knows
      else if (node.isShadowRoot()) node.wrapTexts()
    }),
  )
}

function $enter(selection: RangeSelection): boolean {
  const node = selection.anchor.getNode()
  const block = $blockOf(node)
  if ($isCalloutTitleNode(block)) return $enterOrSplit(selection)
  if ($isQuoteNode(block)) {
    // text of a quote that was stored before quotes held blocks
    block.wrapTexts()
    return false
  }
  return $leaveByEnter(selection, block)
}

/** At the end of a title, the caret goes to the text that is there. */
function $enterOrSplit(selection: RangeSelection): boolean {
  const title = $blockOf(selection.anchor.getNode())
  const next = title?.getNextSibling()
  if (title && $isElementNode(next) && selection.isCollapsed() && $isAtEnd(selection, title)) next.selectStart()
  else selection.insertParagraph()
  return true
}

/** Enter in an empty last line goes on below the container. */
function $leaveByEnter(selection: RangeSelection, block: ElementNode | null): boolean {
  const container = block?.getParent()
  if (!$isParagraphNode(block) || !block.isEmpty() || !selection.isCollapsed()) return false
  if (!$isContainerNode(container) || block.getNextSibling()) return false
  // a footnote or a callout that holds nothing else keeps its line: it is where its text will stand
  const isOnly = block.getPreviousSibling() === null || $isCalloutTitleNode(block.getPreviousSibling())
  const after = $createParagraphNode()
  container.insertAfter(after)
  if (!isOnly || $isQuoteNode(container)) block.remove(true)
  if (container.isEmpty()) container.remove(true)
  after.selectStart()
  return true
}

/**
 * Backspace at the start of a quote or a callout takes it apart; at that of a cell or a footnote it does nothing. A
 * line below a container or a table does not become part of it: the caret goes there.
 */
function $backspace(selection: RangeSelection): boolean {
  const node = selection.anchor.getNode()
  if (!selection.isCollapsed()) return false
  const outer = [node, ...node.getParents()].find(
    (parent): parent is ElementNode => $isContainerNode(parent) || $isTableCellNode(parent),
  )
  if (outer && $isAtStart(selection, outer)) {
    const title = $isCalloutNode(outer) ? outer.getTitle() : null
    if (title) title.collapseAtStart()
    else if ($isQuoteNode(outer)) outer.collapseAtStart()
    return true
  }
  const block = $blockOf(node)
  if (!$isParagraphNode(block) || block.isEmpty() || !$isAtStart(selection, block)) {
    return false
  }
  const previous = block.getPreviousSibling()
  if (!$isContainerNode(previous) && !$isTableNode(previous)) return false
  previous.selectEnd()
  return true
}

/** Whether nothing stands between the caret and the end of `block`. */
export function $isAtEnd({ anchor }: RangeSelection, block: ElementNode): boolean {
  let node: LexicalNode = anchor.getNode()
  if (anchor.type === 'text' ? anchor.offset < node.getTextContentSize() : anchor.offset < sizeOf(node)) return false
  for (; !node.is(block); node = node.getParentOrThrow()) if (node.getNextSibling() !== null) return false
  return true
}

export function $isAtStart({ anchor }: RangeSelection, block: ElementNode): boolean {
  if (anchor.offset > 0) return false
  for (let node: LexicalNode = anchor.getNode(); !node.is(block); node = node.getParentOrThrow()) {
    if (node.getPreviousSibling() !== null) return false
  }
  return true
}

const sizeOf = (node: LexicalNode): number => ($isElementNode(node) ? node.getChildrenSize() : 0)

/** A title is one line, and the first child of a callout. */
function $keepTitle(title: CalloutTitleNode): void {
  for (const child of title.getChildren()) if ($isLineBreakNode(child)) child.replace($createTextNode(' '))
  if (!$isCalloutNode(title.getParent()) || title.getPreviousSibling()) {
    title.replace($createParagraphNode(), true)
  }
}

/** A cell is one paragraph; what was pasted into it as blocks becomes lines of it. */
function $keepCell(cell: TableCellNode): void {
  const children = cell.getChildren()
  const [first] = children
  if (children.length === 1 && $isParagraphNode(first) && first.getChildren().every($isInlineNode)) return
  const paragraph = $createParagraphNode()
  for (const [at, line] of $linesOf(cell).entries()) {
    if (at > 0) paragraph.append($createLineBreakNode())
    paragraph.append(...line)
  }
  cell.splice(0, cell.getChildrenSize(), [paragraph])
}

const $isInlineNode = (node: LexicalNode): boolean => !$isElementNode(node) || node.isInline()

function $linesOf(parent: ElementNode): LexicalNode[][] {
  const lines: LexicalNode[][] = []
  let line: LexicalNode[] | null = null
  for (const child of parent.getChildren()) {
    if ($isElementNode(child) && !child.isInline()) {
      lines.push(...(child.isEmpty() ? [[]] : $linesOf(child)))
      line = null
    } else if (child.isInline()) {
      if (!line) {
        line = []
        lines.push(line)
      }
      line.push(child)
    }
  }
  return lines
}

/** Tab: to the next cell, row by row; beyond the last, to what is below the table. */
export function $stepCell(cell: TableCellNode, isBack: boolean): void {
  const row = cell.getParent()
  const table = row?.getParent()
  const beside = isBack ? cell.getPreviousSibling() : cell.getNextSibling()
  const nextRow = isBack ? row?.getPreviousSibling() : row?.getNextSibling()
  const other =
    beside ?? ($isTableRowNode(nextRow) ? (isBack ? nextRow.getLastChild() : nextRow.getFirstChild()) : null)
  if ($isElementNode(other)) {
    other.selectEnd()
    return
  }
  const outside = isBack ? table?.getPreviousSibling() : table?.getNextSibling()
  if ($isElementNode(outside)) {
    if (isBack) outside.selectEnd()
    else outside.selectStart()
  } else if (table && !isBack) {
    const paragraph = $createParagraphNode()
    table.insertAfter(paragraph)
    paragraph.select()
  }
}
