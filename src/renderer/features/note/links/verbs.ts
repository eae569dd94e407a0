import type { Kind } from '../../../../core/note/note.ts'
import { DEFAULT_WORDS, wordKey } from '../../../../core/relation/words.ts'
import { lineOf } from '../../../../editor/extensions/relation-chips.ts'
import { type OwnWords, verbReading } from '../../../../editor/relations.ts'

export type Verb = {
  /** As it is written before `::`. */
  readonly word: string
  readonly reading: string
  /** What it says of the two notes. */
  readonly says: string
  /** The relation whose line it is drawn with; `own` for a vault's own word. */
  readonly line: string
}

const SAYS: Readonly<Record<string, string>> = {
  illustrates: 'this note shows it',
  illustrated_by: 'an example shows it',
  challenges: 'this note speaks against it',
  challenged_by: 'something speaks against this',
  rests_on: 'this needs it to hold',
  carries: 'it needs this to hold',
  tried_in: 'a commitment tries this',
  tries: 'this tries it out',
  derived_from: 'this began with it',
  source_of: 'it began with this',
  supersedes: 'this takes its place',
  superseded_by: 'it takes the place of this',
}

/** The usual ones first, as the kinds ask for them (PRODUCT, "Kinds and relations"). */
const USUAL: Readonly<Record<Kind, readonly string[]>> = {
  essay: ['illustrated_by', 'challenged_by', 'tried_in', 'derived_from'],
  example: ['illustrates', 'challenges', 'derived_from'],
  commitment: ['rests_on', 'tries', 'supersedes', 'derived_from'],
  note: ['illustrated_by', 'illustrates', 'derived_from'],
}

const A_KIND: Readonly<Record<Kind, string>> = {
  essay: 'an essay',
  example: 'an example',
  commitment: 'a commitment',
  note: 'a note',
}

const ownVerb = (word: string): Verb => ({
  word,
  reading: verbReading(word),
  says: 'this vault’s own',
  line: lineOf(word),
})
const verbOf = (word: string): Verb => ({
  word,
  reading: verbReading(word),
  says: SAYS[word] ?? '',
  line: lineOf(word),
})

/** Every verb of a vault in both readings, its own words last. */
export const allVerbs = (own: OwnWords): Verb[] => [
  ...DEFAULT_WORDS.flatMap(({ word, inverse }) => [verbOf(word), verbOf(inverse)]),
  ...Object.keys(own).map(ownVerb),
]

export type VerbGroups = {
  readonly matches: readonly Verb[]
  /** Others that are usual in a note of that kind, and its heading. */
  readonly usual: readonly Verb[]
  readonly heading: string
}

/**
 * Verbs for what is typed before `::`: those that it begins or a part of them begins with; then those that are
 * usual. Nothing where nothing matches, for the word is then no relation. All of them for nothing typed.
 */
export function verbChoices(query: string, kind: Kind, own: OwnWords): VerbGroups {
  const heading = `Usual in ${A_KIND[kind]}`
  const key = wordKey(query)
  const all = allVerbs(own)
  const usual = [...USUAL[kind].map(verbOf), ...Object.keys(own).map(ownVerb)]
  const isUsual = (verb: Verb) => usual.some(({ word }) => word === verb.word)
  if (key === '') return { matches: [], usual: [...usual, ...all.filter((verb) => !isUsual(verb))], heading }
  const rank = ({ word }: Verb): number => {
    if (word === key) return 0
    if (word.startsWith(key)) return 1
    return word.includes(`_${key}`) ? 2 : 3
  }
  const matches = all
    .filter((verb) => rank(verb) < 3)
    .sort((a, b) => rank(a) - rank(b) || Number(isUsual(b)) - Number(isUsual(a)))
  if (matches.length === 0) return { matches: [], usual: [], heading }
  const rest = usual.filter(({ word }) => !matches.some((match) => match.word === word))
  // a word that is written out needs no others beside it
  return { matches, usual: matches[0]?.word === key ? [] : rest, heading }
}

/** The verb that suits a note of one kind, with a passage of it made a note of another; null for a plain link. */
export function verbBetween(from: Kind, to: Kind): string | null {
  if (to === 'example') return from === 'commitment' ? 'rests_on' : from === 'example' ? null : 'illustrated_by'
  if (to === 'essay') return from === 'example' ? 'illustrates' : from === 'commitment' ? 'rests_on' : null
  if (to === 'commitment') return from === 'commitment' ? null : 'tried_in'
  return null
}
