import { passagesOf, withPassageId } from '../../core/note/passages.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { EditNotes } from '../edit-notes.ts'

type Parts = { readonly edits: EditNotes }
type Calls = Pick<Handlers<typeof vaultContract>, 'passages' | 'markPassage'>

/** Passages that links lead to (MARKDOWN.md, "block id"). */
export class Passages {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls(): Calls {
    const { edits } = this.#parts
    return {
      passages: ({ id }) => edits.read(id, (doc) => passagesOf(readTree(rootOf(doc)))),
      markPassage: ({ id, block, item, is, text, blockId }) =>
        edits.edit(id, (doc) => {
          const tree = readTree(rootOf(doc))
          const alike = passagesOf(tree).filter((each) => each.is === is && each.text === text)
          // somebody may have written above it since it was shown
          const passage = alike.find((each) => each.block === block && each.item === item) ?? alike[0]
          if (!passage) throw new CallError('changed', 'This passage was changed meanwhile. Choose it once more.')
          if (passage.id !== '') return { blockId: passage.id }
          const next = withPassageId(tree, passage, blockId)
          doc.transact(() => replaceTree(rootOf(doc), next), LOCAL)
          return { blockId }
        }),
    }
  }
}
