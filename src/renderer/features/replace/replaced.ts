import { expressionOf, type TextQuery } from '../../../core/note/text-query.ts'

export function isReadable(query: TextQuery): boolean {
  try {
    expressionOf(query)
    return true
  } catch {
    return false
  }
}

/**
 * What will stand in a match's place, for showing. A pattern that looks around itself cannot be run on the match
 * alone; its replacement is then shown as written.
 */
export function replacedWith(match: string, replacement: string, query: TextQuery): string {
  if (!query.regex || !isReadable(query)) return replacement
  const { source, flags } = expressionOf(query)
  const first = new RegExp(source, flags.replace('g', ''))
  return first.exec(match)?.[0] === match ? match.replace(first, replacement) : replacement
}
