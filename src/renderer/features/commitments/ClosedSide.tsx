import { longDay, span } from '../../../core/base/day-words.ts'
import type { Commitment, Ledger } from '../../platform/ledger.ts'
import { plainInline } from '../../ui/plain-inline.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { openNote } from '../note-actions/index.ts'
import { ClosedChart } from './ClosedChart.tsx'
import { closedYear, ENDINGS } from './closed.ts'
import { WORDS } from './words.ts'

/** Those that stand at the side; all of them are one click away. */
const NEWEST = 6

/** What came of the rest: counts by month without a score, and the last few in words. */
export function ClosedSide({ ledger, isAll, onAll }: { ledger: Ledger; isAll: boolean; onAll: () => void }) {
  const { closed, today } = ledger
  const year = closedYear(closed, today)
  return (
    <aside className="closed-side" aria-labelledby="closed-side-title">
      <h2 className="closed-head" id="closed-side-title">
        {WORDS.closedInYear} <span className="num">{year.total.toLocaleString('en')}</span>
      </h2>
      <p className="closed-note">{closed.length === 0 ? WORDS.noneClosed : WORDS.alsoAnswer}</p>
      {year.total > 0 && (
        <>
          <ClosedChart year={year} />
          <ul className="closed-counts">
            {ENDINGS.map((ending) => (
              <li key={ending}>
                <StatusGlyph status={ending} />
                {WORDS.ended[ending]} <span className="num">{year.counts[ending].toLocaleString('en')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {closed.length > 0 && (
        <>
          <ul className="closed-list">
            {(year.total > 0 ? year.items : closed).slice(0, NEWEST).map((commitment) => (
              <li key={commitment.id}>
                <button
                  type="button"
                  onClick={(event) => openNote(commitment.id, { newTab: event.ctrlKey || event.metaKey })}
                >
                  <StatusGlyph status={commitment.reading.status} />
                  <span className="closed-title">{commitment.title}</span>
                  <small className="closed-line">{closedLine(commitment, today)}</small>
                </button>
              </li>
            ))}
          </ul>
          <button type="button" className="text-button closed-all" onClick={onAll}>
            {isAll ? WORDS.lessClosed : WORDS.allClosed(closed.length)}
          </button>
        </>
      )}
    </aside>
  )
}

/** “29 January, dropped after two weeks: “Handovers hurt.””. */
function closedLine({ reading }: Commitment, today: Ledger['today']): string {
  const { closed, opened, status, last } = reading
  const line = WORDS.endedLine(
    closed === '' ? '' : longDay(closed, today),
    status,
    closed === '' || opened === '' ? '' : span(opened, closed),
  )
  const said = last ? plainInline(last.text) : ''
  return said === '' ? line : `${line}: “${said}”`
}
