import { ChevronDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { isMine } from '../../../core/commitment/ledger.ts'
import { type Commitment as LedgerRow, useLedger } from '../../platform/ledger.ts'
import { startReview } from '../../state/review.ts'
import { useSession } from '../../state/session.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { openNote } from '../note-actions/index.ts'
import { Choices } from './Choices.tsx'
import { LineField } from './LineField.tsx'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './opening.css'

type Way = 'finish' | 'park' | 'over'

/** What one more in progress asks where it goes over the limit, and what was answered so far. */
export type GiveWay = {
  readonly mine: number
  readonly limit: number | null
  /** One more would go over it. */
  readonly isFull: boolean
  readonly others: readonly LedgerRow[]
  readonly way: Way
  readonly why: string
  readonly toFinish: LedgerRow | null
  readonly toPark: LedgerRow | null
  readonly isAnswered: boolean
  readonly setWay: (way: Way) => void
  readonly setWhy: (why: string) => void
  readonly pick: (way: 'finish' | 'park', id: string) => void
}

/** null while the Commitments are not known. */
export function useGiveWay({ id, me }: Commitment): GiveWay | null {
  const limit = useSession(({ settings }) => settings.inProgressLimit)
  const ledger = useLedger()
  const [why, setWhy] = useState('')
  const [way, setWay] = useState<Way>('finish')
  const [picked, setPicked] = useState<Readonly<Record<'finish' | 'park', string | null>>>({ finish: null, park: null })
  if (!ledger) return null
  const { mine, isFull } = ledger.limit
  const others = [...ledger.due, ...ledger.inProgress].filter((row) => row.id !== id && isMine(row.reading, me))
  const [toFinish, toPark] = picks(others, picked)
  return {
    mine,
    limit,
    isFull: isFull && limit !== null,
    others,
    way,
    why,
    toFinish,
    toPark,
    isAnswered: way === 'over' ? why.trim() !== '' : (way === 'park' ? toPark : toFinish) !== null,
    setWay,
    setWhy,
    pick: (way, id) => setPicked({ ...picked, [way]: id }),
  }
}

/** “Finish one” is its review. */
export function finishFirst({ toFinish }: GiveWay): void {
  if (!toFinish) return
  startReview(toFinish.id)
  openNote(toFinish.id)
}

type GiveWayProps = { of: GiveWay; today: string; onEnter: () => void }

/** Finish one, park one, or go over with a reason. */
export function GiveWayChoices({ of, today, onEnter }: GiveWayProps) {
  const { others, way, why, toFinish, toPark } = of
  return (
    <>
      <Choices<Way>
        label={WORDS.whatThen}
        value={way}
        onChange={of.setWay}
        rows={[
          {
            value: 'finish',
            name: WORDS.finishOne,
            says: (
              <Pick act={WORDS.finishOne} rows={others} picked={toFinish} onPick={(id) => of.pick('finish', id)}>
                {toFinish && sayWhyFinish(toFinish, today)}
              </Pick>
            ),
          },
          {
            value: 'park',
            name: WORDS.parkOne,
            says: (
              <Pick act={WORDS.parkOne} rows={others} picked={toPark} onPick={(id) => of.pick('park', id)}>
                {WORDS.backToConsidering}
              </Pick>
            ),
          },
          { value: 'over', name: WORDS.goOver, says: WORDS.goOverHelp },
        ]}
      />
      {way === 'over' && (
        <LineField
          aria-label={WORDS.goOverWhy}
          placeholder={WORDS.goOverWhy}
          value={why}
          spellCheck
          onText={of.setWhy}
          onEnter={onEnter}
        />
      )}
    </>
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
