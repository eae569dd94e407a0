import type { Kind } from '../../../core/note/note.ts'
import { WORDS } from './words.ts'

/** What there is to a note that another kind reads differently. */
export type KindFacts = {
  readonly kind: Kind
  /** Entries of its log. */
  readonly log: number
  /** How many notes say of it that they illustrate or challenge it, and of how many it says so. */
  readonly evidence: number
  readonly shows: number
}

/** What changes with a note's kind, a sentence each; what does not is said only where somebody could fear it. */
export function consequencesOf({ kind, log, evidence, shows }: KindFacts, to: Kind): readonly string[] {
  if (kind === to) return []
  const said: string[] = []
  if (to === 'commitment') said.push(log > 0 ? WORDS.becomesAgain(log) : WORDS.becomes)
  if (kind === 'commitment') said.push(log > 0 ? WORDS.leavesWithLog : WORDS.leaves)
  if (kind === 'essay' && evidence > 0) said.push(WORDS.keepsEvidence(evidence))
  if (kind === 'example' && shows > 0) said.push(WORDS.keepsShowing(shows))
  return said
}
