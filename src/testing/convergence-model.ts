import type * as Y from 'yjs'
import type { OpKind } from './convergence-ops.ts'
import type { Placed } from './convergence-peers.ts'

/** One step of one peer, with what it could know: `known[p]` updates of peer p had arrived when it was done. */
export type Step = {
  readonly peer: number
  readonly kind: OpKind | 'sync'
  /** Index among the peer's own updates of the first one that this step made. */
  readonly update: number
  readonly known: readonly number[]
  /** State vector of the peer's doc before: items that wait for others in an update are not in it. */
  readonly state: ReadonlyMap<number, number>
  readonly placed: readonly Placed[]
  readonly deletedTypes: ReadonlySet<string>
}

type Fate = {
  /** Steps that took the character from the view of whoever made them, and did not put it back. */
  readonly removals: Step[]
  wasRestored: boolean
  /** Steps in which somebody removed one of the copies of it that they saw. */
  readonly thinnings: Step[]
  /** Marks that somebody put on it, and took off it, as bits. */
  marked: number
  unmarked: number
  /** Every item that holds the character; the first is where it was typed. */
  readonly placements: Placement[]
}

type Placement = { readonly step: Step; readonly id: Y.ID; readonly parents: readonly string[] }

/** What is wrong with a text, and which of its characters met a documented loss. */
export type Verdict = { problems: string[]; lost: string[]; doubled: string[]; resurrected: string[] }

/**
 * The text as unique characters, kept beside the docs and without Yjs or Lexical: each is typed by one peer,
 * and gone when one removed it. At the end each has to be there once or not at all. What the V2 binding cannot
 * merge (facts/path.md) is told apart by seven rules, each of which names two steps of two peers.
 */
export class CharacterModel {
  readonly #fates = new Map<string, Fate>()
  readonly #structural: Step[] = []

  typed(char: string, step: Step): void {
    if (this.#fates.has(char)) throw new Error('the simulation typed a character twice')
    this.#fates.set(char, { removals: [], wasRestored: false, thinnings: [], marked: 0, unmarked: 0, placements: [] })
    this.record(step, char)
  }

  has(char: string): boolean {
    return this.#fates.has(char)
  }

  removed(char: string, step: Step): void {
    this.#fate(char).removals.push(step)
  }

  restored(char: string, peer: number): void {
    const fate = this.#fate(char)
    fate.wasRestored = true
    const last = fate.removals.findLastIndex((step) => step.peer === peer)
    if (last >= 0) fate.removals.splice(last, 1)
  }

  /** A step left fewer copies in a view than there were. */
  thinned(char: string, step: Step): void {
    this.#fate(char).thinnings.push(step)
  }

  /** A step changed the marks of a character that stood there. */
  remarked(char: string, before: number, after: number): void {
    const fate = this.#fate(char)
    fate.marked |= after & ~before
    fate.unmarked |= before & ~after
  }

  /** Characters that lack a mark which somebody put on them and nobody took off; of those that stayed in their text. */
  unmarked(formats: ReadonlyMap<string, number>): string[] {
    return [...formats.keys()].filter((char) => {
      const { marked, unmarked, placements } = this.#fate(char)
      return placements.length === 1 && (marked & ~unmarked & ~(formats.get(char) ?? 0)) !== 0
    })
  }

  /** Notes what a step wrote; `only` limits it to one character. */
  record(step: Step, only?: string): void {
    for (const { char, id, parents } of step.placed) {
      const fate = this.#fates.get(char)
      if (fate && (only === undefined || char === only)) fate.placements.push({ step, id, parents })
    }
    if (only === undefined && step.deletedTypes.size > 0) this.#structural.push(step)
  }

  /** What is wrong with `text`, as sentences, and what the rules excuse. */
  judge(text: string): Verdict {
    const counts = new Map<string, number>()
    for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
    const verdict: Verdict = { problems: [], lost: [], doubled: [], resurrected: [] }
    const { problems } = verdict
    for (const char of counts.keys()) if (!this.#fates.has(char)) problems.push(`nobody typed ${name(char)}`)
    for (const [char, fate] of this.#fates) {
      const count = counts.get(char) ?? 0
      if (count > 1) {
        if (isDoubled(fate)) verdict.doubled.push(char)
        else problems.push(`${name(char)} is there ${count} times`)
      } else if (fate.removals.length === 0 && count === 0) {
        if (fate.wasRestored) continue
        if (this.#isLost(fate) || isThinnedAway(fate)) verdict.lost.push(char)
        else problems.push(`${name(char)} is lost`)
      } else if (fate.removals.length > 0 && !fate.wasRestored && count === 1) {
        if (isResurrected(fate)) verdict.resurrected.push(char)
        else problems.push(`${name(char)} was removed and is there`)
      }
    }
    return verdict
  }

  #fate(char: string): Fate {
    const fate = this.#fates.get(char)
    if (!fate) throw new Error('the simulation met a character that nobody typed')
    return fate
  }

  /**
   * Rule 1, "A merges paragraphs or makes one a list while B types in it": a peer deleted the element that one
   * item of the character stands in, without knowing that item.
   */
  #isLost(fate: Fate): boolean {
    return fate.placements.some((placement) =>
      this.#structural.some(
        (other) => !knowsItem(other, placement) && placement.parents.some((id) => other.deletedTypes.has(id)),
      ),
    )
  }
}

