import { ChevronDown } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { distance, shortDay } from '../../../core/base/day-words.ts'
import { type Cadence, cadenceText } from '../../../core/commitment/cadence.ts'
import type { PropertyValue } from '../../../core/note/note.ts'
import { isDay } from '../../../core/note/property-type.ts'
import { startReview } from '../../state/review.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import { setFact } from './facts.ts'
import type { Commitment } from './use-commitment.ts'
import { letWait } from './waiting.ts'
import { WORDS } from './words.ts'
import './line-field.css'
import './facts.css'

type CellProps = { commitment: Commitment; isLive: boolean }
type StatusActs = { onOpen: () => void; onInvite: () => void }

/** Status, due and review in three cells under the title; each says what can be done with it. */
export function Facts({ commitment, isLive, ...acts }: CellProps & StatusActs) {
  return (
    <fieldset className="cm-facts" aria-label={WORDS.facts} disabled={!isLive}>
      <StatusCell commitment={commitment} {...acts} />
      <DueCell commitment={commitment} />
      <ReviewCell commitment={commitment} />
    </fieldset>
  )
}

function StatusCell({ commitment, onOpen, onInvite }: { commitment: Commitment } & StatusActs) {
  const { id, reading } = commitment
  const said = reading.twice ? WORDS.decidedTwice : WORDS.status[reading.status]
  const end = (so: 'kept' | 'pivot' | 'parked' | 'dropped'): MenuEntry => ({
    is: 'item',
    label: `${WORDS.ends[so]}…`,
    detail: WORDS.follows[so],
    run: () => startReview(id, so),
  })
  const entries: MenuEntry[] =
    reading.status === 'in progress'
      ? [
          { is: 'item', label: WORDS.review, run: () => startReview(id) },
          { is: 'item', label: `${WORDS.invite}…`, run: onInvite },
          { is: 'line' },
          ...(['kept', 'pivot', 'parked', 'dropped'] as const).map(end),
        ]
      : reading.status === 'considering'
        ? [
            { is: 'item', label: WORDS.open, run: onOpen },
            {
              is: 'item',
              label: `${WORDS.dropUntried}…`,
              detail: WORDS.follows.dropped,
              run: () => startReview(id, 'dropped'),
            },
          ]
        : [{ is: 'item', label: WORDS.openAgain, run: onOpen }]
  return (
    <div className="cm-fact">
      <span className="fact-name">{WORDS.statusCell}</span>
      <Menu
        label={WORDS.statusCell}
        entries={entries}
        trigger={
          <button type="button" className="fact-value" aria-label={WORDS.statusMenu(said)}>
            {said}
            <Icon of={ChevronDown} />
          </button>
        }
      />
    </div>
  )
}

function DueCell({ commitment: { note, facts, reading, today } }: { commitment: Commitment }) {
  const { due } = facts
  const set = (value: PropertyValue) => setFact(note, 'due', value)
  const isOver = reading.status === 'kept' || reading.status === 'pivoted' || reading.status === 'dropped'
  const said = due === '' ? WORDS.noDue : shortDay(due, today)
  const far = due === '' || due === today || isOver ? '' : distance(due, today)
  const isHot = due !== '' && !isOver && due <= today && reading.status === 'in progress'
  return (
    <div className="cm-fact">
      <span className="fact-name">{WORDS.due}</span>
      <FactPopover
        name={WORDS.changeDue(far === '' ? said : `${said}, ${far}`)}
        label={WORDS.due}
        value={
          <span className={`num${due === '' ? ' is-none' : ''}${isHot ? ' is-hot' : ''}`}>
            {said}
            {far !== '' && <small>{far}</small>}
          </span>
        }
      >
        {(close) => (
          <>
            <DateField
              day={due}
              onDay={(day) => {
                set(day)
                close()
              }}
            />
            {due !== '' && (
              <Button
                look="ghost"
                onClick={() => {
                  set(null)
                  close()
                }}
              >
                {WORDS.noDue}
              </Button>
            )}
          </>
        )}
      </FactPopover>
    </div>
  )
}

