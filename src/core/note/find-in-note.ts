import { expressionOf, type TextQuery } from './text-query.ts'

/** What is looked for in one note. `wholeWords`: letters, marks and figures beside a place are no part of a word. */
export type FindQuery = TextQuery & { readonly wholeWords: boolean }

/** A place in a text, and what its groups held: [0] is the whole. Offsets in UTF-16 code units. */
export type Found = {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
  readonly named: Readonly<Record<string, string | undefined>> | undefined
}

const IN_WORD = '[\\p{L}\\p{M}\\p{N}_]'

/** One object for each search: it remembers where it stands. Throws a SyntaxError where a regular expression is none. */
export function findExpression(query: FindQuery): RegExp {
  const { source, flags } = expressionOf(query)
  if (!query.wholeWords) return new RegExp(source, flags)
  return new RegExp(`(?<!${IN_WORD})(?:${source})(?!${IN_WORD})`, flags)
}

/** Every place in a text, the first `most` of them. Places of no width are none: nothing could be shown or replaced. */
export function findAll(expression: RegExp, text: string, most = Number.POSITIVE_INFINITY): Found[] {
  const found: Found[] = []
  expression.lastIndex = 0
  for (let match = expression.exec(text); match && found.length < most; match = expression.exec(text)) {
    if (match[0] === '') {
      // on by a whole letter: half of one is nothing that `u` can stand on
      expression.lastIndex += (text.codePointAt(expression.lastIndex) ?? 0) > 0xffff ? 2 : 1
      continue
    }
    found.push({ start: match.index, end: match.index + match[0].length, groups: [...match], named: match.groups })
  }
  return found
}

/**
 * What comes in the place of something found. With a regular expression `$1` to `$99`, `$&` and `$<name>` are what the
 * groups held, and `$$` is `$`; what names no group stays as written, as in JavaScript's own replace.
 */
export function replacementOf({ groups, named }: Found, template: string, regex: boolean): string {
  if (!regex) return template
  return template.replace(/\$(?:\$|&|<([^>]*)>|(\d{1,2}))/g, (sign, name?: string, digits?: string) => {
    if (sign === '$$') return '$'
    if (sign === '$&') return groups[0] ?? ''
    if (name !== undefined) return named ? (named[name] ?? '') : sign
    const two = Number(digits)
    if (two > 0 && two < groups.length) return groups[two] ?? ''
    // `$12` where there is one group is the first of them, and a 2
    const one = Number(digits?.[0])
    return digits?.length === 2 && one > 0 && one < groups.length ? `${groups[one] ?? ''}${digits[1]}` : sign
  })
}
