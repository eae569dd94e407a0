import {
  $createTextNode,
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COLLABORATION_TAG,
  HISTORIC_TAG,
  HISTORY_PUSH_TAG,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  PASTE_TAG,
  type TextNode,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { footnoteOf } from '../../core/markdown/inline-footnotes.ts'
import type { Inline } from '../../core/markdown/tree.ts'
import { footnoteMark } from '../../core/note/footnotes.ts'
import { treeFromSerialized } from '../lexical-tree.ts'
import { $createRawNode, RawNode } from '../nodes/RawNode.ts'
import { $serialized } from './footnotes.ts'
import { $typedSign } from './smart-signs.ts'

const CLOSING: ReadonlySet<string> = new Set([']'])

/**
 * `^[words]` becomes one inline of source as soon as its last bracket is typed, and is text again when it has lost
 * one. In the doc and in Markdown both are the same words (core/markdown/inline-footnotes.ts).
 */
export function registerInlineFootnotes(editor: LexicalEditor): Disposer {
  return mergeRegister(
    editor.registerUpdateListener(({ tags, dirtyLeaves, editorState }) => {
      if (dirtyLeaves.size === 0 || editor.isComposing()) return
      if ([COLLABORATION_TAG, HISTORIC_TAG, HISTORY_PUSH_TAG, PASTE_TAG].some((tag) => tags.has(tag))) return
      const typed = editorState.read(() => $typedSign(CLOSING))
      if (!typed?.before.includes('^[') || !dirtyLeaves.has(typed.key)) return
      editor.update(
        () => {
          const now = $typedSign(CLOSING)
          const node = now && $getNodeByKey(now.key)
          if ($isTextNode(node) && now?.offset === typed.offset) $closeFootnote(node, typed.offset)
        },
        { tag: HISTORY_PUSH_TAG },
      )
    }),
    editor.registerNodeTransform(RawNode, (node) => {
      const text = node.getTextContent()
      if (!text.startsWith('^[') || footnoteMark(text)) return
      const selection = $getSelection()
      const points = $isRangeSelection(selection) ? [selection.anchor, selection.focus] : []
      const own = points.map((point) => (point.key === node.getKey() ? point.offset : null))
      const words = $createTextNode(text).setFormat(node.getFormat())
      node.replace(words)
      for (const [at, point] of points.entries()) point.set(words.getKey(), own[at] ?? point.offset, 'text')
    }),
  )
}

/** The words from the `^[` that the bracket before `end` closes; nothing where there is none. */
function $closeFootnote(last: TextNode, end: number): void {
  const start = $opening(last, end)
  if (!start) return
  const nodes: LexicalNode[] = []
  for (let node: LexicalNode | null = start.node; node; node = node.getNextSibling()) {
    nodes.push(node)
    if (node.is(last)) break
  }
  const inlines = $inlines(nodes, start.offset, end)
  const raw = footnoteOf(inlines)
  if (!raw) return
  const source = $createRawNode(raw.source).setFormat(raw.marks)
  const isOne = start.node.is(last)
  const parts = start.node.splitText(...(isOne ? [start.offset, end] : [start.offset]))
  const head = parts[start.offset > 0 ? 1 : 0]
  if (!head) return
  for (const node of nodes.slice(1, -1)) node.remove()
  if (!isOne) last.splitText(end)[0]?.remove()
  head.replace(source)
  source.selectEnd()
}

/** Back from a closing bracket to the `^[` that it closes, on one line and over links; code holds no brackets. */
function $opening(last: TextNode, end: number): { node: TextNode; offset: number } | null {
  let depth = 0
  for (let node: LexicalNode | null = last; node; node = node.getPreviousSibling()) {
    if (node.getType() === 'linebreak') return null
    if (!$isTextNode(node) || node.getType() !== 'text' || node.hasFormat('code')) continue
    const text = node.is(last) ? node.getTextContent().slice(0, end) : node.getTextContent()
    for (let offset = text.length - 1; offset >= 0; offset--) {
      if (text[offset] === ']') depth++
      if (text[offset] !== '[' || --depth > 0) continue
      return text[offset - 1] === '^' ? { node, offset: offset - 1 } : null
    }
  }
  return null
}

/** What stands in siblings, from `from` of the first to `to` of the last, as the tree has it. */
function $inlines(nodes: readonly LexicalNode[], from: number, to: number): readonly Inline[] {
  const children = nodes.map((node, at) => {
    const serialized = $serialized(node)
    if (!$isTextNode(node)) return serialized
    const text = node.getTextContent()
    const isLast = at === nodes.length - 1
    return { ...serialized, text: text.slice(at === 0 ? from : 0, isLast ? to : undefined) }
  })
  const [line] = treeFromSerialized([{ type: 'paragraph', children }])
  return line?.type === 'paragraph' ? line.children : []
}
