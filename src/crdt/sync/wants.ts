import type { Hash32 } from './port.ts'

/**
 * What one peer and this side do not have alike, doc by doc (rules Y8, Y13, Y16). An entry goes when both hashes are
 * equal; counts are kept with it, so that "12 of 40" is exact at any moment and costs nothing to say.
 */
export type Want = {
  readonly id: string
  /** Their hash as last heard; null: they have none of it. */
  theirs: Hash32 | null
  /** When that was heard, counted in things heard: an answer may be older than what overtook it. */
  toldAt: number
  /** Their hash of which everything is in our doc. */
  pulled: Hash32 | null
  /** Our hash of which everything is in their doc, and what theirs was then. */
  got: { readonly at: Hash32; readonly now: Hash32 } | null
  /** A state that is not wanted here, or was put aside: `gone`, the two hashes of a conflict. */
  aside: 'gone' | { readonly mine: Hash32; readonly theirs: Hash32 } | null
  /** What they sent lacked something: ask, whatever the hashes say. */
  lacks: boolean
  needsGet: boolean
  needsGive: boolean
  /** Where it stands among what is to be fetched. */
  rank: number
  updated: number
}

/** The vault doc, what somebody looks at, what was used last, and all others. */
export const RANK = { vault: 0, open: 1, recent: 2, rest: 3 } as const

export type Counts = { readonly left: number; readonly total: number }

export class Wants {
  readonly #wants = new Map<string, Want>()
  readonly #mine: (id: string) => Hash32 | null
  /** What was needed at any time since all was equal last; what is needed now. */
  readonly #everGet = new Set<string>()
  readonly #everGive = new Set<string>()
  #getLeft = 0
  #giveLeft = 0
  #conflicts = 0
  #tells = 0

  constructor(mine: (id: string) => Hash32 | null) {
    this.#mine = mine
  }

  get(id: string): Want | undefined {
    return this.#wants.get(id)
  }

  get size(): number {
    return this.#wants.size
  }

  get conflicts(): number {
    return this.#conflicts
  }

  ids(): Iterable<string> {
    return this.#wants.keys()
  }

  /** Docs that they have something of which is not here, or may have. */
  get toGet(): Counts {
    return { left: this.#getLeft, total: this.#everGet.size }
  }

  /** Docs of which they lack something, or may lack. */
  get toGive(): Counts {
    return { left: this.#giveLeft, total: this.#everGive.size }
  }

  /** The entry of a doc, made where there is none. `theirs` is what it is made with. */
  take(id: string, theirs: Hash32 | null): Want {
    const known = this.#wants.get(id)
    if (known) return known
    const want: Want = {
      id,
      theirs,
      toldAt: ++this.#tells,
      pulled: null,
      got: null,
      aside: null,
      lacks: false,
      needsGet: false,
      needsGive: false,
      rank: RANK.rest,
      updated: 0,
    }
    this.#wants.set(id, want)
    return want
  }

  /** How many things were heard so far. */
  get tells(): number {
    return this.#tells
  }

  tell(want: Want, theirs: Hash32 | null): void {
    want.theirs = theirs
    want.toldAt = ++this.#tells
  }

  /** Call after each change of an entry or of our hash. True: they are the same now, and the entry is gone. */
  weigh(want: Want): boolean {
    const mine = this.#mine(want.id)
    const isEqual = mine === want.theirs && !want.lacks
    const isAside =
      want.aside === 'gone' || (want.aside !== null && want.aside.mine === mine && want.aside.theirs === want.theirs)
    const isConflict = isAside && want.aside !== 'gone' && !isEqual
    if (want.aside !== null && want.aside !== 'gone' && !isConflict) {
      want.aside = null
      this.#conflicts--
    }
    const needsGet = !isEqual && !isAside && (want.lacks || (want.theirs !== null && want.pulled !== want.theirs))
    const needsGive = !isEqual && !isAside && mine !== null && want.got?.at !== mine
    if (needsGet !== want.needsGet) this.#getLeft += needsGet ? 1 : -1
    if (needsGive !== want.needsGive) this.#giveLeft += needsGive ? 1 : -1
    if (needsGet) this.#everGet.add(want.id)
    if (needsGive) this.#everGive.add(want.id)
    want.needsGet = needsGet
    want.needsGive = needsGive
    if (isEqual) this.#wants.delete(want.id)
    return isEqual
  }

  /** Both contents are kept to be looked at: neither is asked for again while both are as they are. */
  putAside(want: Want, mine: Hash32): void {
    if (want.theirs === null || (want.aside !== null && want.aside !== 'gone')) return
    want.aside = { mine, theirs: want.theirs }
    this.#conflicts++
    this.weigh(want)
  }

  /** All is equal: what was counted is over. */
  clear(): void {
    this.#wants.clear()
    this.#everGet.clear()
    this.#everGive.clear()
    this.#getLeft = 0
    this.#giveLeft = 0
    this.#conflicts = 0
  }
}

/** A doc that was asked for. */
export type Pull = {
  readonly id: string
  readonly isWhole: boolean
  /** How many things had been heard by then. */
  readonly askedAt: number
}

/** What to fetch next: by rank, then the newest first, then the id, so that a run with one seed is one run. */
export type Place = { readonly id: string; readonly rank: number; readonly updated: number }

const before = (a: Place, b: Place): boolean =>
  a.rank !== b.rank ? a.rank < b.rank : a.updated !== b.updated ? a.updated > b.updated : a.id < b.id

/** A heap. The same id may be in it several times; whoever takes it looks whether it is still wanted. */
export class PullQueue {
  readonly #heap: Place[] = []

  get size(): number {
    return this.#heap.length
  }

  push(place: Place): void {
    const heap = this.#heap
    let at = heap.length
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up] as Place
      if (!before(place, parent)) break
      heap[at] = parent
      at = up
    }
    heap[at] = place
  }

  pop(): Place | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let at = 0
    for (;;) {
      let down = 2 * at + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && before(heap[down + 1] as Place, heap[down] as Place)) down++
      if (!before(heap[down] as Place, last)) break
      heap[at] = heap[down] as Place
      at = down
    }
    heap[at] = last
    return first
  }
}
