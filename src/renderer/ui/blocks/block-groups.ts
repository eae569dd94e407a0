import type { Block } from '../../../core/history/difference.ts'

/** Blocks that are drawn as one: the items of a list, the properties above a note. */
export type BlockGroup = { readonly is: 'list' | 'properties' | 'one'; readonly blocks: readonly Block[] }

const groupOf = ({ is }: Block): BlockGroup['is'] => {
  if (is === 'item') return 'list'
  return is === 'property' ? 'properties' : 'one'
}

export function groupBlocks(blocks: readonly Block[]): BlockGroup[] {
  const groups: { is: BlockGroup['is']; blocks: Block[] }[] = []
  for (const block of blocks) {
    const is = groupOf(block)
    const last = groups.at(-1)
    if (last && is !== 'one' && last.is === is) last.blocks.push(block)
    else groups.push({ is, blocks: [block] })
  }
  return groups
}
