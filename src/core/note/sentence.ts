const LONGEST = 300
/** Room that is kept before the link where a sentence is too long to be shown whole. */
const BEFORE = 120
const SENTENCE_END = /[.!?…]["'”’)\]]*\s+(?=[\p{Lu}\p{N}"'“‘([#])|\n+/gu

/** The offsets at which sentences start, the first of them 0. */
export function sentenceStarts(text: string): number[] {
  const starts = [0]
  for (const match of text.matchAll(SENTENCE_END)) starts.push(match.index + match[0].length)
  return starts
}

export type Context = { readonly context: string; readonly start: number; readonly end: number }

/** The sentence around `text.slice(from, to)`, at most about 300 characters of it, and where the words lie in it. */
export function sentenceAround(text: string, starts: readonly number[], from: number, to: number): Context {
  let begin = 0
  let finish = text.length
  for (const start of starts) {
    if (start <= from) begin = start
    else if (start >= to) {
      finish = start
      break
    }
  }
  const isLong = finish - begin > LONGEST
  const first = isLong && from - begin > BEFORE ? wordStart(text, from - BEFORE, from) : begin
  const last = isLong ? Math.max(to, Math.min(finish, first + LONGEST)) : finish
  const head = first > begin ? '…' : ''
  const raw = text.slice(first, last)
  const lead = raw.length - raw.trimStart().length
  const context = head + raw.trim().replaceAll('\n', ' ') + (last < finish ? '…' : '')
  const start = from - first - lead + head.length
  return { context, start, end: start + (to - from) }
}

function wordStart(text: string, from: number, limit: number): number {
  const space = text.indexOf(' ', from)
  return space >= 0 && space < limit ? space + 1 : from
}
