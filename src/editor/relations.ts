import { $isLineBreakNode, $isTextNode, type ElementNode, type NodeKey, type TextNode } from 'lexical'
import { readAs } from '../core/import/mapping.ts'
import { SEPARATOR, VERB } from '../core/note/line-reader.ts'
import { $isWikilinkNode } from './nodes/WikilinkNode.ts'

/** Words of a vault's own, and the relation that each is read as (core/import/mapping). */
export type OwnWords = Readonly<Record<string, string>>

/** A verb as it stands before its links, `verb:: [[…]]` or `[verb:: [[…]]]` (PRODUCT, "Kinds and relations"). */
export type Relation = {
  /** The text node, and the word in it: text.slice(start, end). Behind it come `::` and spaces, to the node's end. */
  readonly key: NodeKey
  readonly start: number
  readonly end: number
  readonly word: string
  /** The relation of the list that the word says, maybe an inverse one. */
  readonly relation: string
  /** Alone in its node: at the start of a line or an item. Else the sign that opens it stands before it. */
  readonly isWhole: boolean
  readonly opening: number
  readonly links: readonly NodeKey[]
  /** The sign that closes it; null where there is none. */
  readonly closing: { readonly key: NodeKey; readonly at: number } | null
}

/** Of a line longer than this no beginning is a verb, as in the index (core/note/line-reader). */
const REACH = 64

/**
 * The relations of one block, as the index reads them, except those whose verb is of several runs. Reads only.
 */
export function $relationsOf(block: ElementNode, own: OwnWords): Relation[] {
  const relations: (Relation & { links: NodeKey[]; closing: Relation['closing'] })[] = []
  let current: (typeof relations)[number] | null = null
  /** The one text since the last link; `mixed` where there is more than that. */
  let since: { node: TextNode; from: number } | null = null
  let isMixed = false
  let isLineStart = true
  const startAfter = (lineStart: boolean) => {
    since = null
    isMixed = false
    isLineStart = lineStart
    current = null
  }
  for (const node of block.getChildren()) {
    if ($isLineBreakNode(node)) startAfter(true)
    else if ($isWikilinkNode(node)) {
      const text: string = since ? $after(since) : ''
      const goesOn: boolean = current !== null && !isMixed && SEPARATOR.test(text)
      if (!goesOn) current = since && !isMixed && !node.isEmbed() ? $relationBefore(since, isLineStart, own) : null
      if (current && !goesOn) relations.push(current)
      if (current && !node.isEmbed()) current.links.push(node.getKey())
      since = null
      isMixed = false
      isLineStart = false
    } else if ($isTextNode(node) && node.isSimpleText()) {
      if (node.hasFormat('code')) {
        startAfter(false)
        continue
      }
      let from = 0
      const open: (typeof relations)[number] | null = since || isMixed ? null : current
      if (open && !open.isWhole) {
        const text = node.getTextContent()
        const at = text.indexOf($signThatCloses(open))
        if (at >= 0 && SEPARATOR.test(text.slice(0, at))) {
          open.closing = { key: node.getKey(), at }
          from = at + 1
          startAfter(false)
        }
      }
      if (since) isMixed = true
      else since = { node, from }
    } else isMixed = true
  }
  return relations

  function $signThatCloses({ key }: Relation): string {
    const node = block.getChildren().find((child) => child.getKey() === key)
    const opening = relations.find((each) => each.key === key)?.opening ?? 0
    return node?.getTextContent()[opening] === '(' ? ')' : ']'
  }
}

const $after = ({ node, from }: { node: TextNode; from: number }): string => node.getTextContent().slice(from)

function $relationBefore(
  since: { node: TextNode; from: number },
  isLineStart: boolean,
  own: OwnWords,
): (Relation & { links: NodeKey[]; closing: Relation['closing'] }) | null {
  const before = $after(since)
  const match = VERB.exec(before.slice(-REACH))
  if (!match) return null
  const sign = match[1] ?? ''
  const isWhole = sign === ''
  if (isWhole && !(isLineStart && before.length <= REACH)) return null
  const relation = readAs(match[2] ?? '', own)
  if (relation === null) return null
  const word = (match[2] ?? '').trimEnd()
  const size = since.node.getTextContentSize()
  const opening = size - match[0].length
  const start = opening + match[0].indexOf(word, sign.length)
  const key = since.node.getKey()
  return { key, start, end: start + word.length, word, relation, isWhole, opening, links: [], closing: null }
}

/** As a reader sees the verb: `illustrated_by` is “illustrated by”. */
export const verbReading = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
