import {
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
import { $createWikilinkNode } from '../nodes/WikilinkNode.ts'

/** Something that is being typed and may be completed, up to the caret. Places are of the text node. */
export type Typed = {
  readonly key: NodeKey
  readonly start: number
  readonly end: number
  readonly query: string
}

/** A wikilink that is being typed: `[[` (or `![[`) and what follows. `query` as typed: `Title#Head`, `Title|shown`. */
export type Completion = Typed & { readonly embed: boolean }

const OPENING = /(!?)\[\[((?:(?!\]\])[^\n])*)$/
/** Longer than any title: it is prose with two brackets in it. */
const LONGEST = 200

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

export type CompletionControl = {
  /** Closes it until another one is begun. */
  dismiss(): void
  dispose: Disposer
}

/** Follows the caret and tells of the wikilink that is being typed at it. */
export const registerCompletion = (
  editor: LexicalEditor,
  onChange: (completion: Completion | null) => void,
): CompletionControl => registerTyping(editor, $completionAtCaret, onChange)

/**
 * Follows the caret and tells of what is being typed at it, when it begins, changes and ends. A caret that merely
 * comes by opens nothing, nor does what a peer types.
 */
export function registerTyping<T extends Typed>(
  editor: LexicalEditor,
  $read: () => T | null,
  onChange: (typed: T | null) => void,
): CompletionControl {
  let current: T | null = null
  let dismissed: Pick<Typed, 'key' | 'start'> | null = null

  const tell = (next: T | null) => {
    if (!next && !current) return
    if (next && current && next.query === current.query && next.key === current.key && next.start === current.start)
      return
    current = next
    onChange(next)
  }
  const dispose = editor.registerUpdateListener(({ editorState, tags, dirtyLeaves }) => {
    const found = editorState.read($read)
    if (!found) {
      dismissed = null
      return tell(null)
    }
    if (dismissed?.key === found.key && dismissed.start === found.start) return tell(null)
    const isTyped = dirtyLeaves.has(found.key) && !tags.has(COLLABORATION_TAG) && !tags.has(HISTORIC_TAG)
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

/** The plain text node with the caret and its text up to it; null in code and where there is none. */
export function $textToCaret(): { readonly node: TextNode; readonly before: string } | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed() || selection.anchor.type !== 'text') return null
  const node = selection.anchor.getNode()
  if (!$isTextNode(node) || !node.isSimpleText() || node.hasFormat('code') || $isInSource(node)) return null
  return { node, before: node.getTextContent().slice(0, selection.anchor.offset) }
}

function $completionAtCaret(): Completion | null {
  const at = $textToCaret()
  const found = at && readCompletion(at.before)
  return found && { key: at.node.getKey(), ...found }
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
  // `[verb:: [[…]]]`: the bracket that closes the relation stands behind the link already
  const next = link.getNextSibling()
  const before = link.getPreviousSibling()
  const isRelation = $isTextNode(before) && /\[[^[\]]*::\s*$/.test(before.getTextContent())
  if (isRelation && $isTextNode(next) && next.getTextContent().startsWith(']')) next.select(1, 1)
}

/** The part of a text node between two places, as a node of its own. Runs in an update. */
export function $cut(node: TextNode, start: number, end: number): TextNode {
  const parts = node.splitText(...(start === 0 ? [end] : [start, end]))
  return parts[start === 0 ? 0 : 1] ?? node
}
