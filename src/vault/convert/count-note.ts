import type { Block, Inline, List, Tree } from '../../core/markdown/tree.ts'
import { isContainer, MARK } from '../../core/markdown/tree.ts'
import { extractNote } from '../../core/note/extract.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { withoutCode } from '../../core/note/verbatim-links.ts'

const AT_END = /(?:^|\s)\^[A-Za-z0-9-]+\s*$/
const AT_LINE_ENDS = /(?:^|[ \t])\^[A-Za-z0-9-]+[ \t]*$/gm

/** What a receipt says of a note: its links, as the index counts them, and the block ids that others may point to. */
export function countNote(
  tree: Tree,
  meta: Pick<NoteMeta, 'tags' | 'properties'>,
): { links: number; blockIds: number } {
  return { links: extractNote(tree, meta).links.length, blockIds: blockIds(tree) }
}

function blockIds(tree: Tree): number {
  let count = 0
  const line = (inlines: readonly Inline[]) => {
    const last = inlines.at(-1)
    if (last?.type === 'text' && !(last.marks & MARK.code) && AT_END.test(last.text)) count++
  }
  const list = ({ items }: List): void => {
    for (const item of items) {
      line(item.children)
      item.lists.forEach(list)
    }
  }
  const add = (block: Block): void => {
    if (block.type === 'paragraph' || block.type === 'heading') line(block.children)
    else if (block.type === 'list') list(block)
    else if (isContainer(block)) {
      if (block.type === 'callout') line(block.title)
      block.children.forEach(add)
    } else if (block.type === 'verbatim') count += withoutCode(block.source).match(AT_LINE_ENDS)?.length ?? 0
  }
  tree.forEach(add)
  return count
}
