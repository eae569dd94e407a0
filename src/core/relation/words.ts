/**
 * A verb that a wikilink may carry, and its inverse, which says the same from the other note: `illustrated_by`
 * in the essay equals `illustrates` in the example. `reading` and `inverseReading` are the words on screen.
 */
export type RelationWord = {
  readonly word: string
  readonly inverse: string
  readonly reading: string
  readonly inverseReading: string
}

/** The plain link. Not a word that a person writes as a verb, so not in the list. */
export const MENTIONS = 'mentions'

/** PRODUCT, "Kinds and relations". A vault may add words of its own. */
export const DEFAULT_WORDS: readonly RelationWord[] = [
  { word: 'illustrates', inverse: 'illustrated_by', reading: 'Illustrates', inverseReading: 'Illustrated by' },
  { word: 'challenges', inverse: 'challenged_by', reading: 'Challenges', inverseReading: 'Challenged by' },
  { word: 'rests_on', inverse: 'carries', reading: 'Rests on', inverseReading: 'What rests on this' },
  { word: 'tried_in', inverse: 'tries', reading: 'Tried in', inverseReading: 'Tries' },
  { word: 'derived_from', inverse: 'source_of', reading: 'Derived from', inverseReading: 'Source of' },
  { word: 'supersedes', inverse: 'superseded_by', reading: 'Supersedes', inverseReading: 'Superseded by' },
]

/** One spelling for `Rests on`, `rests-on` and `rests_on`. */
export const wordKey = (word: string): string =>
  word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** The word as the list spells it (it may be an inverse), or null where it is no relation. */
export function relationWord(word: string, words: readonly RelationWord[] = DEFAULT_WORDS): string | null {
  const key = wordKey(word)
  for (const entry of words) if (entry.word === key || entry.inverse === key) return key
  return null
}

/** Which relation a word speaks of, and whether it is read from the other end. */
export function readDirection(
  word: string,
  words: readonly RelationWord[] = DEFAULT_WORDS,
): { word: string; inverse: boolean } {
  for (const entry of words) if (entry.inverse === word) return { word: entry.word, inverse: true }
  return { word, inverse: false }
}

/** What stands over a group of links, seen from the note that they stand in, or (`backwards`) from their target. */
export function readingOf(word: string, backwards: boolean, words: readonly RelationWord[] = DEFAULT_WORDS): string {
  if (word === MENTIONS) return backwards ? 'Mentioned in' : 'Mentions'
  for (const entry of words) {
    if (entry.word === word) return backwards ? entry.inverseReading : entry.reading
    if (entry.inverse === word) return backwards ? entry.reading : entry.inverseReading
  }
  return word
}
