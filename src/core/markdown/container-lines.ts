import { trim } from './characters.ts'
import type { Span } from './parsed-note.ts'
import type { Piece } from './piece.ts'

/**
 * Lines of a container (quote, callout, footnote) without what makes them its own, and back: the text behind the
 * signs is read and edited as a note's is, and what did not change keeps its line with its own signs (SPEC, M2).
 */
export type InnerLine = {
  /** Offsets of the whole line, its end not included; `content` is where its text begins. */
  readonly from: number
  readonly content: number
  readonly to: number
  /** What the container holds of it. */
  readonly text: string
  /** Without the container's sign: it goes on with the paragraph before it. */
  readonly lazy: boolean
}

const QUOTE_SIGN = /^ {0,3}>[ \t]?/
const FOOTNOTE_INDENT = /^(?: {4}| {0,3}\t)/
/** What a lazy line must not begin with: it could be read as a block of its own where no sign stands before it. */
const SIGN = /^(?:[-+#>`~=|<$%:]|[*_](?:[\s*_]|$)|\d{1,9}[.)]|\[(?!\[))/

/** The lines of a quote that begins at `at`. Null where a line without a sign may not be a paragraph's. */
export function quoteLines(source: string, at: number): InnerLine[] | null {
  return innerLines(source, at, (line) => QUOTE_SIGN.exec(line)?.[0].length ?? -1)
}

/** The same of a footnote; `head` is how long `[^label]:` and the spaces around it are. */
export function footnoteLines(source: string, at: number, head: number): InnerLine[] | null {
  return innerLines(source, at, (line, index) => {
    if (index === 0) return head
    return FOOTNOTE_INDENT.exec(line)?.[0].length ?? (trim(line) === '' ? line.length : -1)
  })
}

/** `signLength`: how much of a line is the container's own; -1 where it has no sign. */
function innerLines(
  source: string,
  at: number,
  signLength: (line: string, index: number) => number,
): InnerLine[] | null {
  const lines: InnerLine[] = []
  let from = at
  for (const [index, line] of source.split('\n').entries()) {
    const sign = signLength(line, index)
    const to = from + line.length
    const text = sign < 0 ? line.replace(/^[ \t]+/, '') : line.slice(sign)
    if (sign < 0 && SIGN.test(text)) return null
    lines.push({ from, content: to - text.length, to, text, lazy: sign < 0 })
    from = to + 1
  }
  return lines
}

export const innerText = (lines: readonly InnerLine[]): string => lines.map(({ text }) => text).join('\n')

/** Tabs reach as far as the next column of four, which a sign before them moves. */
const LEADING = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*/
const FENCE = /^(?:[ \t>]|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))*(`{3,}|~{3,})/

export const hasLeadingTab = (source: string): boolean =>
  source.includes('\t') && source.split('\n').some((line) => LEADING.exec(line)?.[0].includes('\t'))

/** The source with spaces instead of the tabs at the start of its lines. In code a tab behind the sign is text. */
export function expandTabs(source: string): string {
  let fence = ''
  return source
    .split('\n')
    .map((line) => {
      const own = FENCE.exec(line)?.[1] ?? ''
      if (fence !== '') {
        if (own.startsWith(fence)) fence = ''
        return line.replace(/^( {0,3}>)\t/, '$1   ')
      }
      fence = own
      return line.replace(LEADING, (lead) => {
        let out = ''
        for (const char of lead) out += char === '\t' ? ' '.repeat(4 - (out.length % 4)) : char
        return out
      })
    })
    .join('\n')
}

/** Where each inner line begins in the inner text. */
function starts(lines: readonly InnerLine[]): number[] {
  let at = 0
  return lines.map(({ text }) => {
    const start = at
    at += text.length + 1
    return start
  })
}

/** Whether each lazy line is in one of `spans`: places in the inner text that may go on without a sign. */
export function areLazyIn(lines: readonly InnerLine[], spans: readonly Span[]): boolean {
  if (!lines.some(({ lazy }) => lazy)) return true
  const places = starts(lines)
  let next = 0
  return lines.every(({ lazy, text }, index) => {
    if (!lazy || text === '') return true
    const at = places[index] ?? 0
    while ((spans[next]?.to ?? Number.POSITIVE_INFINITY) < at) next += 1
    return (spans[next]?.from ?? Number.POSITIVE_INFINITY) < at
  })
}

type NewLine = { text: string; origin: number }

/** Pieces of the inner text as lines, each with the old line that it still is, or -1. */
function newLines(lines: readonly InnerLine[], pieces: readonly Piece[]): NewLine[] {
  const text = innerText(lines)
  const places = starts(lines)
  const indexAt = new Map(places.map((start, index) => [start, index]))
  const out: NewLine[] = []
  let line = ''
  // The range of the inner text that the line is so far; null where it is more than one range.
  let range: Span | null | undefined
  const add = (part: string, from: number) => {
    line += part
    if (part === '' && (from < 0 || range !== undefined)) return
    const to = from + part.length
    if (from < 0) range = null
    else if (range === undefined || (range && range.from === range.to)) range = { from, to }
    else range = range && range.to === from ? { from: range.from, to } : null
  }
  const end = () => {
    const index = range ? (indexAt.get(range.from) ?? -1) : -1
    out.push({ text: line, origin: index >= 0 && lines[index]?.text.length === line.length ? index : -1 })
    line = ''
    range = undefined
  }
  for (const piece of pieces) {
    let at = typeof piece === 'string' ? -1 : piece.from
    const content = typeof piece === 'string' ? piece : text.slice(piece.from, piece.to)
    for (const [index, part] of content.split('\n').entries()) {
      if (index > 0) end()
      add(part, at)
      if (at >= 0) at += part.length + 1
    }
  }
  end()
  return out
}

/**
 * Pieces of the inner text as pieces of the text around it. A line that is an old one keeps its bytes, a new one
 * takes the sign of its neighbour; `first` is what stands before the first line's text, null for a sign as any other.
 */
export function outerPieces(
  body: string,
  lines: readonly InnerLine[],
  pieces: readonly Piece[],
  sign: string,
  first: string | null,
): Piece[] {
  const out: Piece[] = []
  const hasSign = (index: number): boolean => {
    const line = lines[index]
    return line !== undefined && !line.lazy && line.text !== '' && (first === null || index > 0)
  }
  let own = lines.findIndex((_, index) => hasSign(index))
  let before = -1
  for (const [index, { text, origin }] of newLines(lines, pieces).entries()) {
    const old = lines[origin]
    const isHead = first !== null && (origin === 0 || index === 0)
    const isPlaced = isHead ? index === origin && old && first === body.slice(old.from, old.content) : true
    const isKept = old !== undefined && isPlaced && (!old.lazy || (index > 0 && before === origin - 1))
    const at = isKept ? origin : before + 1
    if (hasSign(at)) own = at
    const neighbour = lines[own]
    const previous = out[out.length - 1]
    if (isKept && before === origin - 1 && typeof previous === 'object') {
      out[out.length - 1] = { from: previous.from, to: old.to }
    } else {
      if (index > 0) out.push('\n')
      if (isKept) out.push({ from: old.from, to: old.to })
      else if (index === 0 && first !== null) out.push(text === '' ? first.trimEnd() : first + text)
      else out.push(signed(neighbour ? body.slice(neighbour.from, neighbour.content) : sign, text))
    }
    before = at
  }
  return out
}

function signed(sign: string, text: string): string {
  if (text === '') return sign.trimEnd()
  return sign + (/[^ \t]$/.test(sign) && /^[ \t]/.test(text) ? ' ' : '') + text
}
