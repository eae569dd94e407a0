import { checkedWord, parseWords, type WordFault } from '../../core/relation/vault-words.ts'
import { DEFAULT_WORDS, type RelationWord, wordKey } from '../../core/relation/words.ts'
import { IMPORT, LOCAL } from '../../crdt/origins.ts'
import { putWord, removeWord } from '../../crdt/vault-doc.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { VaultState } from '../vault-state.ts'
import { allWords, ownWords, wordsRead } from '../vault-words.ts'

type Calls = Pick<
  Handlers<typeof vaultContract>,
  'relationWords' | 'setRelationWord' | 'removeRelationWord' | 'importWords'
>

const FAULTS: Record<WordFault, string> = {
  'no-word': 'A relation and its inverse begin with a letter, are of letters, digits and spaces, and short.',
  same: 'A relation and its inverse are two words.',
  taken: 'One of these words means something already.',
  'too-many': 'This vault has as many relations as it can.',
}

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
        own: ownWords(vaultDoc).map(({ word }) => word),
        read: wordsRead(vaultDoc),
      }),
      setRelationWord: (word) => this.#set(word),
      importWords: ({ words }) => this.#import(words),
      removeRelationWord: async ({ word }) => {
        removeWord(vaultDoc, wordKey(word), LOCAL)
        await this.#state.vaultStored()
      },
    }
  }

  async #import(text: string): Promise<void> {
    const { vaultDoc } = this.#state
    for (const word of parseWords(text)) {
      const checked = checkedWord(word, allWords(vaultDoc))
      if (checked.ok) putWord(vaultDoc, checked.value, IMPORT)
    }
    await this.#state.vaultStored()
  }

  async #set(given: RelationWord): Promise<void> {
    const { vaultDoc } = this.#state
    const others = allWords(vaultDoc).filter(({ word }) => word !== wordKey(given.word) || isEverybodys(word))
    const checked = checkedWord(given, others)
    if (!checked.ok) throw new CallError(checked.error, `${FAULTS[checked.error]} Nothing was changed.`)
    putWord(vaultDoc, checked.value, LOCAL)
    await this.#state.vaultStored()
  }
}

const isEverybodys = (word: string): boolean => DEFAULT_WORDS.some((known) => known.word === word)
