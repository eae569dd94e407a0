import { $isLinkNode } from '@lexical/link'
import {
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COLLABORATION_TAG,
  HISTORIC_TAG,
  HISTORY_PUSH_TAG,
  type LexicalEditor,
  type NodeKey,
  PASTE_TAG,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { type QuoteSigns, quotesOf, smartSign } from '../../core/note/smart-signs.ts'
import { $blockOf, $isInSource } from '../lexical-tree.ts'

const SIGNS: ReadonlySet<string> = new Set(['"', "'", '-', '.'])

/** What a setting means: `off`, `system`, or a language. */
export function signsOf(setting: string, systemLanguage: string): QuoteSigns | null {
  if (setting === 'off') return null
  return quotesOf(setting === 'system' ? systemLanguage : setting)
}

/**
 * Makes typographic quotes, dashes and dots of those that are typed, where `signs` answers some. The typed sign is in
 * the note first and what it becomes is a step of its own, so that one undo gives back what was typed. Not in source,
 * code and links, not while a word is composed, and not in what is pasted.
 */
export function registerSmartSigns(editor: LexicalEditor, signs: () => QuoteSigns | null): Disposer {
  return editor.registerUpdateListener(({ tags, dirtyLeaves, editorState, prevEditorState }) => {
    if (dirtyLeaves.size === 0 || editor.isComposing()) return
    if ([COLLABORATION_TAG, HISTORIC_TAG, HISTORY_PUSH_TAG, PASTE_TAG].some((tag) => tags.has(tag))) return
    const quotes = signs()
    if (!quotes) return
    const typed = editorState.read(() => $typedSign(SIGNS))
    if (!typed || !dirtyLeaves.has(typed.key)) return
    // one letter more than before: a caret that comes by, or a deletion, is no typing
    const before = prevEditorState.read(() => {
      const node = $getNodeByKey(typed.key)
      return $isTextNode(node) ? node.getTextContentSize() : 0
    })
    if (typed.size !== before + 1) return
    const sign = smartSign(typed.before, typed.sign, quotes)
    // what it takes away has to stand in the same text
    if (!sign || sign.remove > typed.offset) return
    editor.update(
      () => {
        const now = $typedSign(SIGNS)
        const node = now && $getNodeByKey(now.key)
        if (!$isTextNode(node) || now?.offset !== typed.offset || now.sign !== typed.sign) return
        node.spliceText(typed.offset - sign.remove, sign.remove, sign.insert, true)
      },
      { tag: HISTORY_PUSH_TAG },
    )
  })
}

export type Typed = {
  readonly key: NodeKey
  /** Behind the sign, in the text node. */
  readonly offset: number
  readonly size: number
  readonly sign: string
  /** The block's text up to the sign. */
  readonly before: string
}

/** The sign before the caret, where it is one of `signs` and stands among words; null else. Runs in a read. */
export function $typedSign(signs: ReadonlySet<string>): Typed | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return null
  const node = selection.anchor.getNode()
  const { offset } = selection.anchor
  if (!$isTextNode(node) || !node.isSimpleText() || node.hasFormat('code') || $isInSource(node)) return null
  if ($isLinkNode(node.getParent())) return null
  const text = node.getTextContent()
  const sign = text[offset - 1] ?? ''
  if (!signs.has(sign)) return null
  let before = ''
  for (const other of $blockOf(node)?.getAllTextNodes() ?? []) {
    if (other.is(node)) break
    // code, links and source are closed, whatever signs are in them
    before += other.isSimpleText() && !other.hasFormat('code') ? other.getTextContent() : 'x'
  }
  return { key: node.getKey(), offset, size: text.length, sign, before: before + text.slice(0, offset - 1) }
}
