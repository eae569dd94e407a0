import type { LogEntry } from './entry.ts'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The entries in the one order in which they are shown and printed (G3): none before one that it saw. Of those
 * that did not see each other, the earlier time, then the smaller id. An id that stands twice counts once (G4).
 */
export function orderLog(entries: readonly LogEntry[]): readonly LogEntry[] {
  const byId = new Map<string, LogEntry>()
  for (const entry of entries) {
    const other = byId.get(entry.id)
    if (!other || goesBefore(entry, other)) byId.set(entry.id, entry)
  }
  const waiting = [...byId.values()].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
  const place = new Map(waiting.map(({ id }, at) => [id, at]))
  const followers: number[][] = waiting.map(() => [])
  const unmet = waiting.map(({ sees }, at) => {
    const others = new Set(sees.flatMap((id) => place.get(id) ?? []))
    for (const other of others) followers[other]?.push(at)
    return others.size
  })
  const ordered: LogEntry[] = []
  const isDone = waiting.map(() => false)
  const ready = new Smallest(unmet.flatMap((count, at) => (count === 0 ? [at] : [])))
  let first = 0
  while (ordered.length < waiting.length) {
    while (isDone[first]) first++
    // What saw itself in a circle was written by nobody in good faith: the first of it goes first.
    const at = ready.take() ?? first
    const entry = waiting[at]
    if (!entry || isDone[at]) continue
    isDone[at] = true
    ordered.push(entry)
    for (const follower of followers[at] ?? []) {
      const left = (unmet[follower] ?? 0) - 1
      unmet[follower] = left
      if (left === 0) ready.add(follower)
    }
  }
  return ordered
}

/** Numbers of which the smallest is taken first (a binary heap). */
class Smallest {
  readonly #heap: number[]

  /** `sorted`: ascending, which is a heap already. */
  constructor(sorted: number[]) {
    this.#heap = sorted
  }

  add(value: number): void {
    const heap = this.#heap
    let at = heap.push(value) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      const above = heap[up] as number
      if (above <= value) break
      heap[at] = above
      at = up
    }
    heap[at] = value
  }

  take(): number | undefined {
    const heap = this.#heap
    const least = heap[0]
    const value = heap.pop()
    if (value === undefined || heap.length === 0) return least
    let at = 0
    for (let down = 1; down < heap.length; down = 2 * at + 1) {
      if ((heap[down + 1] ?? Infinity) < (heap[down] as number)) down++
      const below = heap[down] as number
      if (below >= value) break
      heap[at] = below
      at = down
    }
    heap[at] = value
    return least
  }
}

/** Of one id: the one without text, whatever the text of the other begins with, then the smaller JSON (G4). */
function goesBefore(entry: LogEntry, other: LogEntry): boolean {
  if ((entry.text === '') !== (other.text === '')) return entry.text === ''
  return JSON.stringify(entry) < JSON.stringify(other)
}

/** The ids that a new entry names: those of entries that no other entry saw, by id. */
export function headsOf(entries: readonly LogEntry[]): readonly string[] {
  const seen = new Set(entries.flatMap(({ id, sees }) => sees.filter((other) => other !== id)))
  const heads = [...new Set(entries.map(({ id }) => id))].filter((id) => !seen.has(id)).sort()
  const last = orderLog(entries).at(-1)
  // A circle has no end that nobody saw.
  return heads.length > 0 || !last ? heads : [last.id]
}

/** Which entries of a log each of them saw, directly or through others. */
export type Seen = {
  readonly saw: (id: string, other: string) => boolean
  /** Whether any of some entries saw one. */
  readonly anySaw: (ids: readonly string[]) => (other: string) => boolean
}

/** One bit for each pair: some thousand entries take a few megabytes, and no time. */
export function seenBy(entries: readonly LogEntry[]): Seen {
  const ordered = orderLog(entries)
  const place = new Map(ordered.map(({ id }, at) => [id, at]))
  const size = Math.ceil(ordered.length / 32)
  const all: Uint32Array[] = []
  for (const [at, { sees }] of ordered.entries()) {
    const own = new Uint32Array(size)
    for (const id of sees) {
      const other = place.get(id)
      if (other === undefined) continue
      put(own, other)
      join(own, all[other])
    }
    take(own, at)
    all.push(own)
  }
  const isIn = (bits: Uint32Array | undefined, id: string): boolean => {
    const at = place.get(id)
    return bits !== undefined && at !== undefined && ((bits[at >> 5] ?? 0) & (1 << (at & 31))) !== 0
  }
  const bitsOf = (id: string) => all[place.get(id) ?? -1]
  return {
    saw: (id, other) => isIn(bitsOf(id), other),
    anySaw: (ids) => {
      const union = new Uint32Array(size)
      for (const id of ids) join(union, bitsOf(id))
      return (other) => isIn(union, other)
    },
  }
}

function put(bits: Uint32Array, at: number): void {
  bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31))
}

function take(bits: Uint32Array, at: number): void {
  bits[at >> 5] = (bits[at >> 5] ?? 0) & ~(1 << (at & 31))
}

function join(bits: Uint32Array, other: Uint32Array | undefined): void {
  if (!other) return
  for (let at = 0; at < other.length; at++) bits[at] = (bits[at] ?? 0) | (other[at] ?? 0)
}

/** Those of some entries that no other of them saw. */
export function lastAmong(entries: readonly LogEntry[], seen: Seen): readonly LogEntry[] {
  const answered = seen.anySaw(entries.map(({ id }) => id))
  return entries.filter(({ id }) => !answered(id))
}
