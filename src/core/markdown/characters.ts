/** Character classes of CommonMark 0.31 that several files share. */

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/
const PUNCTUATION = /[\p{P}\p{S}]/u
/** CommonMark's Unicode white space: the ideographic space is such, a byte order mark inside a text is not. */
const WHITESPACE = /[\p{Zs}\t\n\f\r]/u

export const isAsciiPunctuation = (char: string): boolean => ASCII_PUNCTUATION.test(char)

/**
 * Only these three are white space around a line's text: what else `trim` takes away (no-break and ideographic
 * spaces, a byte order mark) is text that somebody wrote.
 */
const isBlankCode = (code: number): boolean => code === 32 || code === 9 || code === 10

/** Without spaces, tabs and line ends at the end. */
export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isBlankCode(text.charCodeAt(end - 1))) end -= 1
  return end === text.length ? text : text.slice(0, end)
}

/** The same at both ends. */
export function trim(text: string): string {
  let start = 0
  while (start < text.length && isBlankCode(text.charCodeAt(start))) start += 1
  return trimEnd(start === 0 ? text : text.slice(start))
}

/** '' stands for the start or end of the text, which counts as whitespace. */
export const isSpace = (char: string): boolean => char === '' || WHITESPACE.test(char)

export function isPunctuation(char: string): boolean {
  const code = char.charCodeAt(0)
  return code < 128 ? ASCII_PUNCTUATION.test(char) : PUNCTUATION.test(char)
}

/** The whole character (two units where it is a pair) that ends before `at`; '' at the start. */
export function charBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1)
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at)
}

/** The whole character that starts at `at`; '' at the end. */
export function charAt(text: string, at: number): string {
  const high = text.charCodeAt(at)
  return high >= 0xd800 && high <= 0xdbff ? text.slice(at, at + 2) : text.slice(at, at + 1)
}

/**
 * Where a bare web address that starts at `from` ends, or -1. Inside it no sign of Markdown counts. Trailing
 * punctuation is not part of it, as in GFM's extended autolinks.
 */
export function bareUrlEnd(text: string, from: number): number {
  BARE_URL.lastIndex = from
  if (!BARE_URL.test(text)) return -1
  let end = BARE_URL.lastIndex
  for (; end > from; end -= 1) {
    const last = text[end - 1] ?? ''
    if (last === ')') {
      const url = text.slice(from, end)
      if (url.split(')').length <= url.split('(').length) break
    } else if (!TRAILING.includes(last)) break
  }
  return text.slice(from, end).endsWith('://') ? -1 : end
}

const BARE_URL = /(?:https?|ftp):\/\/[^\s<>[\]`\\|]+/iy
const TRAILING = `?!.,:;*_~='"%$`

/** The scheme of a bare address right before `colon`, as the place where it starts; -1 where there is none. */
export function bareUrlStart(text: string, colon: number): number {
  if (text.charCodeAt(colon + 1) !== 47 || text.charCodeAt(colon + 2) !== 47) return -1
  const scheme = SCHEME.exec(text.slice(Math.max(0, colon - 6), colon))
  return scheme ? colon - (scheme[1] ?? '').length : -1
}

const SCHEME = /(?:^|[^\p{L}\p{N}])(https?|ftp)$/iu
