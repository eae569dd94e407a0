import type { XmlElement } from 'yjs'
import type { Tree } from '../../core/markdown/tree.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { patchChildren } from './patch.ts'
import { treeToV2 } from './tree-to-v2.ts'

/**
 * Makes `root` hold `next` with as little change as possible (rule M8): blocks that are equal stay, the
 * others are edited word by word where they are alike, so that a changed file merges with what was typed
 * meanwhile. In the caller's transaction, with the caller's origin.
 */
export function replaceTree(root: XmlElement, next: Tree): void {
  patchChildren(root, treeToV2(next.length > 0 ? next : EMPTY_TREE))
}
