import { CodeNode } from '@lexical/code-core'
import {
  $getSelection,
  $isLineBreakNode,
  $isRangeSelection,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_HIGH,
  createCommand,
  INSERT_PARAGRAPH_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalCommand,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  type NodeKey,
  type PointType,
  type RangeSelection,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $isVerbatimNode } from '../nodes/VerbatimNode.ts'

/** Asks whoever draws the code of this key to open the list of its languages. */
export const OPEN_LANGUAGES_COMMAND: LexicalCommand<NodeKey> = createCommand('OPEN_LANGUAGES_COMMAND')

/**
 * Keys in code and other source: Tab and Shift+Tab move lines, Enter keeps how far a line stands in, Mod+Enter asks
 * for the language.
 */
export function registerSourceKeys(editor: LexicalEditor): Disposer {
  return mergeRegister(
    editor.registerCommand(
      KEY_TAB_COMMAND,
      (event) => {
        const block = $sourceAtSelection()
        if (!block) return false
        event.preventDefault()
        $tab(block, event.shiftKey)
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        const block = event && (event.ctrlKey || event.metaKey) && !event.shiftKey ? $sourceAtSelection() : null
        if (!block || $isVerbatimNode(block)) return false
        event?.preventDefault()
        editor.dispatchCommand(OPEN_LANGUAGES_COMMAND, block.getKey())
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, () => $enter(), COMMAND_PRIORITY_HIGH),
  )
}

function $sourceOf(node: LexicalNode): CodeNode | null {
  return ([node, ...node.getParents()].find((parent) => parent instanceof CodeNode) as CodeNode | undefined) ?? null
}

/** The block that the whole selection is in. */
function $sourceAtSelection(): CodeNode | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const block = $sourceOf(selection.anchor.getNode())
  return block && $sourceOf(selection.focus.getNode())?.is(block) ? block : null
}

/** A place as characters from the block's start; a line break is one. */
function $offsetOf(block: CodeNode, point: PointType): number {
  const node = point.getNode()
  const children = block.getChildren()
  const index = node.is(block) ? point.offset : node.getIndexWithinParent()
  const before = children.slice(0, index).reduce((sum, child) => sum + child.getTextContentSize(), 0)
  return before + (node.is(block) ? 0 : point.offset)
}

type Line = { readonly from: number; readonly text: string }

function linesOf(text: string): Line[] {
  let from = 0
  return text.split('\n').map((text) => {
    const line = { from, text }
    from += text.length + 1
    return line
  })
}

/** What one step in is here: as the block has it, else a tab. */
function stepOf(lines: readonly Line[]): string {
  const spaces = lines.map(({ text }) => /^ +(?=\S)/.exec(text)?.[0].length ?? 0).filter((width) => width > 1)
  if (spaces.length === 0 || lines.some(({ text }) => text.startsWith('\t'))) return '\t'
  return ' '.repeat(Math.min(...spaces) % 4 === 0 ? 4 : 2)
}

function $tab(block: CodeNode, isBack: boolean): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const lines = linesOf(block.getTextContent())
  const step = stepOf(lines)
  const [start, end] = $ends(block, selection)
  const touched = lines.filter(({ from, text }) => from + text.length >= start && (from < end || from <= start))
  if (!isBack && touched.length < 2) {
    selection.insertText(step)
    return
  }
  for (const { text, from } of touched.reverse()) {
    if (isBack) {
      const [own = ''] = new RegExp(`^(?:\\t| {1,${step === '\t' ? 4 : step.length}})`).exec(text) ?? []
      if (own !== '') $splice(block, from, own.length, '')
    } else if (text !== '') $splice(block, from, 0, step)
  }
}

function $ends(block: CodeNode, selection: RangeSelection): [number, number] {
  const ends = [$offsetOf(block, selection.anchor), $offsetOf(block, selection.focus)]
  return [Math.min(...ends), Math.max(...ends)]
}

/** Changes characters within one line, in place: what somebody else types beside them stays. */
function $splice(block: CodeNode, offset: number, remove: number, insert: string): void {
  let at = 0
  let left = remove
  for (const child of block.getChildren()) {
    const size = child.getTextContentSize()
    if (!$isLineBreakNode(child) && 'spliceText' in child && offset >= at && offset < at + size) {
      const from = offset - at
      const count = Math.min(left, size - from)
      ;(child as unknown as { spliceText(at: number, count: number, text: string): void }).spliceText(
        from,
        count,
        insert,
      )
      left -= count
      if (left <= 0) return
    }
    at += size
  }
}

/** Enter in a line that stands in: the next begins as far in. At the end of an empty one Lexical's own may leave. */
function $enter(): boolean {
  const selection = $getSelection()
  const block = $sourceAtSelection()
  if (!block || !$isRangeSelection(selection)) return false
  const [start] = $ends(block, selection)
  const line = linesOf(block.getTextContent()).findLast(({ from }) => from <= start)
  const indent = /^[ \t]*/.exec(line?.text.slice(0, start - line.from) ?? '')?.[0] ?? ''
  if (indent === '') return false
  selection.insertLineBreak()
  const next = $getSelection()
  if ($isRangeSelection(next)) next.insertText(indent)
  return true
}
