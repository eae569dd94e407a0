/** `length` units of the old text from `from` stand in the new one from `to`. */
export type Match = { readonly from: number; readonly to: number; readonly length: number }

/** Sizes of what is looked for, from certain to likely: each has to occur once on both sides. */
const GRAMS = [24, 8, 4, 2, 1] as const
/** UTF-16 units of either text. A longer one is compared at its ends only. */
const MAX_UNITS = 200_000

/**
 * Where the parts of `old` went in `next`, whatever order they stand in now. A part is a stretch around
 * something that occurs once in what is left of both texts, so that a repeated word is not taken for another.
 */
export function alignTexts(old: string, next: string): Match[] {
  if (old === '' || next === '') return []
  if (old === next) return [{ from: 0, to: 0, length: old.length }]
  const matches: Match[] = []
  const usedOld = new Uint8Array(old.length)
  const usedNext = new Uint8Array(next.length)
  const add = (match: Match) => {
    matches.push(match)
    usedOld.fill(1, match.from, match.from + match.length)
    usedNext.fill(1, match.to, match.to + match.length)
  }
  const inNext = next.indexOf(old)
  if (inNext >= 0) return [{ from: 0, to: inNext, length: old.length }]
  const inOld = old.indexOf(next)
  if (inOld >= 0) return [{ from: inOld, to: 0, length: next.length }]
  if (old.length > MAX_UNITS || next.length > MAX_UNITS) return commonEnds(old, next)
  for (const size of GRAMS) {
    const places = onlyPlaces(old, usedOld, size)
    const others = onlyPlaces(next, usedNext, size)
    for (const [gram, at] of places) {
      const to = others.get(gram)
      if (at < 0 || to === undefined || to < 0 || usedOld[at] || usedNext[to]) continue
      add(grow(old, next, usedOld, usedNext, at, to))
    }
  }
  return matches
}

/** Every stretch of `size` free units by its one place; -1 where it has several. */
function onlyPlaces(text: string, used: Uint8Array, size: number): Map<string, number> {
  const places = new Map<string, number>()
  let free = 0
  for (let end = 0; end < text.length; end++) {
    free = used[end] ? 0 : free + 1
    if (free < size) continue
    const at = end - size + 1
    const gram = text.slice(at, end + 1)
    places.set(gram, places.has(gram) ? -1 : at)
  }
  return places
}

function grow(old: string, next: string, usedOld: Uint8Array, usedNext: Uint8Array, from: number, to: number): Match {
  const same = (a: number, b: number) =>
    a >= 0 && b >= 0 && a < old.length && b < next.length && !usedOld[a] && !usedNext[b] && old[a] === next[b]
  let start = 0
  while (same(from + start - 1, to + start - 1)) start--
  let end = 0
  while (same(from + end, to + end)) end++
  return { from: from + start, to: to + start, length: end - start }
}

function commonEnds(old: string, next: string): Match[] {
  const shorter = Math.min(old.length, next.length)
  let start = 0
  while (start < shorter && old[start] === next[start]) start++
  let end = 0
  while (end < shorter - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end++
  const matches: Match[] = []
  if (start > 0) matches.push({ from: 0, to: 0, length: start })
  if (end > 0) matches.push({ from: old.length - end, to: next.length - end, length: end })
  return matches
}
