import type { MarkRange } from './emphasis.ts'
import type { Step } from './nesting.ts'

/** Nobody nests marks deeper; what does is kept as source, so that nesting costs no more than this for each inline. */
const DEEPEST = 20

/** Which ranges are open, from piece to piece. */
export class RangeSweep {
  readonly #ranges: readonly MarkRange[]
  #next = 0
  #open: readonly MarkRange[] = []
  /** Those at the inline before. */
  #before: readonly MarkRange[] = []
  /** More were open at once than are told. */
  tooDeep = false

  constructor(ranges: readonly MarkRange[]) {
    // Of two between the same delimiters the later is outside.
    this.#ranges = [...ranges].reverse().sort((a, b) => a.open - b.open || b.close - a.close)
  }

  moves(piece: number): boolean {
    const next = this.#ranges[this.#next]
    const last = this.#open[this.#open.length - 1]
    return (next !== undefined && next.open < piece) || (last !== undefined && last.close <= piece)
  }

  /** The letters of what is open at `piece`. */
  moveTo(piece: number): string {
    const open = this.#open.filter((range) => range.close > piece)
    for (let next = this.#ranges[this.#next]; next && next.open < piece; next = this.#ranges[this.#next]) {
      this.#next += 1
      if (next.close <= piece) continue
      if (open.length < DEEPEST) open.push(next)
      else this.tooDeep = true
    }
    this.#open = open
    return lettersOf(open)
  }

  step(letter: string): Step {
    const before = this.#before
    const kept = this.#open.findIndex((range, at) => range !== before[at])
    this.#before = this.#open
    return { open: lettersOf(this.#open) + letter, kept: kept < 0 ? this.#open.length : kept }
  }
}

const lettersOf = (ranges: readonly MarkRange[]): string => ranges.map(({ letter }) => letter).join('')
