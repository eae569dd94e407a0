import type { Doc } from 'yjs'
import type { Tree } from '../../core/markdown/tree.ts'
import { type NoteSeed, seedDoc } from '../../crdt/note-doc.ts'
import { writeTree } from './write-tree.ts'

/**
 * The first update of a note: meta, text and source in one transaction under `clientId`. Equal seeds give
 * byte-identical updates (rules D1 and D2, M9). `doc` is empty.
 */
export function seedNote(doc: Doc, seed: Omit<NoteSeed, 'content'> & { readonly tree: Tree }, origin?: unknown): void {
  const { tree, ...rest } = seed
  seedDoc(doc, { ...rest, content: (root) => writeTree(root, tree) }, origin)
}
