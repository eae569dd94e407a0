import { $createCodeNode } from '@lexical/code-core'
import { $createHorizontalRuleNode } from '@lexical/extension'
import { $isListItemNode, $isListNode } from '@lexical/list'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getSelection,
  $isElementNode,
  $isParagraphNode,
  $isRangeSelection,
  type LexicalNode,
} from 'lexical'
import { $createRawNode } from '../nodes/RawNode.ts'
import { $createVerbatimNode } from '../nodes/VerbatimNode.ts'
import { $tagAct, $unitOf } from './blocks.ts'

/**
 * Puts a block where the caret is: in the place of an empty line, else below the block, or below the whole list that
 * the caret is in. Answers false where no block can stand, as in a cell. Runs in an update.
 */
export function $insertBlock(block: LexicalNode): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return false
  const unit = $unitOf(selection.anchor.getNode())
  if (!unit) return false
  $tagAct()
  if ($isListItemNode(unit)) {
    const list = unit.getParents().filter($isListNode).at(-1)
    if (!list) return false
    list.insertAfter(block)
    if (unit.isEmpty() && !unit.getNextSibling()) unit.remove()
  } else if ($isParagraphNode(unit) && unit.isEmpty()) unit.replace(block)
  else unit.insertAfter(block)
  return true
}

/** Code of a language, with `text` in it and the caret behind its last line. */
export function $insertCode(language = '', text = ''): void {
  const code = $createCodeNode(language === '' ? undefined : language)
  for (const [at, line] of text.split('\n').entries()) {
    if (at > 0) code.append($createLineBreakNode())
    if (line !== '') code.append($createTextNode(line))
  }
  if ($insertBlock(code)) code.selectEnd()
}

/** A block of mathematics with the caret between its signs; inline where no block can stand, or words are. */
export function $insertFormula(isInline: boolean): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  if (isInline) {
    $tagAct()
    const source = $createRawNode('$x$')
    selection.insertNodes([source])
    source.select(1, 2)
    return
  }
  const block = $createVerbatimNode().append(
    $createTextNode('$$'),
    $createLineBreakNode(),
    $createLineBreakNode(),
    $createTextNode('$$'),
  )
  if ($insertBlock(block)) block.select(2, 2)
}

/** A rule, and a line below it to go on writing. */
export function $insertRule(): void {
  const rule = $createHorizontalRuleNode()
  if (!$insertBlock(rule)) return
  const next = rule.getNextSibling()
  if ($isElementNode(next)) next.selectStart()
  else {
    const line = $createParagraphNode()
    rule.insertAfter(line)
    line.select()
  }
}

/** Words at the caret. */
export function $insertWords(words: string): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  $tagAct()
  selection.insertText(words)
}
