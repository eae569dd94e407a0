import { readItem } from './log-item.ts'
import { parseMarkdown } from './parse.ts'
import type { Block, List, ListItem, Tree } from './tree.ts'
import { EMPTY_TREE } from './tree.ts'

/** A note's log among its blocks (commitment/SPEC.md, G7). */
export type LogSection = {
  /** Place of the heading; the list, where there is one, is the next block. */
  readonly at: number
  /** The list, or what it is kept as; null for a heading with nothing below it that is a log's. */
  readonly list: Block | null
  readonly items: readonly ListItem[]
}

export const isLogHeading = (block: Block | undefined): boolean =>
  block?.type === 'heading' &&
  block.level === 2 &&
  block.children.length === 1 &&
  block.children[0]?.type === 'text' &&
  block.children[0].text === 'Log'

/** `saysCommitment`: the file's frontmatter names the kind. null where the note has no log. */
export function findLog(blocks: Tree, saysCommitment: boolean): LogSection | null {
  for (let at = blocks.length - 1; at >= 0; at--) {
    if (!isLogHeading(blocks[at])) continue
    const items = itemsIn(blocks[at + 1])
    if (items && isLog(items, saysCommitment)) {
      return isJoined(blocks[at - 1], blocks[at + 2]) ? null : { at, list: blocks[at + 1] ?? null, items }
    }
    // An empty one at the end says that whatever is called Log above it is text (G12).
    return at === blocks.length - 1 && (saysCommitment || findLog(blocks.slice(0, at), false) !== null)
      ? { at, list: null, items: [] }
      : null
  }
  return null
}

/** The note's text without its log; never empty. */
export function withoutLog(blocks: Tree, section: LogSection | null): Tree {
  if (!section) return blocks
  const rest = blocks.filter((_, at) => at !== section.at && (at !== section.at + 1 || section.list === null))
  return rest.length > 0 ? rest : EMPTY_TREE
}

/** A list with an item of several paragraphs is kept as source: without its blank lines it is a list again. */
function itemsIn(block: Block | undefined): readonly ListItem[] | null {
  const list = block?.type === 'verbatim' ? listIn(block.source) : block
  return list?.type === 'list' && list.style === 'bullet' ? list.items : null
}

function listIn(source: string): List | null {
  if (!/^[-*+][ \t]/.test(source)) return null
  const [list, ...more] = parseMarkdown(source.replace(/\n(?:[ \t]*\n)+/g, '\n')).blocks
  return list?.type === 'list' && more.length === 0 ? list : null
}

function isLog(items: readonly ListItem[], saysCommitment: boolean): boolean {
  const read = items.map(readItem)
  return read.some(({ id }) => id.startsWith('log-')) || (saysCommitment && read.every(({ isDated }) => isDated))
}

/** Blocks that would be one block without the log between them: then it cannot be told where the log was. */
const isJoined = (before: Block | undefined, after: Block | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  before.type === after.type &&
  (before.type === 'verbatim' || before.type === 'list')
