import * as Y from 'yjs'
import { blocksOf, compareTrees, type Side } from '../../core/history/compare.ts'
import { extractNote, propertyText } from '../../core/note/extract.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { isSeeded, readMeta, rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { exportNote } from './export-note.ts'
import { sha256Hex } from './hash.ts'
import type { Compared, CompareTask, Shown, ShowTask, VersionFacts, VersionTask } from './history-tasks.ts'

/** The doc of a state, for as long as `read` runs. */
export function withDoc<T>(state: Uint8Array, read: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, state)
    return read(doc)
  } finally {
    doc.destroy()
  }
}

/** A note's doc as far as a difference speaks of it. */
export function sideOf(doc: Y.Doc): Side {
  const { title, aliases, tags, properties } = readMeta(doc)
  return { title, aliases, tags, properties, tree: readTree(rootOf(doc)) }
}

export function versionFacts({ state, before, withText }: VersionTask): VersionFacts {
  return withDoc(state, (doc) => {
    const side = sideOf(doc)
    const difference = before ? compareTrees(withDoc(before, sideOf), side) : null
    const meta = readMeta(doc)
    const extracted = extractNote(side.tree, meta)
    const clocks: Record<string, number> = {}
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) clocks[String(client)] = clock
    return {
      title: side.title,
      docHash: docHash(doc),
      hash: sha256Hex(state),
      bytes: state.length,
      words: extracted.words,
      wordsAdded: difference?.wordsAdded ?? 0,
      wordsRemoved: difference?.wordsRemoved ?? 0,
      clocks,
      text: withText ? `${propertyText(meta)}\n${extracted.text}` : '',
      isEmpty: !isSeeded(doc),
    }
  })
}

export const compareStates = ({ before, state }: CompareTask): Compared =>
  withDoc(state, (doc) => ({
    difference: compareTrees(withDoc(before, sideOf), sideOf(doc)),
    docHash: docHash(doc),
  }))

export function showState({ id, state }: ShowTask): Shown {
  const { bytes } = exportNote({ kind: 'export', id, state, verify: false })
  const side = withDoc(state, sideOf)
  return { title: side.title, markdown: new TextDecoder().decode(bytes), blocks: blocksOf(side) }
}
