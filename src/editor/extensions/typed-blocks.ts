import { $createTableCellNode, $createTableNode, $createTableRowNode, TableCellHeaderStates } from '@lexical/table'
import {
  $addUpdateTag,
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getSelection,
  $isParagraphNode,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_NORMAL,
  HISTORY_PUSH_TAG,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  type ParagraphNode,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { rawKind } from '../../core/markdown/source-kind.ts'
import { RawNode } from '../nodes/RawNode.ts'
import { $createVerbatimNode, type VerbatimNode } from '../nodes/VerbatimNode.ts'
import { $isUnit } from './blocks.ts'
import { $isAtEnd, $mayBecomeOther } from './containers.ts'

/** `$$` and `%%` on a line of their own, and the head of a table (`| a | b |`), become blocks at Enter. */
export const registerTypedBlocks = (editor: LexicalEditor): Disposer =>
  mergeRegister(
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (event?.shiftKey || !$becomeBlock()) return false
        event?.preventDefault()
        $addUpdateTag(HISTORY_PUSH_TAG)
        return true
      },
      COMMAND_PRIORITY_NORMAL,
    ),
    // `$5-$` is no formula once a digit stands behind it
    editor.registerNodeTransform(RawNode, (node) => {
      const next = node.getNextSibling()
      const text = node.getTextContent()
      if (rawKind(text) !== 'math' || text.startsWith('$$') || !$isTextNode(next)) return
      if (/^\d/.test(next.getTextContent())) node.replace($createTextNode(text).setFormat(node.getFormat()))
    }),
  )

function $becomeBlock(): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false
  const line = selection.anchor.getNode().getParent()
  if (!$isParagraphNode(line) || !$isUnit(line) || !$mayBecomeOther(line) || !$isAtEnd(selection, line)) return false
  const text = line.getTextContent().trim()
  if (text === '$$' || text === '%%') {
    $toSource(line, `${text}\n\n${text}`, 0)
    return true
  }
  return /^\|.*\S.*\|$/.test(text) && $toTable(line)
}

/** Source in the place of a line, with the caret `at` characters into its second line. */
function $toSource(line: ParagraphNode, source: string, at: number): void {
  const block: VerbatimNode = $createVerbatimNode()
  for (const [index, part] of source.split('\n').entries()) {
    if (index > 0) block.append($createLineBreakNode())
    if (part !== '') block.append($createTextNode(part))
  }
  line.replace(block)
  const second = block.getChildAtIndex(2)
  if ($isTextNode(second)) second.select(at, at)
  else block.select(2, 2)
}

/** The line is the head; a row below it takes the caret. Marks and links stay. */
function $toTable(line: ParagraphNode): boolean {
  const cells = $cellsOf(line)
  if (cells.length === 0) return false
  const head = $createTableRowNode()
  const row = $createTableRowNode()
  for (const cell of cells) {
    const heading = $createTableCellNode(TableCellHeaderStates.ROW)
    head.append(heading.append($createParagraphNode().append(...cell)))
    row.append($createTableCellNode(TableCellHeaderStates.NO_STATUS).append($createParagraphNode()))
  }
  line.replace($createTableNode().append(head, row))
  row.getFirstDescendant()?.getParentOrThrow().selectStart()
  return true
}

/** What stands between the bars of a line, trimmed; a bar in code, in a link or behind a backslash parts nothing. */
function $cellsOf(line: ParagraphNode): LexicalNode[][] {
  const cells: LexicalNode[][] = []
  let cell: LexicalNode[] = []
  for (const child of line.getChildren()) {
    if (!$isTextNode(child) || !child.isSimpleText() || child.getType() !== 'text' || child.hasFormat('code')) {
      cell.push(child)
      continue
    }
    const parts = child.getTextContent().split(/(?<!\\)\|/)
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        cells.push(cell)
        cell = []
      }
      const text = part.replaceAll('\\|', '|')
      if (text !== '') cell.push($createTextNode(text).setFormat(child.getFormat()))
    }
  }
  // words before the first bar or behind the last: no head of a table
  if ([...(cells[0] ?? []), ...cell].some((node) => node.getTextContent().trim() !== '')) return []
  const inner = cells.slice(1)
  for (const each of inner) $trim(each)
  return inner
}

function $trim(cell: LexicalNode[]): void {
  const [first] = cell
  if ($isTextNode(first) && first.getType() === 'text') first.setTextContent(first.getTextContent().trimStart())
  const last = cell.at(-1)
  if ($isTextNode(last) && last.getType() === 'text') last.setTextContent(last.getTextContent().trimEnd())
}
