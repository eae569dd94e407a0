import { $getNodeByKey, $isTextNode } from 'lexical'
import { $textToCaret, type Typed } from './completion.ts'

const TAG = /(?<![\p{L}\p{N}_/#&-])#([\p{L}\p{N}_/-]+)$/u

/** The tag that is being typed before the caret, from its first letter on; `query` has no `#`. Reads only. */
export function $tagAtCaret(): Typed | null {
  const at = $textToCaret()
  const match = at && TAG.exec(at.before.slice(-100))
  if (!match) return null
  const query = match[1] ?? ''
  const end = at.before.length
  return { key: at.node.getKey(), start: end - query.length - 1, end, query }
}

/** Writes the tag in the place of what was typed, and a space where none follows. Runs in an update. */
export function $acceptTag({ key, start, end }: Typed, tag: string): void {
  const node = $getNodeByKey(key)
  if (!$isTextNode(node)) return
  const follows = node.getTextContent()[end]
  const words = `#${tag}${follows === undefined ? ' ' : ''}`
  node.spliceText(start, end - start, words)
  node.select(start + words.length, start + words.length)
}

/** Tags of a vault for what is typed: those that begin so, those with a part that does, then those that hold it. */
export function tagChoices<T extends { readonly tag: string; readonly notes: number }>(
  query: string,
  tags: readonly T[],
  most: number,
): T[] {
  const key = fold(query)
  const rank = (tag: string): number => {
    if (tag.startsWith(key)) return 0
    if (tag.includes(`/${key}`)) return 1
    return tag.includes(key) ? 2 : 3
  }
  return tags
    .map((each) => ({ each, rank: rank(fold(each.tag)) }))
    .filter(({ each, rank }) => rank < 3 && fold(each.tag) !== key)
    .sort((a, b) => a.rank - b.rank || b.each.notes - a.each.notes || (a.each.tag < b.each.tag ? -1 : 1))
    .slice(0, most)
    .map(({ each }) => each)
}

const fold = (tag: string): string => tag.normalize('NFC').toLowerCase()
