import type { Block, Inline, List, Tree } from '../core/markdown/tree.ts'

export type WordEdit = { readonly tree: Tree; readonly block: number; readonly lines: number }

/**
 * The tree with one word of a paragraph, heading, list item, title or cell changed, also of those in containers; null
 * where it has none. Which one is up to `seed`. `lines` is how many lines that text has at most, 0 for its block's.
 */
export function editWord(tree: Tree, seed: number): WordEdit | null {
  for (let turn = 0; turn < tree.length; turn += 1) {
    const place = (seed + turn) % tree.length
    const block = structuredClone(tree[place])
    if (!block) continue
    const holders = holdersOf(block)
    const holder = holders[seed % Math.max(1, holders.length)]
    if (!holder || !changeWord(holder.children)) continue
    return { tree: tree.map((old, at) => (at === place ? block : old)), block: place, lines: holder.lines }
  }
  return null
}

type Holder = { readonly children: readonly Inline[]; readonly lines: number }

/** The passages of a block that each stand on lines of their own. */
function holdersOf(block: Block): Holder[] {
  switch (block.type) {
    case 'paragraph':
      return [{ children: block.children, lines: linesOf(block.children) }]
    case 'heading':
      return [{ children: block.children, lines: 0 }]
    case 'list':
      return itemsOf(block)
    case 'table':
      return block.rows.flatMap((row) => row.map((children) => ({ children, lines: 1 })))
    case 'callout':
      return [{ children: block.title, lines: 1 }, ...block.children.flatMap(holdersOf)]
    case 'quote':
    case 'footnote':
      return block.children.flatMap(holdersOf)
    default:
      return []
  }
}

const itemsOf = (list: List): Holder[] =>
  list.items.flatMap(({ children, lists }) => [{ children, lines: linesOf(children) }, ...lists.flatMap(itemsOf)])

/** What is kept as source may have lines of its own. */
function linesOf(children: readonly Inline[]): number {
  let lines = 1
  for (const inline of children) {
    if (inline.type === 'break') lines += 1
    if (inline.type === 'link') lines += linesOf(inline.children) - 1
    if (inline.type === 'raw') lines += inline.source.split('\n').length - 1
  }
  return lines
}

/** In place: the tree is a copy. */
function changeWord(children: readonly Inline[]): boolean {
  const inline = children.find((each) => each.type === 'text' && each.marks < 16 && /\p{L}{3}/u.test(each.text))
  if (inline?.type !== 'text') return false
  Object.assign(inline, { text: inline.text.replace(/\p{L}{3}/u, 'qqzz') })
  return true
}

/** How many lines of `before` are not those of `after`, without the equal ones at the start and end. */
export function changedLines(before: string, after: string): number {
  const old = before.split('\n')
  const now = after.split('\n')
  let same = 0
  while (same < old.length && old[same] === now[same]) same += 1
  let end = 0
  while (end < Math.min(old.length, now.length) - same && old.at(-1 - end) === now.at(-1 - end)) end += 1
  return old.length - end - same
}
