import { $getNodeByKey, $isLineBreakNode, $isTextNode } from 'lexical'
import { $textToCaret, type Typed } from './completion.ts'

/** A verb that is being typed: a word and `::`, where a relation may begin. `query` is the word, maybe ''. */
export type VerbTyped = Typed & {
  /** After `[` in a sentence, and not at the start of a line or an item. */
  readonly isInline: boolean
}

const VERB = /(^|\[)\s*((?:[\p{L}][\p{L}\p{N} _-]{0,40})?)::$/u

/** The verb before the caret; null where none is. Reads only. */
export function $verbAtCaret(): VerbTyped | null {
  const at = $textToCaret()
  if (!at?.before.endsWith('::')) return null
  const { node, before } = at
  const match = VERB.exec(before.slice(-64))
  if (!match) return null
  const isInline = match[1] === '['
  const query = match[2] ?? ''
  const start = before.length - 2 - query.length
  if (!isInline) {
    const previous = node.getPreviousSibling()
    if (before.length > 64 || (previous !== null && !$isLineBreakNode(previous))) return null
  }
  return { key: node.getKey(), start, end: before.length, query, isInline }
}

/** Writes the verb in the place of what was typed and begins its link; the caret stands in it. Runs in an update. */
export function $acceptVerb({ key, start, end, isInline }: VerbTyped, word: string): void {
  const node = $getNodeByKey(key)
  if (!$isTextNode(node)) return
  const text = node.getTextContent()
  const opening = `${word}:: [[`
  const closing = isInline && text[end] !== ']' ? ']' : ''
  const rest = text[end] === ' ' ? end + 1 : end
  node.spliceText(start, rest - start, opening + closing)
  const caret = start + opening.length
  node.select(caret, caret)
}
