import { MENTIONS, readDirection } from './words.ts'

/** A relation as it is written: `word` may be an inverse one. Ids of notes. */
export type RelationEdge = { readonly from: string; readonly to: string; readonly word: string }

/**
 * Which end leans on the other (SPEC.md, R5): `source` where the note that says it rests on its target, `target` where
 * what is said of a note carries that note. Words that are missing carry nothing.
 */
const LEANS: Readonly<Record<string, 'source' | 'target'>> = {
  rests_on: 'source',
  derived_from: 'source',
  tried_in: 'source',
  illustrates: 'target',
  challenges: 'target',
}

/** Who leans on whom by an edge, and by which relation; null where it carries nothing. */
export function leanOf({
  from,
  to,
  word,
}: RelationEdge): { readonly dependent: string; readonly ground: string; readonly relation: string } | null {
  if (word === MENTIONS || from === to) return null
  const { word: relation, inverse } = readDirection(word)
  const leans = Object.hasOwn(LEANS, relation) ? LEANS[relation] : undefined
  if (!leans) return null
  return (leans === 'source') !== inverse
    ? { dependent: from, ground: to, relation }
    : { dependent: to, ground: from, relation }
}

export type Reached = {
  readonly id: string
  /** 1: leans on the note itself. */
  readonly depth: number
  /** The relation by which it was reached, as the list spells it. */
  readonly relation: string
}

/**
 * Everything that rests on a note, directly or not (R6): breadth first, each note once and with the fewest steps, the
 * note itself never. By depth, then id; of several relations the first by name.
 */
export function blastRadius(id: string, edges: readonly RelationEdge[]): readonly Reached[] {
  const dependents = new Map<string, { id: string; relation: string }[]>()
  for (const edge of edges) {
    const lean = leanOf(edge)
    if (!lean) continue
    const known = dependents.get(lean.ground)
    const dependent = { id: lean.dependent, relation: lean.relation }
    if (known) known.push(dependent)
    else dependents.set(lean.ground, [dependent])
  }
  const reached = new Map<string, Reached>()
  let edge = [id]
  for (let depth = 1; edge.length > 0; depth++) {
    const next = new Map<string, Reached>()
    for (const ground of edge) {
      for (const { id: dependent, relation } of dependents.get(ground) ?? []) {
        if (dependent === id || reached.has(dependent)) continue
        const other = next.get(dependent)
        if (!other || relation < other.relation) next.set(dependent, { id: dependent, depth, relation })
      }
    }
    edge = [...next.keys()].sort()
    for (const dependent of edge) reached.set(dependent, next.get(dependent) as Reached)
  }
  return [...reached.values()]
}
