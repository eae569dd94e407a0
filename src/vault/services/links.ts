import type { NoteId } from '../../core/base/ids.ts'
import { linkKey } from '../../core/link/wikilink.ts'
import { splitPath, stemOf } from '../../core/note/file-name.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import type { Client } from '../../ipc/rpc.ts'
import type { IndexSync } from '../index-sync.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly sync: IndexSync
  readonly index: Client<typeof indexContract>
}

/** Where the relations of notes lead, as the index has them when it agrees with the notes. */
export class Links {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Links of a note in order of appearance, those that were typed a moment ago too. */
  async of(id: NoteId) {
    const { open, sync, index } = this.#parts
    open.refreshAll()
    await sync.settled()
    return index.call('outlinks', { id })
  }

  /** Notes that it is related to by a word, as it is written there; each note and place once. */
  async relationsOf(id: NoteId, word: string): Promise<{ target: NoteId; anchor: string }[]> {
    const found = (await this.of(id)).flatMap(({ id: target, relation, anchor }) =>
      target !== null && target !== id && relation === word ? [{ target, anchor }] : [],
    )
    return [...new Map(found.map((each) => [`${each.target} ${each.anchor}`, each])).values()]
  }

  /**
   * What a wikilink to a note says: its title, or its file's name where that would lead elsewhere.
   * @param taken a title that another note is about to have
   */
  nameOf(id: NoteId, taken = ''): string {
    const { catalog } = this.#parts.state
    const { title, path } = this.#parts.state.row(id)
    const found = catalog.resolve(title)
    const isTaken = linkKey(taken) === linkKey(title)
    const isPlain = !isTaken && !/[[\]|#^/\\]/.test(title) && found.length === 1 && found[0]?.id === id
    if (isPlain) return title
    const stem = splitPath(stemOf(path))[1]
    const named = catalog.resolve(stem)
    return !isTaken && named.length === 1 && named[0]?.id === id ? stem : stemOf(path)
  }
}
