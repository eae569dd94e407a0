/** Lots that come again with the same seed (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number, name: string) {
    this.#state = seed
    for (const char of name) this.#state = Math.imul(this.#state ^ char.charCodeAt(0), 0x9e3779b1)
  }

  /** 0 or more, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  /** `from` or more, below `to`. */
  between(from: number, to: number): number {
    return from + this.next() * (to - from)
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  of<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)]
    if (found === undefined) throw new Error('nothing to draw from')
    return found
  }

  /** As many different ones as there are, at most `count`. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = [...list]
    const drawn: T[] = []
    while (drawn.length < count && left.length > 0) drawn.push(...left.splice(this.below(left.length), 1))
    return drawn
  }
}
