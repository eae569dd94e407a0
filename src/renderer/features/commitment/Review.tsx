import { useEffect, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { nextReviewAfter } from '../../../core/commitment/acts.ts'
import { expectMine } from '../../platform/came-in.ts'
import { vaultClient } from '../../platform/clients.ts'
import { ENDINGS, type Ending, leaveReview, useReviews } from '../../state/review.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { attempt, openNote } from '../note-actions/index.ts'
import { AFTER } from './after.ts'
import { Choices } from './Choices.tsx'
import { LineField } from './LineField.tsx'
import { ReviewShows } from './ReviewShows.tsx'
import { ReviewTowards } from './ReviewTowards.tsx'
import { lackOf, type ReviewDraft, useReviewDraft } from './review-draft.ts'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { letWait } from './waiting.ts'
import { WORDS } from './words.ts'
import './review.css'

/** The commitment's page while its review is asked for: what was seen, what shows it, what it counts for, and so. */
export function Review({ commitment }: { commitment: Commitment }) {
  const { id, facts, reading, today } = commitment
  const asked = useReviews(({ open }) => open[id]?.so ?? null)
  const [draft, setDraft] = useReviewDraft(id)
  const [isBusy, setBusy] = useState(false)
  const { sign, asks } = useSignature()
  const change = (next: Partial<ReviewDraft>) => setDraft({ ...draft, ...next })
  const seen = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    seen.current?.focus({ preventScroll: true })
    seen.current?.closest('.note-scroll')?.scrollTo(0, 0)
  }, [])
  // what was chosen in the menu is what it was opened for
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the choice that it was opened with
  useEffect(() => {
    if (asked) change({ so: asked })
  }, [asked])

  const { so } = draft
  const lacks = lackOf(draft)
  const next = nextReviewAfter(facts, reading, today)
  const isWaitable = reading.review?.isDue === true
  const isKept = draft.text !== '' || draft.cites.length > 0 || draft.isNone || draft.so !== null
  const leave = () => leaveReview(id)

  const latest = useRef(draft)
  latest.current = draft
  const add = () => {
    if (lacks || isBusy) return
    sign((author) => {
      // the name was asked for meanwhile, and more was written
      const { current: draft } = latest
      const { so } = draft
      if (!so || lackOf(draft)) return
      setBusy(true)
      attempt(() =>
        vaultClient()
          .call('review', {
            id,
            text: draft.text.trim(),
            so,
            cites: draft.isNone ? 'none' : (draft.cites as NoteId[]),
            towards: draft.towards,
            review: isWaitable ? (reading.review?.on ?? '') : '',
            author,
            ...(so === 'pivot' ? { successorTitle: draft.successor.trim() } : {}),
          })
          .then(({ successor }) => {
            setDraft(null)
            leave()
            if (!successor) return
            expectMine(successor.id)
            openNote(successor.id)
          })
          .finally(() => setBusy(false)),
      )
    })
  }
  const since = reading.review?.since || reading.opened
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears what its controls leave over
    <div
      className="cm-review"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        if (!isBusy) leave()
      }}
    >
      <fieldset className="review-fields" aria-label={WORDS.reviewTitle} disabled={isBusy}>
        <section className="cm-step" aria-labelledby={`seen-${id}`}>
          <h2 id={`seen-${id}`} className="part-head">
            {WORDS.whatSeen(since, today)}
            <small>{isKept ? WORDS.keptAsDraft : ''}</small>
          </h2>
          <LineField
            className="review-seen authored"
            aria-labelledby={`seen-${id}`}
            value={draft.text}
            spellCheck
            ref={seen}
            onText={(text) => change({ text })}
          />
        </section>
        <ReviewShows commitment={commitment} draft={draft} onChange={change} />
        <ReviewTowards commitment={commitment} draft={draft} onChange={change} />
        <section className="cm-step" aria-labelledby={`so-${id}`}>
          <h2 id={`so-${id}`} className="part-head">
            {WORDS.so}
          </h2>
          <Choices<Ending>
            label={WORDS.whatFollows}
            value={so}
            onChange={(so) => change({ so })}
            rows={ENDINGS.map((ending) => ({
              value: ending,
              glyph: <StatusGlyph status={AFTER[ending]} />,
              name: WORDS.ends[ending],
              says: ending === 'proceed' ? WORDS.follows.proceed(next, facts.due, today) : WORDS.follows[ending],
            }))}
          />
          {so === 'pivot' && (
            <LineField
              className="authored review-successor"
              aria-label={WORDS.successor}
              placeholder={WORDS.successor}
              value={draft.successor}
              spellCheck
              onText={(successor) => change({ successor })}
            />
          )}
        </section>
      </fieldset>
      {asks}
      <div className="cm-acts review-acts">
        <Button
          look="primary"
          isDisabled={lacks !== null}
          isBusy={isBusy}
          aria-describedby={`adds-${id}`}
          onClick={add}
        >
          {so ? WORDS.addAnd[so] : WORDS.addToLog}
        </Button>
        {isWaitable && (
          <Button
            look="ghost"
            isDisabled={isBusy}
            onClick={() => {
              letWait(id, today)
              leave()
            }}
          >
            {WORDS.letWait}
          </Button>
        )}
        <small id={`adds-${id}`}>{lacks === null ? WORDS.staysOnce : WORDS.lacks[lacks]}</small>
      </div>
    </div>
  )
}
