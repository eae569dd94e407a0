import { wordKey, type RelationWord, MENTIONS, relationWord } from '../../core/relation/words.ts'
import { putWord, readWords, removeWord } from '../../crdt/vault-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { VaultState } from '../vault-state.ts'
import { allWords, wordsRead } from '../vault-words.ts'

type Calls = Pick<Handlers<typeof vaultContract>, 'relationWords' | 'setRelationWord' | 'removeRelationWord'>

/** As a verb may be written before `::`, in the one spelling of the list. */
const WORD = /^\p{Ll}[\p{L}\p{N}_]{0,39}$/u

/** The verbs of a vault (core/relation, V1). What is read of them follows by itself: services/mapping.ts. */
export class RelationWords {
  readonly #state: VaultState

  constructor(state: VaultState) {
    this.#state = state
  }

  calls(): Calls {
    const { vaultDoc } = this.#state
    return {
      relationWords: () => ({
        words: allWords(vaultDoc).map((word) => ({ ...word })),
        own: readWords(vaultDoc).map(({ word }) => word),
        read: wordsRead(vaultDoc),
      }),
      setRelationWord: (word) => this.#set(word),
      removeRelationWord: async ({ word }) => {
        removeWord(vaultDoc, wordKey(word), LOCAL)
        await this.#state.vaultStored()
      },
    }
  }

  async #set(given: RelationWord): Promise<void> {
    const { vaultDoc } = this.#state
    const [word, inverse] = [wordKey(given.word), wordKey(given.inverse)]
    for (const each of [word, inverse]) {
      if (!WORD.test(each) || each === MENTIONS) {
        throw new CallError('bad-word', `“${each}” cannot be a relation: a word begins with a letter and is short.`)
      }
      const others = allWords(vaultDoc).filter((known) => known.word !== word)
      if (relationWord(each, others) !== null || relationWord(each) !== null) {
        throw new CallError('taken', `“${each}” means something already. Nothing was changed.`)
      }
    }
    if (word === inverse) throw new CallError('bad-word', 'A relation and its inverse are two words.')
    const [reading, inverseReading] = [given.reading.trim(), given.inverseReading.trim()]
    putWord(vaultDoc, { word, inverse, reading, inverseReading }, LOCAL)
    await this.#state.vaultStored()
  }
}
