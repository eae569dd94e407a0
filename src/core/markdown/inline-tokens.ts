/**
 * Inline constructs that are recognised from where they start, without looking at what is around. Each function
 * gets the text and a place in it, and answers where the construct ends, or -1.
 */

/** Closers that were looked for and not found, so that a text full of openers is read in linear time. */
export class Closers {
  readonly #missing = new Map<string, number>()
  #mathFrom = Number.POSITIVE_INFINITY
  #mathClose = -1

  /** The place of `closer` at or after `from`, or -1. */
  find(text: string, closer: string, from: number): number {
    const missing = this.#missing.get(closer)
    if (missing !== undefined && from >= missing) return -1
    const found = text.indexOf(closer, from)
    if (found < 0) this.#missing.set(closer, from)
    return found
  }

  /** The place of the next sign that may close inline math, or -1. */
  findMathClose(text: string, from: number): number {
    if (from < this.#mathFrom || (this.#mathClose >= 0 && from > this.#mathClose)) {
      MATH_CLOSE.lastIndex = from
      this.#mathFrom = from
      this.#mathClose = MATH_CLOSE.exec(text)?.index ?? -1
    }
    return this.#mathClose
  }

  /** The place of a run of exactly `length` backticks. */
  findBackticks(text: string, length: number, from: number): number {
    const key = `\`${length}`
    const missing = this.#missing.get(key)
    if (missing !== undefined && from >= missing) return -1
    BACKTICKS.lastIndex = from
    for (let run = BACKTICKS.exec(text); run; run = BACKTICKS.exec(text)) {
      if (run[0].length === length) return run.index
    }
    this.#missing.set(key, from)
    return -1
  }
}

const BACKTICKS = /`+/g
// A dollar sign that may close, or a pair, which ends the search.
const MATH_CLOSE = /(?<![\s\\$])\$(?!\$)|\$\$/g

const WIKILINK = /\[\[([^[\]\n]+)\]\]/y

/** `[[target]]`; the target must hold more than spaces. */
export function wikilinkEnd(text: string, at: number): number {
  WIKILINK.lastIndex = at
  const match = WIKILINK.exec(text)
  return match && /\S/.test(match[1] ?? '') ? WIKILINK.lastIndex : -1
}

export const isWikilinkTarget = (target: string): boolean => /^[^[\]\n\r]+$/.test(target) && /\S/.test(target)

const FOOTNOTE = /\[\^[^\s[\]]+\]/y

export function footnoteEnd(text: string, at: number): number {
  FOOTNOTE.lastIndex = at
  return FOOTNOTE.test(text) ? FOOTNOTE.lastIndex : -1
}

/** `$$…$$`, or `$…$` with no space inside the signs and no digit after them, so that prices stay prices. */
export function mathEnd(text: string, at: number, closers: Closers): number {
  if (text[at + 1] === '$') {
    const close = closers.find(text, '$$', at + 2)
    return close > at + 2 ? close + 2 : -1
  }
  if (/^\s?$/.test(text.slice(at + 1, at + 2))) return -1
  const close = closers.findMathClose(text, at + 1)
  if (close < 0 || text[close + 1] === '$' || /\d/.test(text[close + 1] ?? '')) return -1
  return close + 1
}

export function commentEnd(text: string, at: number, closers: Closers): number {
  if (text[at + 1] !== '%') return -1
  const close = closers.find(text, '%%', at + 2)
  return close < 0 ? -1 : close + 2
}

const URI = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/y
const EMAIL =
  /<([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>/y

/** `<https://…>` or `<name@host>`: the text between the brackets and its address; null where it is neither. */
export function angleLink(text: string, at: number): { shown: string; url: string; end: number } | null {
  URI.lastIndex = at
  const uri = URI.exec(text)?.[1]
  if (uri !== undefined) return { shown: uri, url: uri, end: at + uri.length + 2 }
  EMAIL.lastIndex = at
  const email = EMAIL.exec(text)?.[1]
  return email === undefined ? null : { shown: email, url: `mailto:${email}`, end: at + email.length + 2 }
}

