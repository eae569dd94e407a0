import type { Doc } from 'yjs'
import type { Mapping } from '../core/import/mapping.ts'
import { DEFAULT_WORDS, type RelationWord, wordKey } from '../core/relation/words.ts'
import { readMapping, readWords } from '../crdt/vault-doc.ts'

/** Every verb of a vault, those that every vault has first. */
export const allWords = (doc: Doc): readonly RelationWord[] => [...DEFAULT_WORDS, ...readWords(doc)]

/**
 * How a vault reads verbs that are not in everybody's list (core/import/mapping, `readAs`): its own words are what they
 * say, words of a mapping stand for another.
 */
export function wordsRead(doc: Doc): Mapping['words'] {
  const own = readWords(doc).flatMap(({ word, inverse }) => [word, inverse])
  const said = own.filter((word) => word !== '' && wordKey(word) === word).map((word) => [word, word])
  return { ...readMapping(doc).words, ...Object.fromEntries(said) }
}
