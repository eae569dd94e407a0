import { ChevronDown } from 'lucide-react'
import { useRef, useState } from 'react'
import { vaultClient } from '../../platform/clients.ts'
import { startReview } from '../../state/review.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { attempt } from '../note-actions/index.ts'
import { keepDraft, restOf, textShape, useDraft } from './drafts.ts'
import { LineField } from './LineField.tsx'
import { NO_REVIEW, readReviewDraft } from './review-draft.ts'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { useWaiting } from './waiting.ts'
import { WORDS } from './words.ts'

type Kind = 'saw' | 'evidence' | 'review'
type Towards = 'proceed' | 'pivot' | null

/**
 * What was seen, on the line that comes next. Enter adds it; while a review is due it goes on with the review. What was
 * not sent stays over a restart.
 */
export function LogField({ commitment }: { commitment: Commitment }) {
  const { id, reading, today } = commitment
  const isWaiting = useWaiting(id, today)
  const [text, setText] = useDraft(id, 'log', textShape, '')
  const [chosen, setChosen] = useState<Kind | null>(null)
  const [towards, setTowards] = useState<Towards>(null)
  const { sign, asks } = useSignature()
  const canReview = reading.status === 'in progress'
  const kind: Kind = chosen ?? (reading.review?.isDue && !isWaiting ? 'review' : 'saw')
  const since = reading.review?.since || reading.opened
  const typed = useRef(text)
  typed.current = text
  const isSending = useRef(false)

  const add = () => {
    const said = text.trim()
    // Enter pressed twice is one entry
    if (isSending.current) return
    if (kind === 'review') {
      // what is asked there begins with these words
      if (said !== '') keepDraft(id, 'review', { ...(readReviewDraft(id) ?? NO_REVIEW), text: said })
      setText(null)
      startReview(id)
      return
    }
    if (said === '') return
    sign((author) =>
      attempt(async () => {
        if (isSending.current) return
        isSending.current = true
        try {
          await vaultClient().call('appendLog', {
            id,
            type: kind,
            text: said,
            author,
            ...(towards && { details: { towards } }),
          })
          setText(restOf(typed.current, text))
          setChosen(null)
          setTowards(null)
        } finally {
          isSending.current = false
        }
      }),
    )
  }
  const says = `${WORDS.kinds[kind]}${towards && kind !== 'review' ? ` ${WORDS.towards[towards]}` : ''}`
  const choice = (label: string, isChosen: boolean, run: () => void, detail?: string): MenuEntry => ({
    is: 'choice',
    label,
    isChosen,
    run,
    ...(detail === undefined ? {} : { detail }),
  })
  const entries: MenuEntry[] = [
    choice(WORDS.kinds.saw, kind === 'saw', () => setChosen('saw'), WORDS.kindHelp.saw),
    choice(WORDS.kinds.evidence, kind === 'evidence', () => setChosen('evidence'), WORDS.kindHelp.evidence),
    ...(canReview
      ? [choice(WORDS.kinds.review, kind === 'review', () => setChosen('review'), WORDS.kindHelp.review)]
      : []),
    ...(kind === 'review'
      ? []
      : ([
          { is: 'line' },
          { is: 'label', label: WORDS.countsTowards },
          choice(WORDS.neither, towards === null, () => setTowards(null)),
          choice(WORDS.proceedIf, towards === 'proceed', () => setTowards('proceed')),
          choice(WORDS.pivotIf, towards === 'pivot', () => setTowards('pivot')),
        ] as const)),
  ]
  return (
    <li className="log-now">
      <span className="log-mark" aria-hidden="true">
        <StatusGlyph status={reading.status} />
      </span>
      <span className="log-when">
        <b>{WORDS.today}</b>
        {', '}
        <Menu
          label={WORDS.kindOfEntry(says)}
          entries={entries}
          trigger={
            <button type="button" className="log-kind" aria-label={WORDS.kindOfEntry(says)}>
              {says}
              <Icon of={ChevronDown} size={12} />
            </button>
          }
        />
      </span>
      <div className="log-said">
        <div className="log-field">
          <LineField
            aria-label={WORDS.whatSeen(since, today)}
            placeholder={WORDS.whatSeen(since, today)}
            value={text}
            spellCheck
            onText={(next) => setText(next === '' ? null : next)}
            onEnter={add}
          />
          <span className="log-key" aria-hidden="true">
            {kind === 'review' ? WORDS.toReview : WORDS.toAdd}
          </span>
        </div>
        {reading.review?.isDue && isWaiting && <p className="log-notes">{WORDS.waits}</p>}
        {asks}
      </div>
    </li>
  )
}
