/** Beyond this many comparisons an exact alignment would cost more than it saves. */
const MOST_CELLS = 4_000_000

/**
 * For each of `after`, which of `before` it is, or -1: a longest common subsequence, so that an insertion at the
 * top leaves the rest matched. Common starts and ends cost nothing.
 */
export function align(before: readonly string[], after: readonly string[]): number[] {
  const matched = new Array<number>(after.length).fill(-1)
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) {
    matched[start] = start
    start += 1
  }
  let oldEnd = before.length
  let newEnd = after.length
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd -= 1
    newEnd -= 1
    matched[newEnd] = oldEnd
  }
  const rows = oldEnd - start
  const columns = newEnd - start
  if (rows === 0 || columns === 0) return matched
  if (rows * columns <= MOST_CELLS) alignExactly(before, after, start, rows, columns, matched)
  else alignGreedily(before, after, start, oldEnd, newEnd, matched)
  return matched
}

function alignExactly(
  before: readonly string[],
  after: readonly string[],
  start: number,
  rows: number,
  columns: number,
  matched: number[],
): void {
  const width = columns + 1
  const longest = new Uint32Array((rows + 1) * width)
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const at = row * width + column
      longest[at] =
        before[start + row] === after[start + column]
          ? (longest[at + width + 1] ?? 0) + 1
          : Math.max(longest[at + width] ?? 0, longest[at + 1] ?? 0)
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    const at = row * width + column
    if (before[start + row] === after[start + column]) {
      matched[start + column] = start + row
      row += 1
      column += 1
    } else if ((longest[at + width] ?? 0) >= (longest[at + 1] ?? 0)) row += 1
    else column += 1
  }
}

function alignGreedily(
  before: readonly string[],
  after: readonly string[],
  start: number,
  oldEnd: number,
  newEnd: number,
  matched: number[],
): void {
  const places = new Map<string, number[]>()
  for (let at = oldEnd - 1; at >= start; at -= 1) {
    const key = before[at] ?? ''
    const known = places.get(key)
    if (known) known.push(at)
    else places.set(key, [at])
  }
  let next = start
  for (let at = start; at < newEnd; at += 1) {
    const known = places.get(after[at] ?? '') ?? []
    let place = known.pop()
    while (place !== undefined && place < next) place = known.pop()
    if (place === undefined) continue
    matched[at] = place
    next = place + 1
  }
}

/**
 * Where `exact` has -1, pairs what stands between the same neighbours on both sides and has equal `kinds`: the
 * same block before and after an edit.
 */
export function pairEdited(
  exact: readonly number[],
  beforeKinds: readonly string[],
  afterKinds: readonly string[],
): number[] {
  const paired = [...exact]
  for (let at = 0; at < paired.length; ) {
    if (exact[at] !== -1) {
      at += 1
      continue
    }
    let end = at
    while (end < exact.length && exact[end] === -1) end += 1
    const oldStart = at === 0 ? 0 : (exact[at - 1] ?? -1) + 1
    const oldEnd = end < exact.length ? (exact[end] ?? 0) : beforeKinds.length
    const inner = align(beforeKinds.slice(oldStart, oldEnd), afterKinds.slice(at, end))
    for (const [offset, match] of inner.entries()) if (match >= 0) paired[at + offset] = oldStart + match
    at = end
  }
  return paired
}
