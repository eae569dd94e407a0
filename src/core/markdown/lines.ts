/**
 * Line ends. The parser reads text whose lines all end in `\n`; offsets in it lead back to the text as it was, so
 * that a slice of the source comes out with its own line ends (rule M1), mixed ones included.
 */
export type Lines = {
  readonly text: string
  /** What new lines get: the line end that the source mostly has. */
  readonly end: '\n' | '\r\n' | '\r'
  /** The text as it was, for a range of offsets into `text`. */
  slice(from: number, to: number): string
}

export function readLines(source: string): Lines {
  if (!source.includes('\r')) return { text: source, end: '\n', slice: (from, to) => source.slice(from, to) }
  const text = source.replace(/\r\n?/g, '\n')
  const pairs = source.length - text.length
  const feeds = text.split('\n').length - 1
  const lone = source.split('\r').length - 1 - pairs
  const end = pairs * 2 >= feeds && pairs > 0 ? '\r\n' : lone * 2 > feeds ? '\r' : '\n'
  if (lone === 0 && pairs === feeds) {
    return { text, end, slice: (from, to) => text.slice(from, to).replaceAll('\n', '\r\n') }
  }
  const removed = removedReturns(source)
  const at = (offset: number) => offset + countBefore(removed, offset)
  return { text, end, slice: (from, to) => source.slice(at(from), at(to)) }
}

/** For each `\r\n`, the offset in the shortened text that follows it. Ascending. */
function removedReturns(source: string): number[] {
  const removed: number[] = []
  for (let at = source.indexOf('\r\n'); at >= 0; at = source.indexOf('\r\n', at + 2))
    removed.push(at - removed.length + 1)
  return removed
}

function countBefore(sorted: readonly number[], offset: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
