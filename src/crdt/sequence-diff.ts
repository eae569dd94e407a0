import type { Array as YArray } from 'yjs'

/** Remove `removed` items at `at` of the old sequence, and put `next.slice(from, to)` of the new in their place. */
export type Splice = { readonly at: number; readonly removed: number; readonly from: number; readonly to: number }

/** Cells of the table below; above it the whole middle is one replacement. */
const MAX_CELLS = 1_000_000

/**
 * The splices, from the end to the start, that turn `a` into `b` with as many items kept as possible
 * (longest common subsequence over what remains between the common ends). Applied in the order given,
 * each `at` is right.
 */
export function diffSequences<A, B>(
  a: readonly A[],
  b: readonly B[],
  same: (left: A, right: B) => boolean,
): readonly Splice[] {
  let start = 0
  while (start < a.length && start < b.length && same(a[start] as A, b[start] as B)) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && same(a[endA - 1] as A, b[endB - 1] as B)) {
    endA--
    endB--
  }
  const rows = endA - start
  const columns = endB - start
  if (rows === 0 && columns === 0) return []
  if (rows === 0 || columns === 0 || rows * columns > MAX_CELLS) {
    return [{ at: start, removed: rows, from: start, to: endB }]
  }

  // lengths[i][j]: items in common of a[start+i..] and b[start+j..].
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const equal = new Uint8Array(rows * columns)
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const match = same(a[start + i] as A, b[start + j] as B)
      if (match) equal[i * columns + j] = 1
      lengths[i * width + j] = match
        ? (lengths[(i + 1) * width + j + 1] as number) + 1
        : Math.max(lengths[(i + 1) * width + j] as number, lengths[i * width + j + 1] as number)
    }
  }
  const splices: Splice[] = []
  let i = 0
  let j = 0
  while (i < rows || j < columns) {
    if (i < rows && j < columns && equal[i * columns + j] === 1) {
      i++
      j++
      continue
    }
    const at = i
    const from = j
    while (i < rows || j < columns) {
      if (i < rows && j < columns && equal[i * columns + j] === 1) break
      const down = i < rows ? (lengths[(i + 1) * width + j] as number) : -1
      const right = j < columns ? (lengths[i * width + j + 1] as number) : -1
      if (down >= right) i++
      else j++
    }
    splices.push({ at: start + at, removed: i - at, from: start + from, to: start + j })
  }
  return splices.reverse()
}

/** Makes a Y.Array hold `next`, touching only what differs. In the caller's transaction. */
export function spliceArray(list: YArray<unknown>, next: readonly unknown[]): void {
  for (const { at, removed, from, to } of diffSequences(list.toArray(), next, (left, right) => left === right)) {
    if (removed > 0) list.delete(at, removed)
    if (to > from) list.insert(at, next.slice(from, to))
  }
}
