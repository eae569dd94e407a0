import type { XmlElement } from 'yjs'
import type { Tree } from '../../core/markdown/tree.ts'
import { v2ToTree } from './v2-to-tree.ts'
import { readChildren } from './v2-yjs.ts'

/** The tree of a note's `root-v2`. Never fails; an empty root reads as one empty paragraph. */
export const readTree = (root: XmlElement): Tree => v2ToTree(readChildren(root))
