import { definedLabels } from './labels.ts'
import { parseBlocks } from './parse-blocks.ts'
import type { Tree } from './tree.ts'

/**
 * The tree with its verbatim blocks as they are read today: notes that were stored before quotes, callouts, footnotes
 * and tables had shapes of their own keep them as source (SPEC, N8). Everything else stays to the letter, so that a
 * note can be compared with a file.
 */
export function readVerbatims(tree: Tree): Tree {
  const labels = definedLabels(tree)
  return tree.flatMap((block) => {
    if (block.type !== 'verbatim') return [block]
    const read = parseBlocks(block.source, labels).placed.map((placed) => placed.block)
    return read.length === 0 || (read.length === 1 && read[0]?.type === 'verbatim') ? [block] : read
  })
}
