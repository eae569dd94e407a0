import { charAt, charBefore, isPunctuation, isSpace } from './characters.ts'
import { letterOf } from './nesting.ts'

/** A run of `*`, `_`, `~~` or `==` that may open or close a mark. `piece` is its place among the pieces. */
export type Delimiter = {
  readonly char: string
  readonly piece: number
  readonly size: number
  readonly opens: boolean
  readonly closes: boolean
  /** What is not used up yet. */
  left: number
  previous: Delimiter | null
  next: Delimiter | null
}

/**
 * A mark of nesting.ts holds for the pieces between two delimiters, themselves not included. Ranges do not cross; of
 * two between the same delimiters the later is outside.
 */
export type MarkRange = { readonly open: number; readonly close: number; readonly letter: string }

/** Flanking by CommonMark 0.31, 6.2; `~~` and `==` follow the rules of `*`. */
export function readDelimiter(text: string, at: number, size: number, piece: number): Delimiter {
  const char = text[at] ?? ''
  const before = charBefore(text, at)
  const after = charAt(text, at + size)
  const spaceBefore = isSpace(before)
  const spaceAfter = isSpace(after)
  const signBefore = !spaceBefore && isPunctuation(before)
  const signAfter = !spaceAfter && isPunctuation(after)
  const left = !spaceAfter && (!signAfter || spaceBefore || signBefore)
  const right = !spaceBefore && (!signBefore || spaceAfter || signAfter)
  const opens = char === '_' ? left && (!right || signBefore) : left
  const closes = char === '_' ? right && (!left || signAfter) : right
  return { char, piece, size, opens, closes, left: size, previous: null, next: null }
}

/** CommonMark's "process emphasis", over the delimiters after `bottom`. Linear by remembering failed searches. */
export function matchDelimiters(first: Delimiter | null, bottom: Delimiter | null): MarkRange[] {
  const ranges: MarkRange[] = []
  const failed = new Map<string, Delimiter | null>()
  let closer = first
  while (closer) {
    const next: Delimiter | null = closer.next
    if (!closer.closes) {
      closer = next
      continue
    }
    const key: string = `${closer.char}${closer.opens ? 1 : 0}${closer.size % 3}`
    const floor: Delimiter | null = failed.get(key) ?? bottom
    let opener = closer.previous
    while (opener && opener !== bottom && opener !== floor && !matches(opener, closer)) opener = opener.previous
    if (!opener || opener === bottom || opener === floor) {
      failed.set(key, closer.previous)
      if (!closer.opens) unlink(closer)
      closer = next
      continue
    }
    const used = closer.char === '~' || closer.char === '=' ? 2 : opener.left >= 2 && closer.left >= 2 ? 2 : 1
    ranges.push({ open: opener.piece, close: closer.piece, letter: letterOf(closer.char, used) })
    for (let inner = closer.previous; inner && inner !== opener; inner = inner.previous) unlink(inner)
    opener.left -= used
    closer.left -= used
    if (opener.left === 0) unlink(opener)
    if (closer.left === 0) {
      unlink(closer)
      closer = next
    }
  }
  return ranges
}

function matches(opener: Delimiter, closer: Delimiter): boolean {
  if (!opener.opens || opener.char !== closer.char) return false
  if (!opener.closes && !closer.opens) return true
  if (closer.char === '~' || closer.char === '=') return true
  return (opener.size + closer.size) % 3 !== 0 || (opener.size % 3 === 0 && closer.size % 3 === 0)
}

function unlink(delimiter: Delimiter): void {
  if (delimiter.previous) delimiter.previous.next = delimiter.next
  if (delimiter.next) delimiter.next.previous = delimiter.previous
}
