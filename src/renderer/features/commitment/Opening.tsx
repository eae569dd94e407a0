import { useEffect, useRef, useState } from 'react'
import { expectMine } from '../../platform/came-in.ts'
import { vaultClient } from '../../platform/clients.ts'
import type { Commitment as LedgerRow } from '../../platform/ledger.ts'
import { Button } from '../../ui/Button.tsx'
import { attempt } from '../note-actions/index.ts'
import { textShape, useDraft } from './drafts.ts'
import { finishFirst, GiveWayChoices, useGiveWay } from './GiveWay.tsx'
import { LimitField } from './LimitField.tsx'
import { LineField } from './LineField.tsx'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './opening.css'

type OpeningProps = {
  commitment: Commitment
  isLive: boolean
  isAsked: boolean
  onAsk: () => void
  onLeave: () => void
}

/** From considering to in progress. Where that goes over the limit it asks what gives way, and decides nothing itself. */
export function Opening({ commitment, isLive, isAsked, onAsk, onLeave }: OpeningProps) {
  const { id, note, today } = commitment
  const giveWay = useGiveWay(commitment)
  const [text, setText] = useDraft(id, 'open', textShape, '')
  const [isChanging, setChanging] = useState(false)
  const { sign, asks } = useSignature()
  const typed = useRef({ text, why: '' })
  typed.current = { text, why: giveWay?.why ?? '' }
  const isActing = useRef(false)
  const root = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isAsked) root.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [isAsked])
  if (!isLive || !giveWay) return null

  const { mine, limit, isFull, way, toFinish, toPark } = giveWay
  const asksWhat = isFull && isAsked && limit !== null

  /** One at a time: pressed twice, it is opened once. */
  const act = (write: (author: string) => Promise<unknown>) =>
    sign((author) =>
      attempt(async () => {
        if (isActing.current) return
        isActing.current = true
        try {
          expectMine(id)
          await write(author)
          setText(null)
          onLeave()
        } finally {
          isActing.current = false
        }
      }),
    )
  // while the name was asked for, more may have been written
  const open = (over?: number) =>
    act((author) => {
      const said = over === undefined ? { text: typed.current.text.trim() } : { text: typed.current.why.trim(), over }
      return vaultClient().call('openCommitment', { id, author, ...said })
    })
  const park = (row: LedgerRow) =>
    act(async (author) => {
      const vault = vaultClient()
      await vault.call('appendLog', { id: row.id, type: 'parked', text: WORDS.parkedFor(note.title), author })
      await vault.call('openCommitment', { id, text: typed.current.text.trim(), author })
    })
  const go = () => {
    if (!asksWhat) return isFull ? onAsk() : open()
    if (way === 'over') return giveWay.isAnswered && open(limit)
    if (way === 'park') return toPark && park(toPark)
    finishFirst(giveWay)
  }
  const label = !asksWhat
    ? WORDS.open
    : way === 'over'
      ? WORDS.overAndOpen
      : way === 'park'
        ? WORDS.parkThat(toPark?.title ?? '')
        : WORDS.reviewThat(toFinish?.title ?? '')
  const isDisabled = asksWhat && !giveWay.isAnswered

  return (
    <section className="page-part cm-opening" ref={root} aria-labelledby={`open-${id}`}>
      <h2 id={`open-${id}`} className="part-head">
        {asksWhat ? WORDS.thatMakes(mine + 1, limit) : WORDS.openTitle}
        <small>
          {asksWhat ? (
            <button type="button" className="text-button act" onClick={() => setChanging(!isChanging)}>
              {WORDS.changeLimit}
            </button>
          ) : (
            WORDS.inProgress(mine, limit)
          )}
        </small>
      </h2>
      {isChanging && <LimitField onDone={() => setChanging(false)} />}
      {asksWhat && <GiveWayChoices of={giveWay} today={today} onEnter={go} />}
      {!(asksWhat && way !== 'park') && (
        <LineField
          aria-label={WORDS.openText}
          placeholder={WORDS.openText}
          value={text}
          spellCheck
          onText={(next) => setText(next === '' ? null : next)}
          onEnter={go}
        />
      )}
      {asks}
      <div className="cm-acts">
        <Button look="primary" isDisabled={isDisabled} onClick={go}>
          {label}
        </Button>
        {asksWhat && (
          <Button look="ghost" onClick={onLeave}>
            {WORDS.leaveIt}
          </Button>
        )}
        {isDisabled && way === 'over' && <small>{WORDS.sayWhy}</small>}
      </div>
    </section>
  )
}
