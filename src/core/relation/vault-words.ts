import { err, ok, type Result } from '../base/result.ts'
import { DEFAULT_WORDS, MENTIONS, type RelationWord, relationWord, wordKey } from './words.ts'

/** What a person may call a relation: letters first, on one line, short enough for a chip. */
const WORD = /^\p{L}[\p{L}\p{N}_]{0,40}$/u
const MOST_WORDS = 200
const MOST_READING = 60

export type WordFault = 'no-word' | 'same' | 'taken' | 'too-many'

/** The vault's own words behind those of every vault. What is none, or would say something else twice, is left out (R3). */
export function mergeWords(own: readonly RelationWord[]): readonly RelationWord[] {
  const merged = [...DEFAULT_WORDS]
  for (const given of own) {
    const word = checkedWord(given, merged)
    if (word.ok) merged.push(word.value)
  }
  return merged
}

/** A word as it is kept, its keys in one spelling and empty readings filled in; `list`: the words that are there. */
export function checkedWord(given: RelationWord, list: readonly RelationWord[]): Result<RelationWord, WordFault> {
  const [word, inverse] = [wordKey(given.word), wordKey(given.inverse)]
  if (!WORD.test(word) || !WORD.test(inverse) || word === MENTIONS || inverse === MENTIONS) return err('no-word')
  if (word === inverse) return err('same')
  if (relationWord(word, list) !== null || relationWord(inverse, list) !== null) return err('taken')
  if (list.length >= MOST_WORDS + DEFAULT_WORDS.length) return err('too-many')
  return ok({
    word,
    inverse,
    reading: readingFor(given.reading, word),
    inverseReading: readingFor(given.inverseReading, inverse),
  })
}

function readingFor(given: string, word: string): string {
  const reading = given.replace(/\s+/g, ' ').trim().slice(0, MOST_READING).trim()
  const plain = word.replace(/_+/g, ' ').trim()
  return reading === '' ? plain.charAt(0).toUpperCase() + plain.slice(1) : reading
}

/** A vault's own words from a file or another computer: anything is read, what is no word is left out (R4). */
export function readWords(value: unknown): readonly RelationWord[] {
  const list = Array.isArray(value) ? value : []
  const own = list.flatMap((each): RelationWord[] => {
    if (typeof each !== 'object' || each === null) return []
    const given = each as Record<string, unknown>
    const text = (key: string) => (typeof given[key] === 'string' ? (given[key] as string) : '')
    const word = { word: text('word'), inverse: text('inverse'), reading: text('reading') }
    return [{ ...word, inverseReading: text('inverseReading') }]
  })
  const words = mergeWords(own).slice(DEFAULT_WORDS.length)
  return [...words].sort((a, b) => (a.word < b.word ? -1 : a.word > b.word ? 1 : 0))
}

/** The words of `.throughline/words.json`; none where it is not that. */
export function parseWords(text: string): readonly RelationWord[] {
  try {
    const value: unknown = JSON.parse(text)
    return readWords((value as Record<string, unknown> | null)?.words)
  } catch {
    return []
  }
}

/** By word, so that equal lists are equal files. */
export const printWords = (own: readonly RelationWord[]): string =>
  `${JSON.stringify({ words: readWords(own) }, null, 2)}\n`
