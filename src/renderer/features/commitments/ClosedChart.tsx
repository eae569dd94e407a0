import { StatusShape } from '../../ui/StatusGlyph.tsx'
import { type ClosedYear, ENDINGS } from './closed.ts'
import { WORDS } from './words.ts'

/** px of the drawing: a column a month, glyphs one above the other on a line. */
const COLUMN = 21.4
const STEP = 17
const LINE = 74.5
/** More than that in one month is said as a number. */
const TALLEST = 4

const LETTERS = ['J', 'F', 'M', 'A', 'M', 'J', 'J', 'A', 'S', 'O', 'N', 'D']

/** Each closed commitment of the last year as its glyph, by month. */
export function ClosedChart({ year: { months, counts } }: { year: ClosedYear }) {
  return (
    <svg
      className="closed-chart"
      viewBox="0 0 258 92"
      width="258"
      height="92"
      role="img"
      aria-label={WORDS.chart(counts.kept, counts.pivoted, counts.dropped)}
    >
      {months.map(({ month, counts: inMonth }, at) => {
        const glyphs = ENDINGS.flatMap((ending) => Array.from({ length: inMonth[ending] }, () => ending))
        const shown = glyphs.length > TALLEST ? glyphs.slice(0, TALLEST - 1) : glyphs
        const x = 2 + at * COLUMN
        return (
          <g key={month}>
            <title>{WORDS.month(month, inMonth.kept, inMonth.pivoted, inMonth.dropped)}</title>
            {shown.map((ending, up) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: glyphs of one month are alike
              <g key={up} className="closed-glyph" transform={`translate(${x} ${56 - up * STEP}) scale(1.08)`}>
                <StatusShape status={ending} />
              </g>
            ))}
            {glyphs.length > shown.length && (
              <text x={x + 6.5} y={56 - shown.length * STEP + 10} textAnchor="middle">
                +{glyphs.length - shown.length}
              </text>
            )}
            <text x={x + 6.5} y={88} textAnchor="middle">
              {LETTERS[Number(month.slice(5)) - 1]}
            </text>
          </g>
        )
      })}
      <path d={`M0 ${LINE}h258`} className="closed-base" />
    </svg>
  )
}