const OPEN_TAG =
  /<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>/y
const CLOSE_TAG = /<\/[A-Za-z][A-Za-z0-9-]*\s*>/y

export function htmlEnd(text: string, at: number, closers: Closers): number {
  const next = text[at + 1] ?? ''
  const until = (closer: string, from: number) => {
    const close = closers.find(text, closer, from)
    return close < 0 ? -1 : close + closer.length
  }
  if (next === '/') return sticky(CLOSE_TAG, text, at)
  if (next === '?') return until('?>', at + 2)
  if (next !== '!') return sticky(OPEN_TAG, text, at)
  if (text.startsWith('<!-->', at)) return at + 5
  if (text.startsWith('<!--->', at)) return at + 6
  if (text.startsWith('<!--', at)) return until('-->', at + 4)
  if (text.startsWith('<![CDATA[', at)) return until(']]>', at + 9)
  return /[A-Za-z]/.test(text[at + 2] ?? '') ? until('>', at + 2) : -1
}

function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

export type Destination = { readonly url: string; readonly title: string; readonly end: number }

const SPACES = /[ \t]*\n?[ \t]*/y
const spacesEnd = (text: string, at: number): number => {
  SPACES.lastIndex = at
  SPACES.test(text)
  return SPACES.lastIndex
}
const ANGLE_URL = /<((?:[^<>\n\\]|\\.)*)>/y
const TITLE = /"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|\(((?:[^()\\]|\\[\s\S])*)\)/y

/** What follows the `]` of a link at `at`: `(url "title")`; null where it is no link. The url stays as written. */
export function linkDestination(text: string, at: number): Destination | null {
  if (text[at] !== '(') return null
  let pos = spacesEnd(text, at + 1)
  let url = ''
  if (text[pos] === '<') {
    ANGLE_URL.lastIndex = pos
    const match = ANGLE_URL.exec(text)
    if (!match) return null
    url = match[1] ?? ''
    pos = ANGLE_URL.lastIndex
  } else {
    const end = plainUrlEnd(text, pos)
    if (end < 0) return null
    url = text.slice(pos, end)
    pos = end
  }
  const after = spacesEnd(text, pos)
  let title = ''
  if (after > pos && text[after] !== ')') {
    TITLE.lastIndex = after
    const match = TITLE.exec(text)
    if (!match) return null
    title = unescapeTitle(match[1] ?? match[2] ?? match[3] ?? '')
    pos = spacesEnd(text, TITLE.lastIndex)
  } else pos = after
  return text[pos] === ')' ? { url, title, end: pos + 1 } : null
}

const unescapeTitle = (title: string): string => title.replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/\s*\n\s*/g, ' ')

/** Balanced parentheses, no spaces or control characters; may be empty. -1 where a parenthesis stays open. */
export function plainUrlEnd(text: string, from: number): number {
  let depth = 0
  let pos = from
  for (; pos < text.length; pos += 1) {
    const code = text.charCodeAt(pos)
    if (code <= 32 || code === 127) break
    if (code === 92) pos += text.charCodeAt(pos + 1) > 32 ? 1 : 0
    else if (code === 40) {
      depth += 1
      if (depth > 32) return -1
    } else if (code === 41) {
      if (depth === 0) break
      depth -= 1
    }
  }
  return depth === 0 ? Math.min(pos, text.length) : -1
}

const LABEL = /\[((?:[^[\]\\]|\\.){0,999})\]/y

/** The label of a reference at `at` (`[label]`), normalised; null where there is none. */
export function referenceLabel(text: string, at: number): { label: string; end: number } | null {
  LABEL.lastIndex = at
  const match = LABEL.exec(text)
  return match ? { label: labelKey(match[1] ?? ''), end: LABEL.lastIndex } : null
}

export const labelKey = (label: string): string => label.trim().replace(/\s+/g, ' ').toLowerCase()
