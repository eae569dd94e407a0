import { isKind, type Kind, type PropertyValue } from '../note/note.ts'
import { DEFAULT_WORDS, type RelationWord, relationWord, wordKey } from '../relation/words.ts'

/**
 * What makes a note of an outside folder an essay, an example or a commitment. `key` is a folder's path (`folder`, ''
 * for everything), a folder's name anywhere in the path (`folder-name`), a tag without `#` (`tag`, those below it
 * included), or a property's key (`property`, with `value`). Case and Unicode form do not count.
 */
export type KindRule = {
  readonly by: 'folder' | 'folder-name' | 'tag' | 'property'
  readonly key: string
  readonly value: string
  readonly kind: Kind
}

/** `words`: property words that are read as a relation, by `wordKey`. Rules: the first that matches wins (I1). */
export type Mapping = { readonly kinds: readonly KindRule[]; readonly words: Readonly<Record<string, string>> }

export const NO_MAPPING: Mapping = { kinds: [], words: {} }

/** What rules look at. `path` with `/`; values as they stand in the frontmatter. */
export type RuleFacts = {
  readonly path: string
  readonly tags: readonly string[]
  readonly properties: readonly { readonly key: string; readonly value: PropertyValue }[]
}

const fold = (text: string): string => text.normalize('NFC').trim().toLowerCase()

/** The place of the first rule that matches; -1 for none. */
export const matchingRule = (facts: RuleFacts, rules: readonly KindRule[]): number =>
  rules.findIndex((rule) => matches(facts, rule))

/** How many rules say something of the note, so that a second opinion can be shown. */
export const opinions = (facts: RuleFacts, rules: readonly KindRule[]): Kind[] => [
  ...new Set(rules.filter((rule) => matches(facts, rule)).map(({ kind }) => kind)),
]

/** The kind that the rules give; null where none matches. A `kind:` of the file itself goes before (I2). */
export const kindByRules = (facts: RuleFacts, rules: readonly KindRule[]): Kind | null =>
  rules[matchingRule(facts, rules)]?.kind ?? null

function matches({ path, tags, properties }: RuleFacts, rule: KindRule): boolean {
  const key = fold(rule.key)
  switch (rule.by) {
    case 'folder':
      return key === '' || fold(path).startsWith(`${key}/`)
    case 'folder-name':
      return fold(path).split('/').slice(0, -1).includes(key)
    case 'tag':
      return tags.some((tag) => fold(tag) === key || fold(tag).startsWith(`${key}/`))
    case 'property':
      return properties.some(
        (property) => fold(property.key) === key && valuesOf(property.value).includes(fold(rule.value)),
      )
  }
}

/** A value as folded texts; the name of a wikilink stands for the link. */
function valuesOf(value: PropertyValue): string[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf)
  if (typeof value === 'string') return [fold(value.replace(/^\[\[([^\]|#]*).*\]\]$/s, '$1'))]
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
}

/** The relation that a word is read as in this vault, whose list is `list`; null where it stays a property. */
export function readAs(
  word: string,
  words: Mapping['words'],
  list: readonly RelationWord[] = DEFAULT_WORDS,
): string | null {
  const key = wordKey(word)
  return relationWord(key, list) ?? (Object.hasOwn(words, key) ? (words[key] ?? null) : null)
}

/** Every word that a property may be read as, in both directions. */
export const RELATION_CHOICES: readonly string[] = DEFAULT_WORDS.flatMap(({ word, inverse }) => [word, inverse])

const MOST_RULES = 500
const MOST_TEXT = 1000
const BYS: readonly unknown[] = ['folder', 'folder-name', 'tag', 'property'] satisfies KindRule['by'][]
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST_TEXT

/** Anything from a file or from another computer as a mapping: what is not of its shape is left out. */
export function parseMapping(value: unknown): Mapping {
  const { kinds, words } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const rules: KindRule[] = []
  for (const each of Array.isArray(kinds) ? kinds.slice(0, MOST_RULES) : []) {
    const { by, key, value: of = '', kind } = (each ?? {}) as Record<string, unknown>
    if (!BYS.includes(by) || !isText(key) || !isText(of) || !isKind(kind)) continue
    rules.push({ by: by as KindRule['by'], key, value: of, kind })
  }
  const read: [string, string][] = []
  for (const [word, relation] of Object.entries(typeof words === 'object' && words !== null ? words : {})) {
    if (read.length >= MOST_RULES || !isText(word) || typeof relation !== 'string') continue
    const known = relationWord(relation)
    const key = wordKey(word)
    if (known !== null && key !== '' && key !== '__proto__' && relationWord(key) === null) read.push([key, known])
  }
  read.sort(([a], [b]) => (a < b ? -1 : 1))
  return { kinds: rules, words: Object.fromEntries(read) }
}

export const isSameMapping = (a: Mapping, b: Mapping): boolean =>
  JSON.stringify(parseMapping(a)) === JSON.stringify(parseMapping(b))

const KIND_NAMES: Readonly<Record<string, Kind>> = {
  essay: 'essay',
  essays: 'essay',
  example: 'example',
  examples: 'example',
  case: 'example',
  cases: 'example',
  commitment: 'commitment',
  commitments: 'commitment',
  decision: 'commitment',
  decisions: 'commitment',
}

/** The kind that a folder, a tag or a value is named after; null for any other word. */
export function kindNamed(name: string): Kind | null {
  const key = fold(name)
  return Object.hasOwn(KIND_NAMES, key) ? (KIND_NAMES[key] ?? null) : null
}

export const KIND_SOURCES = ['folder', 'frontmatter', 'tag'] as const
export type KindSource = (typeof KIND_SOURCES)[number]

/** CLI.md, `--kind-from`: folders, tags or `type:` values that are called like a kind give it, in this order. */
export function rulesFrom(sources: readonly KindSource[]): KindRule[] {
  return sources.flatMap((source) =>
    Object.entries(KIND_NAMES).flatMap(([name, kind]): KindRule[] => {
      if (source === 'folder') return [{ by: 'folder-name', key: name, value: '', kind }]
      if (source === 'tag') return [{ by: 'tag', key: name, value: '', kind }]
      return ['kind', 'type', 'category'].map((key) => ({ by: 'property', key, value: name, kind }))
    }),
  )
}

const SUGGESTIONS: Readonly<Record<string, string>> = {
  supports: 'illustrates',
  exemplifies: 'illustrates',
  example_of: 'illustrates',
  contradicts: 'challenges',
  refutes: 'challenges',
  opposes: 'challenges',
  based_on: 'rests_on',
  depends_on: 'rests_on',
  replaces: 'supersedes',
  inspired_by: 'derived_from',
}

/** What a property word could be read as; null where nothing suggests itself. */
export const suggestedRelation = (word: string): string | null => {
  const key = wordKey(word)
  return relationWord(key) ?? (Object.hasOwn(SUGGESTIONS, key) ? (SUGGESTIONS[key] ?? null) : null)
}
