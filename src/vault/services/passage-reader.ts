import type { NoteId } from '../../core/base/ids.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { passageOf } from '../../core/note/passage.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import type { Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'

type Parts = { readonly state: VaultState; readonly open: OpenNotes; readonly edits: EditNotes }

/** Trees of closed notes that are kept: a page of embeds asks for the same few again and again. */
const KEPT = 16

/** Pieces of notes to read in other places: embeds and previews. */
export class PassageReader {
  readonly #parts: Parts
  readonly #trees = new Map<NoteId, { readonly docHash: string; readonly tree: Tree }>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Fails with `not-found`. */
  async read(id: NoteId, anchor: string, most: number): Promise<Output<typeof vaultContract, 'passage'>> {
    const { state } = this.#parts
    const passage = passageOf(await this.#tree(id), anchor, most)
    return {
      ...state.row(id),
      blocks: passage && [...passage.blocks],
      footnotes: passage ? [...passage.footnotes] : [],
      more: passage?.more ?? false,
    }
  }

  async #tree(id: NoteId): Promise<Tree> {
    const { state, open, edits } = this.#parts
    const { docHash, dirty } = state.head(id)
    const isOpen = open.isOpen(id)
    const known = this.#trees.get(id)
    // the head of an open note follows its doc a moment later
    if (known && !isOpen && !dirty && known.docHash === docHash) return known.tree
    const tree = await edits.read(id, (doc) => readTree(rootOf(doc)))
    this.#trees.delete(id)
    if (isOpen || dirty) return tree
    this.#trees.set(id, { docHash, tree })
    for (const oldest of this.#trees.keys()) {
      if (this.#trees.size <= KEPT) break
      this.#trees.delete(oldest)
    }
    return tree
  }
}
