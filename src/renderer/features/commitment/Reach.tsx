import { useId } from 'react'
import { useIndex } from '../../platform/use-live.ts'
import { DraftField } from '../../ui/DraftField.tsx'
import { useComing } from '../../ui/use-coming.ts'
import { setFact } from './facts.ts'
import { RINGS, ringOf } from './rings.ts'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './reach.css'

const RADII = [14, 34, 56, 78, 98] as const
const LINES = [87, 67, 45, 23, 3] as const

/** Whom a commitment touches: rings filled as far as it reaches, and dashed beyond; in words below. */
export function Reach({ commitment }: { commitment: Commitment }) {
  const { id, note, facts, reading } = commitment
  const name = useId()
  const { data: resting } = useIndex(`resting:${id}`, (index) => index.call('blastRadius', { id, limit: 200 }))
  const [reach, setReach] = useComing(facts.reach)
  const ring = ringOf(reach)
  const direct = resting?.items.filter(({ depth }) => depth === 1).length ?? 0
  const isOpen = reading.status === 'in progress'
  return (
    <div className="cm-reach">
      <div className="reach-drawing">
        <svg viewBox="0 -8 210 110" aria-hidden="true">
          {RADII.map((radius, at) => (
            <path
              key={radius}
              d={`M${100 - radius} 101a${radius} ${radius} 0 0 1 ${radius * 2} 0`}
              className={at === ring ? 'is-reach' : at < ring ? 'is-within' : 'is-beyond'}
            />
          )).toReversed()}
          <path d="M0 101.5h200" className="is-ground" />
          {LINES.map((y, at) => (
            <path key={y} d={`M100 ${y}H208`} className={at === ring ? 'is-line is-here' : 'is-line'} />
          ))}
        </svg>
        <div className="reach-rings" role="radiogroup" aria-label={WORDS.reach}>
          {RINGS.toReversed().map((word, back) => {
            const at = RINGS.length - 1 - back
            return (
              <label key={word} data-chosen={at === ring || undefined}>
                <input
                  type="radio"
                  name={name}
                  checked={at === ring}
                  onChange={() => {
                    setReach(word)
                    setFact(note, 'reach', word)
                  }}
                />
                {WORDS.rings[at]}
              </label>
            )
          })}
        </div>
      </div>
      {ring < 0 && reach !== '' && <p className="reach-other">{reach}</p>}
      <DraftField
        className="reach-words authored"
        aria-label={WORDS.reachWords}
        placeholder={WORDS.reachQuestion}
        value={facts.blastRadius}
        spellCheck
        onCommit={(text) => {
          setFact(note, 'blast_radius', text.replace(/\s+/g, ' '))
          return true
        }}
      />
      {isOpen && direct > 0 && <p className="reach-closes">{WORDS.ifCloses(direct)}</p>}
    </div>
  )
}
