import { longDay, nearDay } from '../../../core/base/day-words.ts'
import { useKeptMine } from '../../platform/came-in.ts'
import { type Commitment, useLedger } from '../../platform/ledger.ts'
import { activeNote, openPlace, useTabs } from '../../state/tabs.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { openNote } from '../note-actions/index.ts'
import { nextDay } from './next-day.ts'
import { WORDS } from './words.ts'

/** They are few; where they are not, the Commitments view has the rest. */
const MOST = 12

/** What somebody is trying now, above everything else; left out where there is nothing. */
export function InProgress() {
  const ledger = useLedger()
  useKeptMine(ledger)
  const current = useTabs(activeNote)
  if (!ledger) return null
  const items = [...ledger.due, ...ledger.inProgress].sort(bySoonest)
  if (items.length === 0) return null
  const { limit, mine } = ledger.limit
  const shown = items.length > MOST ? items.slice(0, MOST - 1) : items
  return (
    <section className="nav-section" aria-labelledby="nav-in-progress">
      <div className="nav-head">
        <h2 id="nav-in-progress">{WORDS.inProgress}</h2>
        <span className="nav-head-right num">{limit === null ? items.length : WORDS.ofLimit(mine, limit)}</span>
      </div>
      <ul>
        {shown.map((commitment) => (
          <Row key={commitment.id} commitment={commitment} today={ledger.today} isCurrent={commitment.id === current} />
        ))}
        {items.length > shown.length && (
          <li>
            <button type="button" className="nav-row" onClick={() => openPlace({ at: 'list', kind: 'commitment' })}>
              <span className="nav-glyph" />
              <span className="clip nav-text">{WORDS.moreInProgress(items.length - shown.length)}</span>
            </button>
          </li>
        )}
      </ul>
    </section>
  )
}

function Row({ commitment, today, isCurrent }: { commitment: Commitment; today: string; isCurrent: boolean }) {
  const { id, title, reading } = commitment
  const next = nextDay(commitment)
  const near = next && nearDay(next.day, today)
  const spoken = next && (next.day === today ? 'today' : longDay(next.day, today))
  return (
    <li>
      <button
        type="button"
        className="nav-row"
        aria-label={WORDS.inProgressName(title, next?.is ?? 'due', spoken ?? '')}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
      >
        <span className="nav-glyph">
          <StatusGlyph status={reading.status} />
        </span>
        <span className="clip nav-text authored">{title}</span>
        {near && <span className={near.isNow ? 'nav-count is-due' : 'nav-count'}>{near.text}</span>}
      </button>
    </li>
  )
}

/** Those without any day come last. */
const bySoonest = (a: Commitment, b: Commitment): number => {
  const [one, other] = [nextDay(a)?.day ?? '9', nextDay(b)?.day ?? '9']
  return one < other ? -1 : one > other ? 1 : 0
}
