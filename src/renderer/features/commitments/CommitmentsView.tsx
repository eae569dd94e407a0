import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import { type Commitment, type Ledger, useLedger } from '../../platform/ledger.ts'
import { Button } from '../../ui/Button.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import '../../ui/view.css'
import { attempt, createNote } from '../note-actions/index.ts'
import { ClosedSide } from './ClosedSide.tsx'
import { CommitmentRow } from './CommitmentRow.tsx'
import type { SectionId } from './cells.ts'
import { LimitRow } from './LimitRow.tsx'
import { WORDS } from './words.ts'
import './commitments.css'

/** px */
const ROW = 59
const PAGE_ROWS = 8

type SectionOf = {
  readonly id: SectionId
  readonly title: string
  readonly columns: readonly [string, string]
  readonly items: readonly Commitment[]
}

/** What is tried now, what is thought about, and what came of the rest (DESIGN, c-ledger). */
export function CommitmentsView() {
  const scroller = useRef<HTMLDivElement>(null)
  const ledger = useLedger()
  const [isAll, setAll] = useState(false)
  /** The row that was walked to last; `isWanted` until it has the focus. */
  const [at, setAt] = useState<{ readonly id: string; readonly isWanted: boolean } | null>(null)
  const sections = ledger ? sectionsOf(ledger, isAll) : []
  const order = sections.flatMap(({ items }) => items.map(({ id }) => id as string))
  const stop = at && order.includes(at.id) ? at.id : order[0]

  const goTo = (position: number) => {
    const id = order[Math.min(Math.max(position, 0), order.length - 1)]
    if (id !== undefined) setAt({ id, isWanted: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const isRow = event.target instanceof HTMLElement && event.target.dataset.commitment !== undefined
    if (!isRow || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const from = order.indexOf((event.target as HTMLElement).dataset.commitment ?? '')
    const next = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + PAGE_ROWS,
      PageUp: from - PAGE_ROWS,
      Home: 0,
      End: order.length - 1,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    goTo(next)
  }

  const onAll = () => {
    setAll(!isAll)
    // they come below all others: whoever asked for them is led there
    const [first] = ledger?.closed ?? []
    if (!isAll && first) setAt({ id: first.id, isWanted: true })
  }

  const isEmpty = ledger !== null && ledger.all.length === 0
  return (
    <div className="view commitments" ref={scroller}>
      <div className={isEmpty ? undefined : 'commitments-columns'}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys of the rows in it */}
        <div onKeyDown={onKeyDown}>
          <h1 className="view-title">{WORDS.title}</h1>
          <p className="view-lede">{WORDS.lede}</p>
          {isEmpty && (
            <>
              <p className="view-empty">{WORDS.empty}</p>
              <Button onClick={() => attempt(() => createNote({ kind: 'commitment' }))}>{WORDS.write}</Button>
            </>
          )}
          {ledger && !isEmpty && (
            <>
              <LimitRow ledger={ledger} />
              {sections.map((section) => (
                <Section
                  key={section.id}
                  section={section}
                  ledger={ledger}
                  scroller={scroller}
                  stop={stop}
                  wanted={at?.isWanted ? at.id : null}
                  onFocus={(id) => setAt({ id, isWanted: false })}
                />
              ))}
            </>
          )}
        </div>
        {ledger && !isEmpty && <ClosedSide ledger={ledger} isAll={isAll} onAll={onAll} />}
      </div>
    </div>
  )
}

function sectionsOf(ledger: Ledger, isAll: boolean): readonly SectionOf[] {
  const { columns } = WORDS
  const all: readonly SectionOf[] = [
    { id: 'due', title: WORDS.due, columns: [columns.review, columns.due], items: ledger.due },
    { id: 'inProgress', title: WORDS.inProgress, columns: [columns.review, columns.due], items: ledger.inProgress },
    {
      id: 'considering',
      title: WORDS.considering,
      columns: [columns.restsOn, columns.reach],
      items: ledger.considering,
    },
    {
      id: 'closed',
      title: WORDS.closed,
      columns: [columns.closed, columns.after],
      items: isAll ? ledger.closed : [],
    },
  ]
  return all.filter(({ items }) => items.length > 0)
}

type SectionProps = {
  section: SectionOf
  ledger: Ledger
  scroller: RefObject<HTMLElement | null>
  stop: string | undefined
  wanted: string | null
  onFocus: (id: string) => void
}

function Section({ section: { id, title, columns, items }, ledger, scroller, stop, wanted, onFocus }: SectionProps) {
  const titleId = `commitments-${id}`
  return (
    <section className="view-section" aria-labelledby={titleId}>
      <div className="view-section-head commitments-head">
        <h2 id={titleId}>
          {title} <span className="num">{items.length.toLocaleString('en')}</span>
        </h2>
        {[...columns, WORDS.columns.who].map((column) => (
          <span key={column} aria-hidden="true">
            {column}
          </span>
        ))}
      </div>
      <VirtualList
        items={items}
        estimate={ROW}
        keyOf={(commitment) => commitment.id}
        scroller={scroller}
        label={title}
        revealed={wanted}
      >
        {(commitment) => (
          <CommitmentRow
            commitment={commitment}
            section={id}
            columns={columns}
            today={ledger.today}
            isStop={commitment.id === stop}
            isWanted={commitment.id === wanted}
            onFocus={() => onFocus(commitment.id)}
          />
        )}
      </VirtualList>
    </section>
  )
}
