import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { openNote } from '../note-actions/index.ts'
import { Changed } from './Changed.tsx'
import { GroundActs } from './RestsOn.tsx'
import type { Commitment } from './use-commitment.ts'
import { useChangedGround } from './use-ground.ts'
import { WORDS } from './words.ts'
import './ground.css'

/** What a commitment rests on and does not read as it did: the words, then what to do about them. */
export function GroundChanged({ commitment }: { commitment: Commitment }) {
  const changed = useChangedGround(commitment.id)
  return (
    <ul className="cm-ground">
      {changed.map((read) => {
        const { pin, to, state } = read
        const title = to?.title ?? WORDS.gone
        return (
          <li key={pin.id}>
            <KindGlyph kind={to?.kind ?? 'unresolved'} label={to ? WORDS.kindNames[to.kind] : WORDS.notHere} />
            {to ? (
              <button
                type="button"
                className="ground-title"
                onClick={(event) => openNote(to.id, { newTab: event.ctrlKey || event.metaKey })}
              >
                {title}
              </button>
            ) : (
              <span className="ground-title">{title}</span>
            )}
            <div>
              <Changed state={state} />
              <GroundActs commitment={commitment} pin={read} title={title} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}
