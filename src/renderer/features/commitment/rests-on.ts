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
}

/** The ground of a commitment from its links and those that lead to it, each note once. */
export function groundOf(outlinks: readonly Out[], backlinks: readonly Back[]): Ground[] {
  const rows = new Map<string, Ground>()
  const add = (key: string, row: Ground) => {
    const former = rows.get(key)
    rows.set(key, {
      ...row,
      says: former?.says === 'challenges' ? 'challenges' : (row.says ?? former?.says ?? null),
      isCarrying: row.isCarrying || (former?.isCarrying ?? false),
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
  // what speaks against it stands last, as a review asks for it
  return [...rows.values()].toSorted((a, b) => Number(a.says === 'challenges') - Number(b.says === 'challenges'))
}

/** How many speak for it, and how many against. */
export function forAndAgainst(rows: readonly Ground[]): { for: number; against: number } {
  const against = rows.filter(({ says }) => says === 'challenges').length
  return { for: rows.length - against, against }
}
