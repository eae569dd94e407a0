import type { NoteId } from '../../../core/base/ids.ts'
import {
  type Commitment,
  GroundChanged,
  MightFit,
  Reach,
  useChangedGround,
  useCommitment,
  useMightFit,
} from '../commitment/index.ts'
import { Section } from './Section.tsx'
import { WORDS } from './words.ts'

/** What stands first around a commitment: whom it touches, what changed under it, what might carry it. */
export function CommitmentParts({ id }: { id: NoteId }) {
  const commitment = useCommitment(id)
  return commitment && <Parts commitment={commitment} />
}

function Parts({ commitment }: { commitment: Commitment }) {
  const changed = useChangedGround(commitment.id)
  const fitting = useMightFit(commitment.reading.status === 'considering' ? commitment : null)
  const { facts, reading } = commitment
  // nobody is asked any more whom it touches once it closed
  const isAsked = reading.status === 'considering' || reading.status === 'in progress'
  return (
    <>
      {(isAsked || facts.reach !== '' || facts.blastRadius !== '') && (
        <Section name="reach" title={WORDS.reach}>
          <Reach commitment={commitment} />
        </Section>
      )}
      {changed.length > 0 && (
        <Section name="ground" title={WORDS.ground} count={changed.length}>
          <GroundChanged commitment={commitment} />
        </Section>
      )}
      {fitting && fitting.length > 0 && (
        <Section name="might-fit" title={WORDS.examples} count={fitting.length}>
          <MightFit commitment={commitment} fitting={fitting} />
        </Section>
      )}
    </>
  )
}