/**
 * Rule 2, "concurrent Enter in one paragraph duplicates its tail": two peers moved it without knowing of each
 * other. The binding itself moves characters too: it joins texts that concurrent deletions left side by side.
 */
function isDoubled(fate: Fate): boolean {
  const moves = fate.placements.slice(1)
  const isPair = (one: Placement, other: Placement) =>
    one.step.peer !== other.step.peer &&
    ((!knowsItem(one.step, other) && !knowsItem(other.step, one)) || areUndos(one, other) || isAnswer(one, other))
  return moves.some((one) => moves.some((other) => isPair(one, other) || isUndoOfMoved(one, other, moves)))
}

/** Rule 4: two peers removed it and both took that back; each undo puts back a copy of its own (Yjs). */
const areUndos = (one: Placement, other: Placement): boolean =>
  one.step.kind === 'history' && other.step.kind === 'history'

/**
 * Rule 7: a peer moved it, another one moved it on, and the first took its own move back: its undo puts the words back
 * where they came from, and leaves what is another's.
 */
const isUndoOfMoved = (undo: Placement, on: Placement, moves: readonly Placement[]): boolean =>
  undo.step.kind === 'history' &&
  undo.step.peer !== on.step.peer &&
  moves.some((move) => move !== undo && move.step.peer === undo.step.peer && knowsItem(on.step, move))

/**
 * Rule 5: what a session writes by itself in answer to an update (texts joined, words put back) it writes while the
 * rest of what was sent to it is still coming; who moves them next may know one copy only.
 */
const isAnswer = (one: Placement, other: Placement): boolean =>
  one.step.kind === 'sync' && !(knowsItem(one.step, other) && knowsItem(other.step, one))

/**
 * Rule 6: everybody who removed it left a copy that they saw. Either rule 2 had doubled it, and two removed a copy
 * each; or one saw two, because a move had come before an earlier one, which took the copy that they had kept.
 */
function isThinnedAway(fate: Fate): boolean {
  if (fate.thinnings.length === 0) return false
  const cameEarly = (step: Step) =>
    fate.placements.some(
      (late) =>
        knowsItem(step, late) &&
        fate.placements.some((early) => early !== late && !knowsItem(step, early) && knowsItem(late.step, early)),
    )
  return isDoubled(fate) || fate.thinnings.some(cameEarly)
}

/** Rule 3, the same with a removal: one peer moved it while another removed it. */
function isResurrected(fate: Fate): boolean {
  return fate.placements
    .slice(1)
    .some((move) => fate.removals.some((removal) => !knowsItem(removal, move) && !knowsStep(move.step, removal)))
}

const knowsItem = (step: Step, { step: { peer }, id }: Placement): boolean =>
  step.peer === peer || (step.state.get(id.client) ?? 0) > id.clock

/** Whether `earlier`, and all that it built on, had arrived at the peer of `step` when it was made. */
const knowsStep = (step: Step, earlier: Step): boolean =>
  step.peer === earlier.peer ||
  ((step.known[earlier.peer] ?? 0) > earlier.update &&
    earlier.known.every((count, peer) => peer === step.peer || (step.known[peer] ?? 0) >= count))

const name = (char: string): string => `U+${char.codePointAt(0)?.toString(16)}`
