import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import type { LogEntry } from '../../core/commitment/entry.ts'
import { isDraft } from '../../core/evidence/draft.ts'
import { type Mapping, readAs } from '../../core/import/mapping.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { extractNote, propertyText } from '../../core/note/extract.ts'
import type { Kind, NoteMeta, Property } from '../../core/note/note.ts'
import type { PassageLines } from '../../core/note/note-text.ts'
import type { Pin } from '../../core/trail/pin.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { readLayout, readMeta, rootOf } from '../../crdt/note-doc.ts'
import { readLog } from '../../crdt/note-log.ts'
import { readPins } from '../../crdt/note-pins.ts'
import { type HeadFacts, headFacts, type NoteHead } from '../../crdt/store.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import type { IndexedLink, IndexedNote } from '../../ipc/index-contract.ts'
import { withLog } from './note-log.ts'

/** Everything that is derived from a note's doc: for its head, for the index, for the lists. */
export type NoteState = {
  readonly facts: HeadFacts
  readonly trashed: boolean
  /** Of the layout; null where it says none. */
  readonly kindBeside: Kind | null
  readonly docHash: string
  readonly text: string
  /** Words of running text. */
  readonly words: number
  readonly propertyText: string
  /** How much of `text` is the note's own, before its log. */
  readonly textEnd: number
  readonly passages: readonly PassageLines[]
  readonly properties: readonly Property[]
  readonly log: readonly LogEntry[]
  readonly pins: readonly Pin[]
  readonly tags: readonly string[]
  readonly links: readonly (IndexedLink & { readonly verb?: string })[]
}

export const readState = (doc: Y.Doc): NoteState =>
  stateOf(readMeta(doc), readTree(rootOf(doc)), docHash(doc), {
    kindBeside: readLayout(doc).kindBeside,
    log: readLog(doc),
    pins: readPins(doc),
  })

/** What a note has beside its text and meta. */
export type BesideText = {
  readonly kindBeside?: Kind | undefined
  readonly log?: readonly LogEntry[]
  readonly pins?: readonly Pin[]
}

/** The same where meta, tree and hash of the doc are at hand. */
export function stateOf(meta: NoteMeta, tree: Tree, hash: string, beside: BesideText = {}): NoteState {
  const { kindBeside, log = [], pins = [] } = beside
  const extracted = extractNote(withLog(tree, log), meta)
  const textEnd = log.length === 0 ? extracted.text.length : extractNote(tree, meta).text.length
  return {
    facts: {
      ...headFacts(meta),
      ...(log.length > 0 ? { log: log.length } : {}),
      ...(pins.length > 0 ? { pins: pins.length } : {}),
    },
    trashed: meta.trashed,
    kindBeside: kindBeside ?? null,
    docHash: hash,
    text: extracted.text,
    textEnd,
    passages: extracted.passages,
    properties: meta.properties,
    log,
    pins,
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
  { trashedAt, kindBeside: _, ...rest }: Omit<NoteHead, keyof HeadFacts | 'id' | 'docHash' | 'state'>,
): NoteHead => ({
  ...rest,
  ...state.facts,
  id,
  docHash: state.docHash,
  state: state.trashed ? 'trashed' : 'live',
  ...(state.kindBeside === null ? {} : { kindBeside: state.kindBeside }),
  ...(state.trashed && trashedAt !== undefined ? { trashedAt } : {}),
})

/** @param words property words that this vault reads as relations (core/import, Mapping) */
export const indexedOf = (head: NoteHead, path: string, state: NoteState, words: Mapping['words']): IndexedNote => ({
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
  textEnd: state.textEnd,
  passages: state.passages.map(([key, from, to]) => [key, from, to]),
  commitment:
    head.kind === 'commitment' || state.log.length > 0
      ? {
          properties: state.properties.map((property) => ({ ...property })),
          log: state.log.map((entry) => ({ ...entry, sees: [...entry.sees] })),
        }
      : null,
  pins: [...state.pins],
  isDraft: isDraft(state),
  links: state.links.map(({ verb, ...link }) => {
    const relation = verb === undefined ? null : readAs(verb, words)
    return relation === null ? link : { ...link, relation }
  }),
})
