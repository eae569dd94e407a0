import type { XmlElement } from 'yjs'
import type { Tree } from '../../core/markdown/tree.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { treeToV2 } from './tree-to-v2.ts'
import { createType } from './v2-yjs.ts'

/**
 * Writes `tree` after what `root` holds, as a bound editor would have. For an empty root: a note's first
 * content is written once, by its creator, in the transaction that seeds the doc.
 */
export function writeTree(root: XmlElement, tree: Tree): void {
  root.insert(root.length, treeToV2(tree.length > 0 ? tree : EMPTY_TREE).map(createType))
}
