import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { extractNote, propertyText } from '../../core/note/extract.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { type HeadFacts, headFacts, type NoteHead } from '../../crdt/store.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import type { IndexedLink, IndexedNote } from '../../ipc/index-contract.ts'

/** Everything that is derived from a note's doc: for its head, for the index, for the lists. */
export type NoteState = {
  readonly facts: HeadFacts
  readonly trashed: boolean
  readonly docHash: string
  readonly text: string
  /** Words of running text. */
  readonly words: number
  readonly propertyText: string
  readonly tags: readonly string[]
  readonly links: readonly IndexedLink[]
}

export const readState = (doc: Y.Doc): NoteState => stateOf(readMeta(doc), readTree(rootOf(doc)), docHash(doc))

/** The same where meta, tree and hash of the doc are at hand. */
export function stateOf(meta: NoteMeta, tree: Tree, hash: string): NoteState {
  const extracted = extractNote(tree, meta)
  return {
    facts: headFacts(meta),
    trashed: meta.trashed,
    docHash: hash,
    text: extracted.text,
    words: extracted.words,
    propertyText: propertyText(meta),
    tags: extracted.tags,
    links: extracted.links.map((link) => ({ ...link, targetId: '' })),
  }
}

export function readNote(state: Uint8Array): NoteState {
  const doc = new Y.Doc({ guid: '' })
  Y.applyUpdate(doc, state)
  const read = readState(doc)
  doc.destroy()
  return read
}

/** Head and index row of a note, from its state. A living note has no time at which it was thrown away. */
export const headOf = (
  id: NoteId,
  state: NoteState,
  { trashedAt, ...rest }: Omit<NoteHead, keyof HeadFacts | 'id' | 'docHash' | 'state'>,
): NoteHead => ({
  ...rest,
  ...state.facts,
  id,
  docHash: state.docHash,
  state: state.trashed ? 'trashed' : 'live',
  ...(state.trashed && trashedAt !== undefined ? { trashedAt } : {}),
})

export const indexedOf = (head: NoteHead, path: string, state: NoteState): IndexedNote => ({
  id: head.id,
  docHash: state.docHash,
  title: head.title,
  shownTitle: head.shownTitle,
  kind: head.kind,
  path,
  created: head.created,
  updated: head.updated,
  aliases: [...head.aliases],
  formerTitles: [...head.formerTitles],
  tags: [...state.tags],
  propertyText: state.propertyText,
  text: state.text,
  links: [...state.links],
})
