import { useEffect } from 'react'
import { create } from 'zustand'
import { DEFAULT_WORDS, type RelationWord } from '../../core/relation/words.ts'
import { useVaultList } from './use-live.ts'

type Words = {
  /** Every verb of the vault, those that every vault has first. */
  readonly words: readonly RelationWord[]
  /** Those that can be changed, by `word`. */
  readonly own: readonly string[]
  /** What else is read as a relation, by the word as it is written; its own words as themselves. */
  readonly read: Readonly<Record<string, string>>
}

const useStore = create<Words>(() => ({ words: DEFAULT_WORDS, own: [], read: {} }))

/** Asks for the words of the vault and follows them: once in a window. */
export function useKeptWords(): void {
  const { data } = useVaultList('relation-words', (vault) => vault.call('relationWords', {}))
  useEffect(() => {
    if (data) useStore.setState(data)
  }, [data])
}

/** The vault's relations as they are now; those of every vault until it has answered. */
export const useWords = (): readonly RelationWord[] => useStore(({ words }) => words)
export const useOwnWords = (): readonly string[] => useStore(({ own }) => own)
/** For the editor, which reads verbs as the index does. */
export const useReadWords = (): Readonly<Record<string, string>> => useStore(({ read }) => read)
