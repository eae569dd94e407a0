import type { Doc } from 'yjs'
import type { Mapping } from '../core/import/mapping.ts'
import { mergeWords } from '../core/relation/vault-words.ts'
import { DEFAULT_WORDS, type RelationWord } from '../core/relation/words.ts'
import { readMapping, readWords } from '../crdt/vault-doc.ts'

/** Every verb of a vault, those that every vault has first. */
export const allWords = (doc: Doc): readonly RelationWord[] => mergeWords(readWords(doc))

export const ownWords = (doc: Doc): readonly RelationWord[] => allWords(doc).slice(DEFAULT_WORDS.length)

/**
 * How a vault reads verbs that are not in everybody's list (core/import/mapping, `readAs`): its own words are what they
 * say, words of a mapping stand for another.
 */
export function wordsRead(doc: Doc): Mapping['words'] {
  const own = ownWords(doc).flatMap(({ word, inverse }) => [word, inverse])
  return { ...readMapping(doc).words, ...Object.fromEntries(own.map((word) => [word, word])) }
}
