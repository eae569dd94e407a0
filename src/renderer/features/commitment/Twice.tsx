import { useState } from 'react'
import { dayInWords } from '../../../core/base/day-words.ts'
import { capital } from '../../../core/base/in-words.ts'
import { entryDay } from '../../../core/commitment/entry.ts'
import { vaultClient } from '../../platform/clients.ts'
import { ENDINGS, type Ending } from '../../state/review.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { attempt } from '../note-actions/index.ts'
import { AFTER } from './after.ts'
import { Choices } from './Choices.tsx'
import { LineField } from './LineField.tsx'
import { isOwn } from './log-rows.ts'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './opening.css'

/** Two people ended it differently before either saw the other: what they said, and what settles it. */
export function Twice({ commitment, isLive }: { commitment: Commitment; isLive: boolean }) {
  const { id, entries, reading, today, me } = commitment
  const [so, setSo] = useState<Ending | null>(null)
  const [why, setWhy] = useState('')
  const { sign, asks } = useSignature()
  const said = reading.endings.flatMap((each) => entries.find((entry) => entry.id === each) ?? [])
  const types = new Set(said.map(({ type }) => (type === 'opened' ? 'proceed' : type)))
  // going on is always a way to settle it
  const ways = ENDINGS.filter((ending) => ending === 'proceed' || types.has(ending))
  const settle = () => {
    if (!so) return
    const text = why.trim() || WORDS.settled(WORDS.settle[so])
    sign((author) =>
      // A successor that a pivot made is there already: only the log has to say that it pivoted.
      attempt(() => vaultClient().call('appendLog', { id, type: so, text, author })),
    )
  }
  return (
    <section className="page-part cm-twice" aria-labelledby={`twice-${id}`}>
      <h2 id={`twice-${id}`} className="part-head">
        {WORDS.twiceTitle}
      </h2>
      <p>
        {said.map((entry) => {
          const who = isOwn(entry.author, me) ? 'you' : entry.author
          const day = entryDay(entry)
          return (
            <span key={entry.id}>
              {capital(
                WORDS.twiceSaid(who, WORDS.did[entry.type] ?? entry.type, day === '' ? '' : dayInWords(day, today)),
              )}
              .{' '}
            </span>
          )
        })}
        {WORDS.twiceHelp}
      </p>
      {isLive && (
        <>
          <Choices
            label={WORDS.whatFollows}
            value={so}
            onChange={setSo}
            rows={ways.map((ending) => ({
              value: ending,
              glyph: <StatusGlyph status={AFTER[ending]} />,
              name: WORDS.settle[ending],
              says:
                ending === 'pivot' ? WORDS.settlePivot : ending === 'proceed' ? WORDS.settleOn : WORDS.follows[ending],
            }))}
          />
          {so && (
            <LineField
              aria-label={WORDS.settleWhy}
              placeholder={WORDS.settleWhy}
              value={why}
              spellCheck
              onText={setWhy}
              onEnter={settle}
            />
          )}
          {asks}
          <div className="cm-acts">
            <Button look="primary" isDisabled={so === null} onClick={settle}>
              {so ? WORDS.settleIt(WORDS.settle[so]) : WORDS.settleFirst}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
