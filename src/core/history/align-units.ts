import { align } from '../markdown/align.ts'
import type { Budget } from './compare-words.ts'
import { isWord } from './tokens.ts'
import { isBlank, kindOf, type Unit, unitTokens } from './units.ts'

/** One line of a difference: indexes of units. `moved`: both, elsewhere. */
export type Step =
  | { readonly change: 'same' | 'rewritten' | 'moved'; readonly before: number; readonly after: number }
  | { readonly change: 'added'; readonly before: null; readonly after: number }
  | { readonly change: 'removed'; readonly before: number; readonly after: null }

/** Passages with fewer words in common than this share of the longer one are no rewriting of each other. */
const ALIKE = 0.3
/** Cells that one comparison of two sets of words is taken for. */
const PAIR_COST = 40

/**
 * How the units of a note became those of another state of it, in the order of the newer state; what was removed
 * stands where it was. Equal passages first, wherever they went (H2); then those that are alike between the same
 * neighbours.
 */
export function alignUnits(before: readonly Unit[], after: readonly Unit[], budget: Budget): Step[] {
  const [oldKeys, newKeys] = shortKeys(before, after)
  const partners = align(oldKeys, newKeys)
  const taken = new Set(partners)
  const moved = findMoved(before, after, partners, taken, oldKeys, newKeys)
  const gone = new Set(moved.values())
  const steps: Step[] = []
  let old = 0
  let from = 0
  const gap = (oldEnd: number, end: number) => {
    const left: number[] = []
    for (let at = old; at < oldEnd; at++) if (!gone.has(at)) left.push(at)
    const right: number[] = []
    for (let at = from; at < end; at++) right.push(at)
    if (left.length > 0 || right.length > 0) addGap(before, after, left, right, moved, budget, steps)
  }
  for (const [at, partner] of partners.entries()) {
    if (partner < 0) continue
    gap(partner, at)
    steps.push({ change: 'same', before: partner, after: at })
    old = partner + 1
    from = at + 1
  }
  gap(before.length, after.length)
  return steps
}

/** Small names for long keys: a table compares each of them many times. */
function shortKeys(before: readonly Unit[], after: readonly Unit[]): [string[], string[]] {
  const names = new Map<string, string>()
  const name = ({ key }: Unit): string => {
    const known = names.get(key)
    if (known !== undefined) return known
    const next = names.size.toString(36)
    names.set(key, next)
    return next
  }
  return [before.map(name), after.map(name)]
}

/** By place in the newer state. A passage without a word is not worth a move. */
function findMoved(
  before: readonly Unit[],
  after: readonly Unit[],
  partners: readonly number[],
  taken: ReadonlySet<number>,
  oldKeys: readonly string[],
  newKeys: readonly string[],
): Map<number, number> {
  const free = new Map<string, number[]>()
  for (const at of before.keys()) {
    if (taken.has(at)) continue
    const key = oldKeys[at] as string
    const places = free.get(key)
    if (places) places.push(at)
    else free.set(key, [at])
  }
  for (const places of free.values()) places.reverse()
  const moved = new Map<number, number>()
  for (const [at, unit] of after.entries()) {
    if (partners[at] !== -1) continue
    const places = free.get(newKeys[at] as string)
    if (!places || places.length === 0 || !unitTokens(unit).some(isWord)) continue
    moved.set(at, places.pop() as number)
  }
  return moved
}

/** What stands between two passages that stayed. */
function addGap(
  before: readonly Unit[],
  after: readonly Unit[],
  left: readonly number[],
  right: readonly number[],
  moved: ReadonlyMap<number, number>,
  budget: Budget,
  steps: Step[],
): void {
  const open = right.filter((at) => !moved.has(at))
  const pairs = pairAlike(
    left.map((at) => before[at] as Unit),
    open.map((at) => after[at] as Unit),
    budget,
  )
  const partnerOf = new Map<number, number>()
  for (const [i, j] of pairs) partnerOf.set(open[j] as number, left[i] as number)
  let next = 0
  const removeUntil = (end: number) => {
    for (; next < left.length && (left[next] as number) < end; next++) {
      steps.push({ change: 'removed', before: left[next] as number, after: null })
    }
  }
  for (const at of right) {
    const from = moved.get(at)
    const partner = partnerOf.get(at)
    if (partner !== undefined) {
      removeUntil(partner)
      steps.push({ change: 'rewritten', before: partner, after: at })
      next++
    } else if (from !== undefined) steps.push({ change: 'moved', before: from, after: at })
    else steps.push({ change: 'added', before: null, after: at })
  }
  removeUntil(Number.POSITIVE_INFINITY)
}

/** Pairs in order, as many and as like one another as can be; too many to compare: none (H3). */
function pairAlike(left: readonly Unit[], right: readonly Unit[], budget: Budget): [number, number][] {
  const cost = left.length * right.length * PAIR_COST
  if (cost === 0 || cost > budget.cells) return []
  budget.cells -= cost
  const oldWords = left.map(wordsOf)
  const newWords = right.map(wordsOf)
  const width = right.length + 1
  const best = new Float64Array((left.length + 1) * width)
  const score = new Float64Array(left.length * right.length)
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const likeness = alike(left[i] as Unit, right[j] as Unit, oldWords[i] as Words, newWords[j] as Words)
      score[i * right.length + j] = likeness
      const paired = likeness > 0 ? likeness + (best[(i + 1) * width + j + 1] as number) : 0
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j] as number, best[i * width + j + 1] as number)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    const likeness = score[i * right.length + j] as number
    const here = best[i * width + j] as number
    if (likeness > 0 && here === likeness + (best[(i + 1) * width + j + 1] as number)) pairs.push([i++, j++])
    else if (here === (best[(i + 1) * width + j] as number)) i++
    else j++
  }
  return pairs
}

type Words = ReadonlySet<string>
const wordsOf = (unit: Unit): Words =>
  new Set(
    unitTokens(unit)
      .filter(isWord)
      .map(({ text }) => text),
  )

/** 0: not one passage; else up to 1. */
function alike(a: Unit, b: Unit, left: Words, right: Words): number {
  if (kindOf(a) !== kindOf(b) || a.around !== b.around || isBlank(a) !== isBlank(b)) return 0
  const [few, many] = left.size < right.size ? [left, right] : [right, left]
  if (many.size === 0) return 0.5
  let common = 0
  for (const word of few) if (many.has(word)) common++
  const share = common / many.size
  return share >= ALIKE ? share : 0
}
