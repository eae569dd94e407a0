/** How many slips a typed word of this many letters may have and still be meant. */
export const allowedTypos = (letters: number): number => (letters < 6 ? 1 : letters < 10 ? 2 : 3)

/**
 * The fewest slips (a letter too many, too few, another one, two swapped) by which `typed` occurs somewhere in
 * `name`; `most + 1` when more. Sellers' variant of the edit distance (1980): the row of an empty beginning is 0
 * everywhere, so the match may start at any letter, and the best end counts.
 */
export function nearestDistance(typed: string, name: string, most: number): number {
  const pattern = [...typed]
  const text = [...name]
  let twoBack: number[] = []
  let previous = pattern.map((_, index) => index)
  previous.push(pattern.length)
  let best = pattern.length
  for (let at = 1; at <= text.length; at++) {
    const row = [0]
    for (let i = 1; i <= pattern.length; i++) {
      const same = pattern[i - 1] === text[at - 1]
      let value = Math.min((previous[i - 1] ?? 0) + (same ? 0 : 1), (previous[i] ?? 0) + 1, (row[i - 1] ?? 0) + 1)
      const swapped = i > 1 && at > 1 && pattern[i - 1] === text[at - 2] && pattern[i - 2] === text[at - 1]
      if (swapped) value = Math.min(value, (twoBack[i - 2] ?? 0) + 1)
      row.push(value)
    }
    best = Math.min(best, row[pattern.length] ?? best)
    twoBack = previous
    previous = row
  }
  return Math.min(best, most + 1)
}
