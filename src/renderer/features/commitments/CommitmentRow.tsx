import { useEffect, useId, useRef } from 'react'
import type { Day } from '../../../core/base/calendar-day.ts'
import { distance, longDay } from '../../../core/base/day-words.ts'
import type { Commitment } from '../../platform/ledger.ts'
import { Initials } from '../../ui/Initials.tsx'
import { MenuAtPointer } from '../../ui/Menu.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { attempt, copyLink, copyText, openNote } from '../note-actions/index.ts'
import { type Cell, cellsOf, type SectionId } from './cells.ts'
import { openReview } from './open-review.ts'
import { rowLine } from './row-line.ts'
import { WORDS } from './words.ts'

/** More people than that are a number. */
const MOST_PEOPLE = 2

type RowProps = {
  commitment: Commitment
  section: SectionId
  columns: readonly [string, string]
  today: Day
  /** The one row of the view that Tab stops at. */
  isStop: boolean
  /** The focus was sent here by a key. */
  isWanted: boolean
  onFocus: () => void
}

/** A commitment in a list: its title, two columns, who, and one line of what is going on. */
export function CommitmentRow({ commitment, section, columns, today, isStop, isWanted, onFocus }: RowProps) {
  const { id, title, reading } = commitment
  const button = useRef<HTMLButtonElement>(null)
  const lineId = useId()
  useEffect(() => {
    if (isWanted) button.current?.focus()
  }, [isWanted])
  const [first, second] = cellsOf(section, commitment, today)
  const line = rowLine(commitment, today)
  const isGoing = reading.status === 'in progress'
  return (
    <MenuAtPointer
      label={WORDS.menu}
      entries={[
        { is: 'item', label: WORDS.open, run: () => openNote(id) },
        { is: 'item', label: WORDS.openInTab, run: () => openNote(id, { newTab: true }) },
        { is: 'item', label: WORDS.review, isDisabled: !isGoing, run: () => openReview(id) },
        { is: 'item', label: WORDS.copyLink, run: () => attempt(() => copyLink(id, copyText)) },
      ]}
    >
      <button
        type="button"
        ref={button}
        className="note-item commitment-row"
        data-commitment={id}
        tabIndex={isStop ? 0 : -1}
        aria-label={nameOf(commitment, today)}
        aria-describedby={line === '' ? undefined : lineId}
        onFocus={onFocus}
        onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
        onKeyDown={(event) => {
          const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
          if (!isPlain || event.key.toLowerCase() !== 'r' || !isGoing) return
          event.preventDefault()
          openReview(id)
        }}
      >
        <StatusGlyph status={reading.status} size={14} />
        <span className="note-item-title clip">{title}</span>
        <CellOf cell={first} column={columns[0]} />
        <CellOf cell={second} column={columns[1]} />
        <Who commitment={commitment} />
        <span
          className={reading.twice ? 'note-item-line clip is-twice' : 'note-item-line clip'}
          id={lineId}
          title={line}
        >
          {line}
        </span>
      </button>
    </MenuAtPointer>
  )
}

/** `column`: shown before it where the heads have no room. */
function CellOf({ cell: { text, small, isHot }, column }: { cell: Cell; column: string }) {
  return (
    <span className={isHot ? 'commitment-cell num is-hot' : 'commitment-cell num'} data-column={column}>
      {text}
      {small !== '' && <small>{small}</small>}
    </span>
  )
}

function Who({ commitment: { reading } }: { commitment: Commitment }) {
  const people = reading.people.filter(({ state }) => state !== 'declined')
  const shown = people.length > MOST_PEOPLE ? people.slice(0, MOST_PEOPLE - 1) : people
  return (
    <span className="commitment-who">
      {shown.map(({ name, state }) =>
        name === '' ? (
          <span key="" className="commitment-you">
            {WORDS.you}
          </span>
        ) : (
          <Initials key={name} name={name} isAsked={state === 'invited'} />
        ),
      )}
      {people.length > shown.length && <span className="commitment-you num">+{people.length - shown.length}</span>}
    </span>
  )
}

/** “Pair on every migration, commitment, in progress, review today, due 31 March, Ana, Jonas invited”. */
export function nameOf({ title, facts, reading }: Commitment, today: Day): string {
  const { review, status, people } = reading
  const isOpen = status === 'considering' || status === 'in progress'
  const when = (day: Day) => (day === today ? 'today' : `${longDay(day, today)}, ${distance(day, today)}`)
  return WORDS.rowName(title, status, [
    review ? WORDS.reviewName(when(review.on)) : '',
    isOpen && facts.due !== '' ? WORDS.dueName(when(facts.due)) : '',
    ...people
      .filter(({ name, state }) => name !== '' && state !== 'declined')
      .map(({ name, state }) => (state === 'invited' ? WORDS.invited(name) : name)),
  ])
}
