import {
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COLLABORATION_TAG,
  HISTORIC_TAG,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  PASTE_TAG,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $blockOf, $isInSource } from '../lexical-tree.ts'
import { $isUnit, $unitOf } from './blocks.ts'
import { $mayBecomeOther } from './containers.ts'

/** A `/` that asks for the insert menu, and what is typed behind it up to the caret. */
export type Slash = {
  readonly key: NodeKey
  /** Place of `/` in the text node. */
  readonly start: number
  readonly end: number
  readonly query: string
  /**
   * What is there to become something else: an empty line, one with words, an item of a list, or a place for words
   * alone (a cell, a title).
   */
  readonly context: 'empty' | 'words' | 'item' | 'inline'
}

/** At the start of a line, or behind a blank: so that `and/or`, dates and addresses are left alone. */
const OPENING = /(?:^|\s)\/((?:[^\s/][^\n/]*)?)$/
/** Longer than the name of anything that can be inserted. */
const LONGEST = 24

/** The place and query of a `/` before the caret; null where none has begun. */
export function readSlash(before: string): Pick<Slash, 'start' | 'end' | 'query'> | null {
  const query = OPENING.exec(before)?.[1]
  if (query === undefined || query.length > LONGEST) return null
  return { start: before.length - query.length - 1, end: before.length, query }
}

export type SlashControl = {
  /** Closes it until another `/` is typed; the text stays. */
  dismiss(): void
  dispose: Disposer
}

/** Follows the caret and tells of the `/` at it: when it is typed, when the query changes, when it ends. */
export function registerSlash(editor: LexicalEditor, onChange: (slash: Slash | null) => void): SlashControl {
  let current: Slash | null = null
  let dismissed: Pick<Slash, 'key' | 'start'> | null = null
  const tell = (next: Slash | null) => {
    if (!next && !current) return
    current = next
    onChange(next)
  }
  const dispose = editor.registerUpdateListener(({ editorState, prevEditorState, tags, dirtyLeaves }) => {
    const found = editor.isEditable() ? editorState.read($slashAtCaret) : null
    if (!found) {
      dismissed = null
      return tell(null)
    }
    if (dismissed?.key === found.key && dismissed.start === found.start) return tell(null)
    const isTyped =
      dirtyLeaves.has(found.key) && ![COLLABORATION_TAG, HISTORIC_TAG, PASTE_TAG].some((tag) => tags.has(tag))
    // the sign itself opens it, not a letter behind one that has long been there
    const isNew = isTyped && found.query === '' && !prevEditorState.read($slashAtCaret)
    if (isNew || (current && current.key === found.key && current.start === found.start)) tell(found)
    else if (current) tell(null)
  })
  return {
    dismiss: () => {
      if (current) dismissed = { key: current.key, start: current.start }
      tell(null)
    },
    dispose,
  }
}

function $slashAtCaret(): Slash | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return null
  const node = selection.anchor.getNode()
  if (!$isTextNode(node) || !node.isSimpleText() || node.hasFormat('code') || $isInSource(node)) return null
  const text = node.getTextContent()
  const found = readSlash(text.slice(0, selection.anchor.offset))
  if (!found || (found.start === 0 && node.getPreviousSibling()?.getTextContent().match(/\S$/))) return null
  // in the middle of a sentence a stroke is a stroke
  if (text.slice(found.end).trim() !== '' || node.getNextSibling()?.isInline()) return null
  return { key: node.getKey(), ...found, context: $contextOf(node, text.slice(0, found.start)) }
}

function $contextOf(node: LexicalNode, before: string): Slash['context'] {
  const block = $blockOf(node)
  if (!block || !$mayBecomeOther(block) || !$isUnit($unitOf(node) ?? node)) return 'inline'
  if (block.getType() === 'listitem') return 'item'
  const isEmpty = before.trim() === '' && !node.getPreviousSibling()
  return isEmpty && block.getType() === 'paragraph' ? 'empty' : 'words'
}

/** Takes the sign and what was typed behind it out of the text; the caret stays there. Runs in an update. */
export function $takeSlash({ key, start, end }: Slash): void {
  const node = $getNodeByKey(key)
  if (!$isTextNode(node)) return
  node.select(start, start)
  node.spliceText(start, end - start, '', true)
}
