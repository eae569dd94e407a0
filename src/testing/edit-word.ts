import type { Inline, List, Tree } from '../core/markdown/tree.ts'

type Holder = { readonly children: readonly Inline[] }
export type WordEdit = { readonly tree: Tree; readonly block: number; readonly lines: number }

/**
 * The tree with one word of a paragraph, quote, heading or list item changed; null where it has none. Which one is
 * up to `seed`. `lines` is how many lines its own text has, 0 for a block's whole span.
 */
export function editWord(tree: Tree, seed: number): WordEdit | null {
  const places = [...tree.keys()].filter((at) =>
    ['paragraph', 'heading', 'list', 'quote'].includes(tree[at]?.type ?? ''),
  )
  for (let turn = 0; turn < places.length; turn += 1) {
    const place = places[(seed + turn) % places.length] ?? -1
    const block = structuredClone(tree[place])
    if (!block) continue
    const holder = block.type === 'list' ? pickItem(block, seed) : 'children' in block ? block : null
    if (!holder || !changeWord(holder.children)) continue
    const breaks = holder.children.filter(({ type }) => type === 'break').length
    return {
      tree: tree.map((old, at) => (at === place ? block : old)),
      block: place,
      lines: block.type === 'list' ? 1 + breaks : 0,
    }
  }
  return null
}

function pickItem(list: List, seed: number): Holder | null {
  const items: Holder[] = []
  const collect = (inner: List) => {
    for (const item of inner.items) {
      items.push(item)
      for (const below of item.lists) collect(below)
    }
  }
  collect(list)
  return items[seed % items.length] ?? null
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
