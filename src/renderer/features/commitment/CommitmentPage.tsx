import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { NoteId } from '../../../core/base/ids.ts'
import { leaveReview, useReviews } from '../../state/review.ts'
import { CommitmentLine, ReviewLine } from './CommitmentLine.tsx'
import { forgetLost } from './drafts.ts'
import { Facts } from './Facts.tsx'
import { Fork } from './Fork.tsx'
import { Log } from './Log.tsx'
import type { FollowFromLog } from './LogText.tsx'
import { Opening } from './Opening.tsx'
import { RestsOn } from './RestsOn.tsx'
import { Review } from './Review.tsx'
import { Twice } from './Twice.tsx'
import type { Commitment } from './use-commitment.ts'
import { Whose } from './Whose.tsx'
import './commitment.css'

/** The commitment whose page asks what gives way for it, and the one that somebody is to be invited to. */
const useAsked = create<{ readonly id: NoteId | null; readonly inviting: NoteId | null }>(() => ({
  id: null,
  inviting: null,
}))
const ask = (id: NoteId | null): void => useAsked.setState({ id })

/** Whether the page of a commitment is its review now. */
export const useIsReviewing = (id: NoteId | null): boolean =>
  useReviews(({ open }) => id !== null && open[id] !== undefined)

/** The line over the title. */
export function CommitmentTop({ commitment, isReviewing }: { commitment: Commitment; isReviewing: boolean }) {
  if (!isReviewing) return <CommitmentLine commitment={commitment} />
  return <ReviewLine commitment={commitment} onBack={() => leaveReview(commitment.id)} />
}

/** Below the title. `commitment` null: its log is still on its way, and its place is kept. */
export function CommitmentHead({ commitment, isLive }: { commitment: Commitment | null; isLive: boolean }) {
  if (!commitment) return <div className="cm-facts" />
  return (
    <Facts
      commitment={commitment}
      isLive={isLive}
      onOpen={() => ask(commitment.id)}
      onInvite={() => useAsked.setState({ inviting: commitment.id })}
    />
  )
}

type BodyProps = { commitment: Commitment; isLive: boolean; isReviewing: boolean; onFollow: FollowFromLog }

/** Below the text of a commitment: all that makes it one. While it is reviewed, the review alone. */
export function CommitmentBody({ commitment, isLive, isReviewing, onFollow }: BodyProps) {
  const { id, facts, reading } = commitment
  const isAsked = useAsked((asked) => asked.id === id)
  const root = useRef<HTMLDivElement>(null)
  const wasReviewing = useRef(isReviewing)
  useEffect(forgetOnce, [])
  useEffect(() => {
    // what was reviewed says what became of it: there one goes on
    if (wasReviewing.current && !isReviewing) {
      root.current?.parentElement?.querySelector<HTMLElement>('.fact-value')?.focus({ preventScroll: true })
    }
    wasReviewing.current = isReviewing
  }, [isReviewing])
  const isOpen = reading.status === 'in progress'
  const isClosed = !isOpen && reading.status !== 'considering'
  const isInviting = useAsked((asked) => asked.inviting === id)
  // later the line over the title says whose it is; an invitation that waits for its answer is still seen
  const asksWhose =
    reading.status === 'considering' ||
    (isOpen && (isInviting || reading.people.some(({ state }) => state === 'invited')))
  return (
    <div className="commitment" ref={root}>
      {isReviewing && isLive ? (
        <Review key={id} commitment={commitment} />
      ) : (
        <>
          {reading.twice && <Twice commitment={commitment} isLive={isLive} />}
          {(!isClosed || facts.proceedIf !== '' || facts.pivotIf !== '') && (
            <Fork commitment={commitment} isLive={isLive} onFollow={onFollow} />
          )}
          <RestsOn commitment={commitment} isLive={isLive} />
          {asksWhose && <Whose commitment={commitment} isLive={isLive} isInviting={isInviting} />}
          {(reading.status === 'considering' || (isAsked && !isOpen)) && (
            <Opening
              key={id}
              commitment={commitment}
              isLive={isLive}
              isAsked={isAsked}
              onAsk={() => ask(id)}
              onLeave={() => ask(null)}
            />
          )}
          <Log key={`log-${id}`} commitment={commitment} isLive={isLive} onFollow={onFollow} />
        </>
      )}
    </div>
  )
}

let hasForgotten = false

function forgetOnce(): void {
  if (hasForgotten) return
  hasForgotten = true
  // a vault that is just being opened is asked at the next start
  forgetLost().catch(() => {})
}
