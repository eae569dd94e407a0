/** What a query asks of the full text, in the language of FTS5; `null` where it asks nothing of that sort. */
export type Match = {
  /** Expression of what must occur. */
  readonly wanted: string | null
  /** Expression of what must not. */
  readonly unwanted: string | null
}

const TERM = /(-?)"([^"]*)(?:"|$)|(\S+)/g
/** unicode61 makes words of letters, numbers and private-use characters; a term without any matches nothing. */
const WORD = /[\p{L}\p{N}\p{Co}]/u
/** Index of prefixes begins at two letters: one letter stands for most of the vocabulary and would read it all. */
const SHORTEST_PREFIX = 2

/**
 * Reads a query as people type it: words, "phrases" and -not. Every term is quoted, so that nothing in it is
 * an operator of FTS5: no query is wrong. A term such as `well-known` is the phrase of its words.
 *
 * @param prefix the last word may be unfinished, unless a space follows it.
 */
export function readQuery(query: string, prefix: boolean): Match {
  const wanted: string[] = []
  const unwanted: string[] = []
  for (const term of query.matchAll(TERM)) {
    const [whole, quotedSign, quoted, plain] = term
    const isNot = plain === undefined ? quotedSign === '-' : plain.length > 1 && plain.startsWith('-')
    const words = plain === undefined ? (quoted ?? '') : isNot ? plain.slice(1) : plain
    if (!WORD.test(words)) continue
    const isLast = term.index + whole.length === query.length
    const isOpen = prefix && isLast && !isNot && plain !== undefined && endsInWord(plain)
    if (isNot) unwanted.push(quote(words))
    else wanted.push(isOpen ? openTerm(words) : quote(words))
  }
  return {
    wanted: wanted.length > 0 ? wanted.join(' AND ') : null,
    unwanted: unwanted.length > 0 ? unwanted.join(' OR ') : null,
  }
}

/** A phrase for FTS5. A NUL would end the expression early. */
export const quote = (words: string): string => `"${words.replaceAll('\0', ' ').replaceAll('"', '""')}"`

/** The words that unicode61 would see, roughly: for deciding, never for counting. */
export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}\p{Co}\p{M}]+/gu) ?? []

/** Very short beginnings are looked for in titles and aliases only, where they help and cost nothing. */
function openTerm(words: string): string {
  const last = wordsOf(words).at(-1) ?? ''
  const open = `${quote(words)} *`
  return [...last].length <= SHORTEST_PREFIX ? `{title aliases} : (${open})` : open
}

const endsInWord = (text: string): boolean => /[\p{L}\p{N}\p{Co}\p{M}]$/u.test(text)
