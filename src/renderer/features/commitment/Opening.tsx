import { ChevronDown } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { isMine } from '../../../core/commitment/ledger.ts'
import { expectMine } from '../../platform/came-in.ts'
import { vaultClient } from '../../platform/clients.ts'
import { type Commitment as LedgerRow, useLedger } from '../../platform/ledger.ts'
import { startReview } from '../../state/review.ts'
import { useSession } from '../../state/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { attempt, openNote } from '../note-actions/index.ts'
import { Choices } from './Choices.tsx'
import { textShape, useDraft } from './drafts.ts'
import { LimitField } from './LimitField.tsx'
import { LineField } from './LineField.tsx'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './opening.css'

type Way = 'finish' | 'park' | 'over'
type OpeningProps = {
  commitment: Commitment
  isLive: boolean
  isAsked: boolean
  onAsk: () => void
  onLeave: () => void
}

/** From considering to in progress. Where that goes over the limit it asks what gives way, and decides nothing itself. */
export function Opening({ commitment, isLive, isAsked, onAsk, onLeave }: OpeningProps) {
  const { id, note, me, today } = commitment
  const limit = useSession(({ settings }) => settings.inProgressLimit)
  const ledger = useLedger()
  const [text, setText] = useDraft(id, 'open', textShape, '')
  const [why, setWhy] = useState('')
  const [way, setWay] = useState<Way>('finish')
  const [picked, setPicked] = useState<Readonly<Record<'finish' | 'park', string | null>>>({ finish: null, park: null })
  const [isChanging, setChanging] = useState(false)
  const { sign, asks } = useSignature()
  const typed = useRef({ text, why })
  typed.current = { text, why }
  const isActing = useRef(false)
  const root = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isAsked) root.current?.querySelector<HTMLElement>('input, textarea')?.focus()
  }, [isAsked])
  if (!isLive || !ledger) return null

  const { mine, isFull } = ledger.limit
  const others = [...ledger.due, ...ledger.inProgress].filter((row) => row.id !== id && isMine(row.reading, me))
  const asksWhat = isFull && isAsked && limit !== null
  const [toFinish, toPark] = picks(others, picked)

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
    if (!asksWhat) return isFull && limit !== null ? onAsk() : open()
    if (way === 'over') return why.trim() !== '' && open(limit)
    if (way === 'park') return toPark && park(toPark)
    if (!toFinish) return
    startReview(toFinish.id)
    openNote(toFinish.id)
  }
  const label = !asksWhat
    ? WORDS.open
    : way === 'over'
      ? WORDS.overAndOpen
      : way === 'park'
        ? WORDS.parkThat(toPark?.title ?? '')
        : WORDS.reviewThat(toFinish?.title ?? '')
  const isDisabled = asksWhat && (way === 'over' ? why.trim() === '' : way === 'park' ? !toPark : !toFinish)

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
      {asksWhat && (
        <Choices<Way>
          label={WORDS.whatThen}
          value={way}
          onChange={setWay}
          rows={[
            {
              value: 'finish',
              name: WORDS.finishOne,
              says: (
                <Pick
                  act={WORDS.finishOne}
                  rows={others}
                  picked={toFinish}
                  onPick={(id) => setPicked({ ...picked, finish: id })}
                >
                  {toFinish && sayWhyFinish(toFinish, today)}
                </Pick>
              ),
            },
            {
              value: 'park',
              name: WORDS.parkOne,
              says: (
                <Pick
                  act={WORDS.parkOne}
                  rows={others}
                  picked={toPark}
                  onPick={(id) => setPicked({ ...picked, park: id })}
                >
                  {WORDS.backToConsidering}
                </Pick>
              ),
            },
            { value: 'over', name: WORDS.goOver, says: WORDS.goOverHelp },
          ]}
        />
      )}
      {asksWhat && way === 'over' && (
        <LineField
          aria-label={WORDS.goOverWhy}
          placeholder={WORDS.goOverWhy}
          value={why}
          spellCheck
          onText={setWhy}
          onEnter={go}
        />
      )}
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

/** Which one is offered: the one that was picked, else the readiest to finish, and another to park. */
function picks(others: readonly LedgerRow[], picked: Readonly<Record<'finish' | 'park', string | null>>) {
  const ready = others.toSorted((a, b) => Number(isReady(b)) - Number(isReady(a)))
  const finish = others.find(({ id }) => id === picked.finish) ?? ready[0] ?? null
  const park = others.find(({ id }) => id === picked.park) ?? ready.findLast((row) => row !== finish) ?? finish
  return [finish, park] as const
}

const hasMet = (done: number, wanted: number): boolean => wanted > 0 && done >= wanted
const isReady = ({ facts, reading }: LedgerRow): boolean =>
  hasMet(reading.marks.proceed, facts.proceedMarks) || hasMet(reading.marks.pivot, facts.pivotMarks)

function sayWhyFinish({ facts, reading: { marks, review } }: LedgerRow, today: string): string {
  if (hasMet(marks.proceed, facts.proceedMarks)) return WORDS.metProceed
  if (hasMet(marks.pivot, facts.pivotMarks)) return WORDS.metPivot
  if (review?.isDue) return WORDS.reviewDue
  return review ? WORDS.reviewIs(review.on, today) : WORDS.toItsReview
}

type PickProps = {
  act: string
  rows: readonly LedgerRow[]
  picked: LedgerRow | null
  onPick: (id: string) => void
  children: ReactNode
}

/** The one that is meant, which a menu changes for another. */
function Pick({ act, rows, picked, onPick, children }: PickProps) {
  if (!picked) return WORDS.nothingToFinish
  return (
    <>
      {rows.length > 1 ? (
        <Menu
          label={act}
          entries={rows.map((row) => ({
            is: 'choice',
            label: row.title,
            isChosen: row.id === picked.id,
            run: () => onPick(row.id),
          }))}
          trigger={
            <button type="button" className="cm-pick authored" aria-label={WORDS.whichOne(act, picked.title)}>
              {picked.title}
              <Icon of={ChevronDown} size={12} />
            </button>
          }
        />
      ) : (
        <span className="cm-pick authored">{picked.title}</span>
      )}{' '}
      {children}
    </>
  )
}
