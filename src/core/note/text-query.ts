/** Words, or a regular expression, that are looked for in notes. */
export type TextQuery = { readonly query: string; readonly regex: boolean; readonly matchCase: boolean }

/**
 * Finds every place of a query, line by line, by Unicode's letters. Throws a SyntaxError where a regular expression is
 * none. One object for each search: it remembers where it stands.
 */
export function expressionOf({ query, regex, matchCase }: TextQuery): RegExp {
  const source = regex ? query : query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return new RegExp(source, matchCase ? 'gmu' : 'gimu')
}
