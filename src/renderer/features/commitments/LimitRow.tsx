import { useState } from 'react'
import { noteCameIn, useCameIn } from '../../platform/came-in.ts'
import { appClient } from '../../platform/clients.ts'
import type { Ledger } from '../../platform/ledger.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { Stepper } from '../../ui/Stepper.tsx'
import { attempt } from '../note-actions/index.ts'
import { limitSentences } from './limit-sentences.ts'
import { WORDS } from './words.ts'

/** Where no limit was ever set. */
const USUAL = 3
const MOST = 20
/** More glyphs than that are not counted by looking. */
const MOST_GLYPHS = 12

const setLimit = (inProgressLimit: number | null): void =>
  attempt(() => appClient().call('setSettings', { inProgressLimit }))

/** The places of the limit, what it says, and the one thing to change about it. */
export function LimitRow({ ledger }: { ledger: Ledger }) {
  const { limit, mine } = ledger.limit
  const [isChanging, setChanging] = useState(false)
  const cameIn = useCameIn(ledger)
  const [strong, rest] = limitSentences(ledger, cameIn)
  const taken = Math.min(mine, MOST_GLYPHS)
  const free = limit === null ? 0 : Math.max(Math.min(limit, MOST_GLYPHS) - taken, 0)
  return (
    <div className="limit-row">
      {taken + free > 0 && (
        <span
          className="limit-places"
          {...(limit !== null && { role: 'img', 'aria-label': WORDS.places(mine, limit) })}
        >
          {Array.from({ length: taken }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: places are alike
            <StatusGlyph key={at} status="in progress" size={16} />
          ))}
          {Array.from({ length: free }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: places are alike
            <i key={at} className="limit-free" />
          ))}
        </span>
      )}
      <p role="status">
        <b>{strong}</b> <span className="limit-rest">{rest}</span>
      </p>
      <span className="limit-change">
        {isChanging ? (
          <>
            <Stepper
              value={limit ?? USUAL}
              min={1}
              max={MOST}
              less={WORDS.fewer}
              more={WORDS.more}
              onChange={setLimit}
            />
            {limit !== null && (
              <button
                type="button"
                className="text-button"
                onClick={() => {
                  setLimit(null)
                  setChanging(false)
                }}
              >
                {WORDS.takeAway}
              </button>
            )}
            <button type="button" className="text-button" onClick={() => setChanging(false)}>
              {WORDS.done}
            </button>
          </>
        ) : (
          <>
            {cameIn.length > 0 && (
              <button type="button" className="text-button" onClick={() => noteCameIn(ledger)}>
                {WORDS.noted}
              </button>
            )}
            <button
              type="button"
              className="text-button"
              onClick={() => {
                if (limit === null) setLimit(USUAL)
                setChanging(true)
              }}
            >
              {limit === null ? WORDS.setLimit : WORDS.changeLimit}
            </button>
          </>
        )}
      </span>
    </div>
  )
}
