import type { Piece, UnitId } from './runs.ts'

type Range = { readonly clock: number; readonly length: number; readonly isOwn: boolean }

/** Ranges of one client; the oldest are forgotten beyond. */
const MAX_RANGES = 2000

/** What somebody removed for good, as far as this replica can tell. */
export class Removals {
  readonly #byClient = new Map<number, Range[]>()

  add({ client, clock, length }: Piece, isOwn: boolean): void {
    const ranges = this.#byClient.get(client) ?? []
    this.#byClient.set(client, ranges)
    const isKnown = ranges.some((range) => range.clock <= clock && clock + length <= range.clock + range.length)
    if (!isKnown) ranges.push({ clock, length, isOwn })
    if (ranges.length > MAX_RANGES) ranges.splice(0, ranges.length - MAX_RANGES)
  }

  has(id: UnitId): boolean {
    return this.#byClient.get(id.client)?.some((range) => covers(range, id.clock)) ?? false
  }

  /** Forgets that this side removed the unit. Answers whether it had, and nobody else. */
  takeOwn({ client, clock }: UnitId): boolean {
    const ranges = this.#byClient.get(client) ?? []
    const found = ranges.filter((range) => covers(range, clock))
    if (found.length === 0 || found.some(({ isOwn }) => !isOwn)) return false
    for (const range of found) {
      const before = { ...range, length: clock - range.clock }
      const after = { ...range, clock: clock + 1, length: range.clock + range.length - clock - 1 }
      ranges.splice(ranges.indexOf(range), 1, ...[before, after].filter(({ length }) => length > 0))
    }
    return true
  }
}

const covers = (range: Range, clock: number): boolean => range.clock <= clock && clock < range.clock + range.length
