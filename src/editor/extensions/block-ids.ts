import { $isListItemNode } from '@lexical/list'
import { $isHeadingNode } from '@lexical/rich-text'
import { $createParagraphNode, $createTextNode, $isElementNode, $isParagraphNode, type LexicalNode } from 'lexical'
import { $tagAct } from './blocks.ts'

/** ` ^id` at the end of a block's text, or alone on the line after what has no end of its own (MARKDOWN.md). */
const AT_END = /(?:^|\s)\^([A-Za-z0-9-]+)$/
const ALONE = /^\^([A-Za-z0-9-]+)$/

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 6

/** Six small letters and digits, as Obsidian gives them too. */
export const newBlockId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => LETTERS[byte % LETTERS.length]).join('')

/** Whether an id of this block stands at the end of its words; else it stands on a line of its own below it. */
const hasEnd = (block: LexicalNode): boolean =>
  $isParagraphNode(block) || $isListItemNode(block) || $isHeadingNode(block)

/** The id that a block has, or gets: a word at its end. Runs in an update. */
export function $giveBlockId(block: LexicalNode): string {
  const next = block.getNextSibling()
  const own = hasEnd(block)
    ? AT_END.exec(block.getTextContent())?.[1]
    : $isParagraphNode(next)
      ? ALONE.exec(next.getTextContent())?.[1]
      : undefined
  if (own !== undefined) return own
  const id = newBlockId()
  $tagAct()
  $markBlock(block, id)
  return id
}

/** Gives a block this id: at the end of its words, or on a line of its own below it (MARKDOWN.md). Runs in an update. */
export function $markBlock(block: LexicalNode, id: string): void {
  if (hasEnd(block) && $isElementNode(block)) block.append($createTextNode(block.isEmpty() ? `^${id}` : ` ^${id}`))
  else block.insertAfter($createParagraphNode().append($createTextNode(`^${id}`)))
}
