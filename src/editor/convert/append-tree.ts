import * as Y from 'yjs'
import type { Tree } from '../../core/markdown/tree.ts'
import { treeToV2 } from './tree-to-v2.ts'
import { createType } from './v2-yjs.ts'

/**
 * Adds blocks at the end of a note, before an empty last paragraph: somebody's caret may stand in it.
 * In the caller's transaction, with the caller's origin.
 */
export function appendTree(root: Y.XmlElement, tree: Tree): void {
  const last = root.length > 0 ? root.get(root.length - 1) : null
  const empty = last instanceof Y.XmlElement && last.nodeName === 'paragraph' && last.length === 0
  root.insert(root.length - (empty ? 1 : 0), treeToV2(tree).map(createType))
}
