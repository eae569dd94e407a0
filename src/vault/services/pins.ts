import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Doc } from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import { makePin } from '../../core/evidence/pin-state.ts'
import { anchorKey } from '../../core/link/anchor.ts'
import { extractNote } from '../../core/note/extract.ts'
import type { Pin } from '../../core/trail/pin.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { CallError } from '../../ipc/rpc.ts'
import { idFrom, sha256Hex } from '../convert/hash.ts'
import type { EditNotes } from '../edit-notes.ts'

export type ToPin = { readonly word: string; readonly target: NoteId; readonly anchor: string }

/** One pin a word, target and place: put again it is the same pin, also by another device (core/trail/SPEC.md). */
export const pinId = ({ word, target, anchor }: ToPin): string => `pin-${idFrom(word, target, anchor)}`

/** Makes pins of what relations lead to, as that reads now. */
export class PinMaker {
  readonly #edits: EditNotes
  readonly #at: () => string

  constructor(edits: EditNotes, at: () => string) {
    this.#edits = edits
    this.#at = at
  }

  /** null where the target has no such passage, or cannot be read. */
  async make(given: ToPin, id = pinId(given)): Promise<Pin | null> {
    const read = (doc: Doc) => ({ tree: readTree(rootOf(doc)), version: docHash(doc) })
    const found = await this.#edits.read(given.target, read).catch(() => null)
    if (!found) return null
    // As the index has it: without the log, whose entries are no ground that changes.
    const { text, passages } = extractNote(found.tree, { tags: [], properties: [] })
    const key = anchorKey(given.anchor)
    const [, line, end] = passages.find((passage) => given.anchor !== '' && passage[0] === key) ?? []
    if (given.anchor !== '' && line === undefined) return null
    return makePin({
      ...given,
      id,
      version: found.version,
      at: this.#at(),
      text,
      passage: line === undefined ? null : text.split('\n').slice(line, end).join('\n'),
      line,
      hash: (text) => sha256Hex(utf8ToBytes(text)),
    })
  }

  /** Fails with `no-passage`. */
  async need(given: ToPin, id?: string): Promise<Pin> {
    const pin = await this.make(given, id)
    if (pin) return pin
    throw new CallError('no-passage', 'What this relation leads to is not in that note. Nothing was pinned.')
  }
}
