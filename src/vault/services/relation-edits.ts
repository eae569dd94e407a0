import type { NoteId } from '../../core/base/ids.ts'
import { readAs } from '../../core/import/mapping.ts'
import { linkKey } from '../../core/link/wikilink.ts'
import { editRelation } from '../../core/relation/edit-relation.ts'
import { MENTIONS, type RelationWord, wordKey } from '../../core/relation/words.ts'
import { readMeta, rootOf, updateMeta } from '../../crdt/note-doc.ts'
import { putPin, readPins, removePin } from '../../crdt/note-pins.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { CallError, type Handlers, type Input } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { VaultState } from '../vault-state.ts'
import { allWords, wordsRead } from '../vault-words.ts'
import type { Links } from './links.ts'
import { pinId } from './pins.ts'

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly links: Links
  readonly keep: (id: NoteId) => Promise<unknown>
}

/** A relation is written once, and changed from either of its notes: the one that it stands in is edited. */
export class RelationEdits {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls(): Pick<Handlers<typeof vaultContract>, 'editRelation'> {
    return { editRelation: (wanted) => this.#edit(wanted) }
  }

  async #edit({ id, word, target, to }: Input<typeof vaultContract, 'editRelation'>): Promise<{ places: number }> {
    const { state } = this.#parts
    const words = allWords(state.vaultDoc)
    state.head(id)
    const there = state.head(target).state === 'live'
    const from = this.#known(word, words)
    const next = to === null || to === MENTIONS ? null : this.#known(to, words)
    const here = await this.#in(id, target, from, next)
    const back =
      there && from !== MENTIONS
        ? await this.#in(target, id, inverseOf(from, words), next && inverseOf(next, words))
        : 0
    return { places: here + back }
  }

  #known(word: string, words: readonly RelationWord[]): string {
    const key = wordKey(word)
    const isKnown = key === MENTIONS || words.some((each) => each.word === key || each.inverse === key)
    if (!isKnown) throw new CallError('bad-word', `“${word}” is no relation of this vault. Nothing was changed.`)
    return key
  }

  async #in(id: NoteId, target: NoteId, word: string, to: string | null): Promise<number> {
    const { state, edits, links, keep } = this.#parts
    const out = await links.of(id)
    const own = out.filter((link) => link.id === target && link.relation === word)
    if (own.length === 0) return 0
    const keys = new Set(own.map((link) => linkKey(link.target)))
    const read = wordsRead(state.vaultDoc)
    // As it was right before, for whoever takes it back.
    await keep(id)
    return edits.edit(id, (doc) =>
      doc.transact(() => {
        const { properties } = readMeta(doc)
        const leads = (name: string) => keys.has(linkKey(name))
        const edit = { readAs: (verb: string) => readAs(verb, read), leads, word, to }
        const edited = editRelation(readTree(rootOf(doc)), properties, edit)
        if (edited.places === 0) return 0
        replaceTree(rootOf(doc), edited.tree)
        updateMeta(doc, { properties: edited.properties }, LOCAL)
        for (const pin of readPins(doc)) {
          if (pin.word !== word || pin.target !== target) continue
          removePin(doc, pin.id, LOCAL)
          const moved = to === null ? null : { ...pin, word: to }
          if (moved) putPin(doc, { ...moved, id: pinId({ word: moved.word, target, anchor: pin.anchor }) }, LOCAL)
        }
        return edited.places
      }, LOCAL),
    )
  }
}

/** A word as it is read from the other note. */
function inverseOf(word: string, words: readonly RelationWord[]): string {
  for (const each of words) {
    if (each.word === word) return each.inverse
    if (each.inverse === word) return each.word
  }
  return word
}
