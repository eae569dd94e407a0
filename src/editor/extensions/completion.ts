import {
  $createTextNode,
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COLLABORATION_TAG,
  HISTORIC_TAG,
  type LexicalEditor,
  type NodeKey,
  type TextNode,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $isInSource } from '../lexical-tree.ts'
import { $createWikilinkNode, $isWikilinkNode } from '../nodes/WikilinkNode.ts'

/** A wikilink that is being typed: `[[` and what follows it up to the caret. */
export type Completion = {
  readonly key: NodeKey
  /** Place of `[[` (or `![[`) in the text node. */
  readonly start: number
  readonly end: number
  readonly embed: boolean
  /** As typed: `Title`, `Title#Head`, `Title|shown`. */
  readonly query: string
}

const OPENING = /(!?)\[\[((?:(?!\]\])[^\n])*)$/
/** Longer than any title: it is prose with two brackets in it. */
const LONGEST = 120

/** The completion at the caret of a text; null where none has begun. `before` is the text up to the caret. */
export function readCompletion(before: string): Pick<Completion, 'start' | 'end' | 'embed' | 'query'> | null {
  // the last opening before the caret counts, whatever stands before it: `[[` needs no space in front
  const at = before.lastIndexOf('[[')
  if (at < 0) return null
  const from = before[at - 1] === '!' ? at - 1 : at
  const match = OPENING.exec(before.slice(from))
  const query = match?.[2]
  if (query === undefined || query.length > LONGEST) return null
  return { start: from, end: before.length, embed: match?.[1] === '!', query }
}

export type CompletionListener = (completion: Completion | null) => void
export type CompletionControl = {
  /** Closes it until another `[[` is typed. */
  dismiss(): void
  dispose: Disposer
}

/** Follows the caret and tells of the completion at it, when it begins, changes and ends. */
export function registerCompletion(editor: LexicalEditor, onChange: CompletionListener): CompletionControl {
  let current: Completion | null = null
  let dismissed: Pick<Completion, 'key' | 'start'> | null = null

  const tell = (next: Completion | null) => {
    if (!next && !current) return
    if (next && current && next.query === current.query && next.key === current.key && next.start === current.start)
      return
    current = next
    onChange(next)
  }
  const dispose = editor.registerUpdateListener(({ editorState, tags, dirtyLeaves }) => {
    const found = editorState.read($completionAtCaret)
    if (!found) {
      dismissed = null
      return tell(null)
    }
    if (dismissed?.key === found.key && dismissed.start === found.start) return tell(null)
    const isTyped = dirtyLeaves.has(found.key) && !tags.has(COLLABORATION_TAG) && !tags.has(HISTORIC_TAG)
    // a caret that merely comes by opens nothing
    if (current || isTyped) tell(found)
  })
  return {
    dismiss: () => {
      if (current) dismissed = { key: current.key, start: current.start }
      tell(null)
    },
    dispose,
  }
}

function $completionAtCaret(): Completion | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return null
  const node = selection.anchor.getNode()
  if (!$isTextNode(node) || !node.isSimpleText() || node.hasFormat('code') || $isInSource(node)) return null
  const found = readCompletion(node.getTextContent().slice(0, selection.anchor.offset))
  return found && { key: node.getKey(), ...found }
}

/** Puts a link in the place of what was typed; the caret comes after it. Runs in an update. */
export function $acceptCompletion(completion: Completion, target: string, id: string): void {
  const node = $getNodeByKey(completion.key)
  if (!$isTextNode(node)) return
  const text = node.getTextContent()
  // brackets that already stand behind the caret belong to the link
  const end = text.startsWith(']]', completion.end) ? completion.end + 2 : completion.end
  const typed = $cut(node, completion.start, end)
  const link = $createWikilinkNode(target, { embed: completion.embed, id }).setFormat(typed.getFormat())
  typed.replace(link)
  link.selectEnd()
}

function $cut(node: TextNode, start: number, end: number): TextNode {
  const parts = node.splitText(...(start === 0 ? [end] : [start, end]))
  return parts[start === 0 ? 0 : 1] ?? node
}

/** Turns the link before the caret back into what was typed, with the completion open again. Runs in an update. */
export function $reopenLink(): boolean {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false
  const node = selection.anchor.getNode()
  if (!$isWikilinkNode(node) || selection.anchor.offset !== node.getTextContentSize()) return false
  const text = $createTextNode(node.getTextContent().slice(0, -2)).setFormat(node.getFormat())
  node.replace(text)
  text.selectEnd()
  return true
}
