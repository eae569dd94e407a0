import { weekday } from '../../../core/base/day-words.ts'
import { isMine } from '../../../core/commitment/ledger.ts'
import { nameKey } from '../../../core/commitment/people.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { KindMenu } from '../kinds/index.ts'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'

/** The line over a commitment's title: whose it is, or since when it is what it is. */
export function CommitmentLine({ commitment }: { commitment: Commitment }) {
  const { note, reading, me, today } = commitment
  const { status } = reading
  const day = status === 'considering' ? note.created.slice(0, 10) : reading.closed
  const names = reading.people
    .filter(({ name, state }) => state === 'accepted' && name !== '' && nameKey(name) !== nameKey(me))
    .map(({ name }) => name)
  const whose = WORDS.whose(names, isMine(reading, me))
  const since = status !== 'in progress' && day !== '' ? WORDS.since(status, day, today) : ''
  return (
    <div className="note-kind">
      <KindMenu note={note} glyph={<StatusGlyph status={status} />} />
      {since !== '' && <span>{since}</span>}
      {whose !== '' && status !== 'considering' && <span>{whose}</span>}
    </div>
  )
}

/** The same while its review is asked for. */
export function ReviewLine({ commitment: { reading, today }, onBack }: { commitment: Commitment; onBack: () => void }) {
  const { review } = reading
  return (
    <div className="note-kind">
      <StatusGlyph status={reading.status} />
      <b>{WORDS.reviewTitle}</b>
      <span>
        {review?.isDue
          ? WORDS.reviewOf(weekday(review.on, today), WORDS.theNth(review.number, review.of), review.missed)
          : WORDS.reviewOf(weekday(today, today), '', 0)}
      </span>
      <button type="button" className="text-button act review-back" onClick={onBack}>
        {WORDS.back}
      </button>
    </div>
  )
}
