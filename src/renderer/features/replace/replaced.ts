export type Question = { readonly query: string; readonly regex: boolean; readonly matchCase: boolean }

/** The expression that is looked for; null where a pattern cannot be read. */
export function expressionOf({ query, regex, matchCase }: Question): RegExp | null {
  try {
    return new RegExp(regex ? query : query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), matchCase ? 'u' : 'iu')
  } catch {
    return null
  }
}

/**
 * What will stand in a match's place, for showing. A pattern that looks around itself cannot be run on the match
 * alone; its replacement is then shown as written.
 */
export function replacedWith(match: string, replacement: string, question: Question): string {
  if (!question.regex) return replacement
  const found = expressionOf(question)?.exec(match)
  if (!found || found[0] !== match) return replacement
  return match.replace(expressionOf(question) as RegExp, replacement)
}
