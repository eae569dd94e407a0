import { addressesIn } from './addresses.ts'
import { bareUrlEnd, bareUrlStart, charAt, charBefore, isPunctuation, isSpace } from './characters.ts'
import { labelKey } from './inline-tokens.ts'

/** Where a text stands that is about to be written. */
export type TextPlace = {
  /** At the start of a line, where `-` or `#` would begin a block. Never in a heading. */
  readonly lineStart: boolean
  /** Nothing else stands on the line. */
  readonly wholeLine: boolean
  /** The character before and after on the line, '' where there is none. */
  readonly before: string
  readonly after: string
  /** All that stands before it in its block. */
  readonly written: string
  readonly inLink: boolean
  /** Where `[!` at the start would make a callout, or `[ ]` a task. */
  readonly block: 'paragraph' | 'heading' | 'bullet' | 'task' | 'ordered'
  readonly labels: ReadonlySet<string>
}

/**
 * What gets no backslash: only right where what was written is read back and compared. `addresses`: signs in a bare
 * address up to the next space. `brackets`: these, and brackets, which decide in GFM whether an address behind them is
 * a link.
 */
export type Spared = 'nothing' | 'addresses' | 'brackets' | 'all'

const SIGNS = /[\\`*_~=%$[\]<&!]/g
const REFERENCE = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);/y
const MATH = /\$(?![\s$])[^$]*[^\s\\$]\$(?![\d$])/y

/**
 * Text with a backslash before each sign that would be read as Markdown, and before no other: prose stays
 * readable. What it misses (signs that only together with a neighbouring inline mean something) is found by
 * reading back what was written, see print-inlines.ts.
 */
export function escapeText(text: string, place: TextPlace, spared: Spared = 'nothing'): string {
  const lineStart = (out: string) => (place.lineStart ? escapeLineStart(out, place) : out)
  if (spared === 'all') return lineStart(text)
  const urls = spared === 'nothing' ? bareUrls(text) : addressesIn(text, place.written)
  let out = ''
  let done = 0
  for (const match of text.matchAll(SIGNS)) {
    const at = match.index
    if (urls.some(({ from, to }) => at >= from && at < to)) continue
    if (spared === 'brackets' && match[0] === '[' && !place.inLink) continue
    if (!isSign(text, at, place)) continue
    out += `${text.slice(done, at)}\\`
    done = at
  }
  return lineStart(out + text.slice(done))
}

/**
 * Every sign escaped and, where something else stands beside, the characters at the edges as references: a mark can
 * then start and end anywhere, within a word and beside a space.
 */
export function escapeAll(text: string, place: TextPlace): string {
  const chars = [...text]
  return chars
    .map((char, at) => {
      if (/[!-/:-@[-`{-~]/.test(char)) return `\\${char}`
      const edge = (at === 0 && place.before !== '') || (at === chars.length - 1 && place.after !== '')
      const digitAtStart = at === 0 && place.lineStart && /\d/.test(char)
      return edge || digitAtStart ? `&#${char.codePointAt(0)};` : char
    })
    .join('')
}

function bareUrls(text: string): { from: number; to: number }[] {
  const urls: { from: number; to: number }[] = []
  for (let colon = text.indexOf('://'); colon >= 0; colon = text.indexOf('://', colon + 3)) {
    const from = bareUrlStart(text, colon)
    const to = from < 0 ? -1 : bareUrlEnd(text, from)
    if (to > 0) urls.push({ from, to })
  }
  return urls
}

function isSign(text: string, at: number, place: TextPlace): boolean {
  const char = text[at] ?? ''
  const next = charAt(text, at + 1) || place.after
  const before = charBefore(text, at) || place.before
  switch (char) {
    case '\\':
      return next === '' || isPunctuation(next)
    case '`':
      return true
    case '*':
      return !(isSpace(before) && isSpace(next)) || (at === 0 && place.lineStart)
    case '_':
      return isUnderscoreSign(text, at, place)
    case '~':
    case '=':
      return isPairSign(text, at, char, place)
    case '%':
      return before === '%' || next === '%'
    case '$':
      MATH.lastIndex = at
      return before === '$' || next === '$' || MATH.test(text)
    case '[':
      return isBracketSign(text, at, place)
    case ']':
      return place.inLink
    case '<':
      return /^[A-Za-z/!?]/.test(next) && (at === 0 || place.after !== '' || text.includes('>', at))
    case '&':
      REFERENCE.lastIndex = at
      return REFERENCE.test(text)
    default:
      return next === '[' && (at === text.length - 1 || isBracketSign(text, at + 1, place))
  }
}

/** Inside a word and between spaces an underscore means nothing. */
function isUnderscoreSign(text: string, at: number, place: TextPlace): boolean {
  let from = at
  while (text[from - 1] === '_') from -= 1
  let to = at + 1
  while (text[to] === '_') to += 1
  const before = charBefore(text, from) || place.before
  const after = charAt(text, to) || place.after
  const isWord = (char: string) => !isSpace(char) && !isPunctuation(char)
  return !(isWord(before) && isWord(after)) && !(isSpace(before) && isSpace(after))
}

/** Only a run of exactly two is a sign. Of `==` the first is escaped: what is left is one too few. */
function isPairSign(text: string, at: number, char: string, place: TextPlace): boolean {
  let from = at
  while (text[from - 1] === char) from -= 1
  let to = at + 1
  while (text[to] === char) to += 1
  const touches = (from === 0 && place.before === char) || (to === text.length && place.after === char)
  if (touches) return true
  // One `~` that is left would be a sign to GFM.
  if (to - from !== 2 || (at !== from && char === '=')) return false
  const before = charBefore(text, from) || place.before
  const after = charAt(text, to) || place.after
  return !(isSpace(before) && isSpace(after))
}

function isBracketSign(text: string, at: number, place: TextPlace): boolean {
  const next = text[at + 1] ?? place.after
  const before = text[at - 1] ?? place.before
  if (place.inLink || next === '[' || next === '^' || before === '[') return true
  if (at === 0 && place.lineStart) {
    if (place.block === 'paragraph' && next === '!') return true
    if (place.block === 'bullet' && /^\[[ xX]\](?:\s|$)/.test(text)) return true
  }
  const close = text.indexOf(']', at)
  if (close < 0) return false
  const after = text[close + 1] ?? place.after
  if (after === '(' || (after === ':' && at === 0 && place.lineStart)) return true
  if (place.labels.size === 0) return false
  return after === '[' || place.labels.has(labelKey(text.slice(at + 1, close)))
}

const MARKER = /^(?:[-+](?=[ \t]|$)|#{1,6}(?=[ \t]|$)|>)/
const NUMBER = /^(\d{1,9})([.)])(?=[ \t]|$)/
const UNDERLINE = /^(?:-+|=+|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})[ \t]*$/
const TABLE_LINE = /^:?-+:?[ \t]*(?:\||$)/

/** `text` is escaped already, so that a `*` or `~` at its start has its backslash. */
function escapeLineStart(text: string, { wholeLine, after }: TextPlace): string {
  const alone = wholeLine || after === ''
  if (MARKER.test(text) && (alone || text.length > 1)) return `\\${text}`
  if (alone && UNDERLINE.test(text)) return `\\${text}`
  if (text.startsWith('|')) return `\\${text}`
  if (TABLE_LINE.test(text)) return text.replace(/[-:]/, '\\$&')
  return NUMBER.test(text) ? text.replace(NUMBER, '$1\\$2') : text
}
