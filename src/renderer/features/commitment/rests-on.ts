import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { readDirection } from '../../../core/relation/words.ts'

type Out = {
  readonly id: NoteId | null
  readonly target: string
  readonly title: string
  readonly relation: string
  readonly kind: Kind | null
}
type Back = { readonly id: NoteId; readonly title: string; readonly relation: string; readonly kind: Kind }

/** Something that a commitment rests on, or an example that speaks for it or against it. */
export type Ground = {
  /** null: not written yet. */
  readonly id: NoteId | null
  readonly title: string
  readonly kind: Kind | null
  /** What it says of the commitment; null where it only carries it. */
  readonly says: 'illustrates' | 'challenges' | null
  /** The commitment, or the note itself, says that it rests on it: that can be taken back. */
  readonly isCarrying: boolean
  /** It challenges another note of the same ground, and so speaks against what that one carries. */
  readonly challengesGround: boolean
}

export const isAgainst = ({ says, challengesGround }: Ground): boolean => says === 'challenges' || challengesGround

/** The ground of a commitment from its links and those that lead to it, each note once. */
export function groundOf(outlinks: readonly Out[], backlinks: readonly Back[]): Ground[] {
  const rows = new Map<string, Ground>()
  const add = (key: string, row: Omit<Ground, 'challengesGround'>) => {
    const former = rows.get(key)
    rows.set(key, {
      ...row,
      says: former?.says === 'challenges' ? 'challenges' : (row.says ?? former?.says ?? null),
      isCarrying: row.isCarrying || (former?.isCarrying ?? false),
      challengesGround: false,
    })
  }
  for (const { id, target, title, kind, relation } of outlinks) {
    const { word, inverse } = readDirection(relation)
    const says = inverse && (word === 'illustrates' || word === 'challenges') ? word : null
    const isCarrying = word === 'rests_on' && !inverse
    if (says || isCarrying) add(id ?? target.toLowerCase(), { id, title: id ? title : target, kind, says, isCarrying })
  }
  for (const { id, title, kind, relation } of backlinks) {
    const { word, inverse } = readDirection(relation)
    const says = !inverse && (word === 'illustrates' || word === 'challenges') ? word : null
    const isCarrying = word === 'rests_on' && inverse
    if (says || isCarrying) add(id, { id, title, kind, says, isCarrying })
  }
  return againstLast([...rows.values()])
}

/** What speaks against it stands last, as a review asks for it. */
const againstLast = (rows: readonly Ground[]): Ground[] =>
  rows.toSorted((a, b) => Number(isAgainst(a)) - Number(isAgainst(b)))

/** The same, knowing the links of its notes too: as `ledger` of the index counts (I18). `linksOf`: by note. */
export function withChallenges(
  rows: readonly Ground[],
  linksOf: ReadonlyMap<string, readonly Pick<Out, 'id' | 'relation'>[]>,
): Ground[] {
  const ids = new Set(rows.flatMap(({ id }) => (id === null ? [] : [id as string])))
  const challenging = new Set<string>()
  for (const from of ids) {
    for (const { id: to, relation } of linksOf.get(from) ?? []) {
      const { word, inverse } = readDirection(relation)
      if (word !== 'challenges' || to === null || to === from || !ids.has(to)) continue
      challenging.add(inverse ? to : from)
    }
  }
  return againstLast(rows.map((row) => ({ ...row, challengesGround: row.id !== null && challenging.has(row.id) })))
}

/** How many speak for it, and how many against. */
export function forAndAgainst(rows: readonly Ground[]): { for: number; against: number } {
  const against = rows.filter(isAgainst).length
  return { for: rows.length - against, against }
}
