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
  const sorted = [...byId.values()].sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
  const placeOf = new Map(sorted.map(({ id }, place) => [id, place]))
  const followers: number[][] = sorted.map(() => [])
  const waitsFor = sorted.map(({ sees }, place) => {
    const before = new Set(sees.flatMap((id) => placeOf.get(id) ?? []))
    for (const other of before) followers[other]?.push(place)
    return before.size
  })
  const ready = new Smallest()
  for (const [place, count] of waitsFor.entries()) if (count === 0) ready.add(place)
  const ordered: LogEntry[] = []
  const done = new Set<number>()
  let first = 0
  while (ordered.length < sorted.length) {
    // What saw itself in a circle was written by nobody in good faith: the first of it goes first.
    while (done.has(first)) first += 1
    const place = ready.take() ?? first
    const entry = sorted[place]
    if (!entry || done.has(place)) continue
    done.add(place)
    ordered.push(entry)
    for (const follower of followers[place] ?? []) {
      const left = (waitsFor[follower] ?? 0) - 1
      waitsFor[follower] = left
      if (left === 0 && !done.has(follower)) ready.add(follower)
    }
  }
  return ordered
}

/** Numbers, of which the smallest is taken: a binary heap, since a log from a file may have thousands of entries. */
class Smallest {
  readonly #heap: number[] = []

  add(value: number): void {
    let at = this.#heap.push(value) - 1
    while (at > 0 && this.#get(at) < this.#get((at - 1) >> 1)) at = this.#swap(at, (at - 1) >> 1)
  }

  take(): number | undefined {
    const [first] = this.#heap
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return first
    this.#heap[0] = last
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const child = this.#get(right) < this.#get(left) ? right : left
      if (this.#get(child) >= this.#get(at)) return first
      at = this.#swap(at, child)
    }
  }

  #get(at: number): number {
    return this.#heap[at] ?? Number.POSITIVE_INFINITY
  }

  /** Answers where the first of them is now. */
  #swap(at: number, other: number): number {
    const value = this.#get(at)
    this.#heap[at] = this.#get(other)
    this.#heap[other] = value
    return other
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

/** What each entry saw, directly or through others. Where entries saw each other in a circle, the later the earlier. */
export class Seen {
  readonly #places: ReadonlyMap<string, number>
  /** A bit for every entry: the sets of a log of ten thousand would fill the memory. */
  readonly #rows: readonly Uint32Array[]

  constructor(entries: readonly LogEntry[]) {
    const ordered = orderLog(entries)
    this.#places = new Map(ordered.map(({ id }, place) => [id, place]))
    const rows: Uint32Array[] = []
    for (const [place, { sees }] of ordered.entries()) {
      const row = new Uint32Array((place + 31) >> 5)
      for (const id of sees) {
        const other = this.#places.get(id)
        if (other === undefined || other >= place) continue
        merge(row, rows[other])
        row[other >> 5] = (row[other >> 5] ?? 0) | (1 << (other & 31))
      }
      rows.push(row)
    }
    this.#rows = rows
  }

  has(id: string, other: string): boolean {
    const [place, seen] = [this.#places.get(id), this.#places.get(other)]
    return place !== undefined && seen !== undefined && hasBit(this.#rows[place], seen)
  }

  /** Those of some entries that no other of them saw. */
  lastAmong(entries: readonly LogEntry[]): readonly LogEntry[] {
    const answered = new Uint32Array((this.#rows.length + 31) >> 5)
    const places = entries.map(({ id }) => this.#places.get(id) ?? -1)
    for (const place of places) merge(answered, this.#rows[place])
    return entries.filter((_, at) => !hasBit(answered, places[at] ?? -1))
  }
}

function merge(into: Uint32Array, row: Uint32Array | undefined): void {
  if (row) for (let word = 0; word < row.length; word++) into[word] = (into[word] ?? 0) | (row[word] ?? 0)
}

const hasBit = (row: Uint32Array | undefined, at: number): boolean =>
  at >= 0 && ((row?.[at >> 5] ?? 0) & (1 << (at & 31))) !== 0