/** While it is typed a date is now and then none, or of the year 2: it is given when it is whole, by Enter or on leaving. */
function DateField({ day, onDay }: { day: string; onDay: (day: string) => void }) {
  const [draft, setDraft] = useState(day)
  const give = () => {
    if (draft !== day && isDay(draft)) onDay(draft)
  }
  return (
    <input
      type="date"
      className="line-field num"
      aria-label={WORDS.dueDate}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={give}
      onKeyDown={(event) => {
        if (event.key === 'Enter') give()
      }}
    />
  )
}

function ReviewCell({ commitment }: { commitment: Commitment }) {
  const { id, note, facts, reading, today } = commitment
  const { review } = reading
  const set = (cadence: Cadence | null) => setFact(note, 'review_every', cadence && cadenceText(cadence))
  const cadence = facts.reviewEvery
  const day = review && shortDay(review.on, today)
  const nth = review ? WORDS.theNth(review.number, review.of) : ''
  const said = review ? `${day}, ${nth}` : cadence ? WORDS.every(cadence) : WORDS.noReview
  return (
    <div className="cm-fact">
      <span className="fact-name">{review && cadence ? WORDS.reviewEvery(cadence) : WORDS.reviewCell}</span>
      <FactPopover
        name={WORDS.changeReview(said)}
        label={WORDS.reviewCell}
        value={
          <span className={`num${review?.isDue ? ' is-hot' : ''}${!review && !cadence ? ' is-none' : ''}`}>
            {review ? day : said}
            {review && <small>{nth}</small>}
          </span>
        }
      >
        {(close) => (
          <>
            {reading.status === 'in progress' && (
              <Button
                look={review?.isDue ? 'primary' : 'secondary'}
                onClick={() => {
                  close()
                  startReview(id)
                }}
              >
                {WORDS.review}
              </Button>
            )}
            {review?.isDue && (
              <Button
                look="ghost"
                onClick={() => {
                  close()
                  letWait(id, today)
                }}
              >
                {WORDS.letWait}
              </Button>
            )}
            <CadenceFields
              cadence={cadence}
              onCadence={(next) => {
                close()
                set(next)
              }}
            />
          </>
        )}
      </FactPopover>
    </div>
  )
}

const USUAL: Cadence = { every: 2, unit: 'week' }

/** Given as a whole: each change of a commitment that is open is an entry of its log. */
function CadenceFields({
  cadence,
  onCadence,
}: {
  cadence: Cadence | null
  onCadence: (cadence: Cadence | null) => void
}) {
  const [{ every, unit }, setDraft] = useState(cadence ?? USUAL)
  const isWhole = Number.isInteger(every) && every > 0 && every < 1000
  return (
    <>
      <form
        className="fact-cadence"
        onSubmit={(event) => {
          event.preventDefault()
          if (isWhole) onCadence({ every, unit })
        }}
      >
        <span aria-hidden="true">{WORDS.cadenceCount}</span>
        <input
          type="number"
          className="line-field num"
          aria-label={WORDS.cadenceCount}
          min={1}
          max={999}
          value={Number.isNaN(every) ? '' : every}
          onChange={({ target }) => setDraft({ every: target.valueAsNumber, unit })}
        />
        <select
          className="line-field"
          aria-label={WORDS.cadenceUnit}
          value={unit}
          onChange={({ target }) => setDraft({ every, unit: target.value as Cadence['unit'] })}
        >
          {Object.entries(WORDS.units).map(([each, text]) => (
            <option key={each} value={each}>
              {text}
            </option>
          ))}
        </select>
        <Button type="submit" isDisabled={!isWhole}>
          {WORDS.setCadence}
        </Button>
      </form>
      {cadence && (
        <Button look="ghost" onClick={() => onCadence(null)}>
          {WORDS.noReviews}
        </Button>
      )}
    </>
  )
}

/** What a cell says, and under it what changes it. */
function FactPopover({
  name,
  label,
  value,
  children,
}: {
  name: string
  label: string
  value: ReactNode
  children: (close: () => void) => ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="fact-value" aria-label={name}>
        {value}
        <Icon of={ChevronDown} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu fact-menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
        >
          {children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
