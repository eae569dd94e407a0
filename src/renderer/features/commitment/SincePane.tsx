import { PanelRight, X } from 'lucide-react'
import type { NoteId } from '../../../core/base/ids.ts'
import { canDock, togglePane, useLayout } from '../../state/layout.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { attempt, openTarget } from '../note-actions/index.ts'
import { GroundChanged } from './GroundChanged.tsx'
import { EntryLabel, EntryMark, EntryText } from './Log.tsx'
import { logRows } from './log-rows.ts'
import { type Commitment, useCommitment } from './use-commitment.ts'
import { useChangedGround } from './use-ground.ts'
import { WORDS } from './words.ts'
import './review.css'

/** Beside a review: what was written since the last one, and what it rests on that changed. */
export function SincePane({ id }: { id: NoteId }) {
  const commitment = useCommitment(id)
  const isDocked = useLayout(({ breadth }) => canDock(breadth, 'context'))
  return (
    <>
      <div className="bar">
        <h2 className="ctx-title">{WORDS.sinceLast}</h2>
        <span className="bar-space" />
        <IconButton icon={isDocked ? PanelRight : X} label={WORDS.hidePane} onClick={() => togglePane('context')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll region has to be reached by the keyboard */}
      <section className="ctx-scroll" tabIndex={0} aria-label={WORDS.sinceLast} data-pane-focus>
        {commitment && <Since commitment={commitment} />}
      </section>
    </>
  )
}

function Since({ commitment }: { commitment: Commitment }) {
  const { id, entries, today, me } = commitment
  const changed = useChangedGround(id)
  return (
    <>
      <ol className="cm-log cm-since" aria-label={WORDS.log}>
        {logRows(entries).map((row) => (
          <li key={row.entry.id}>
            <EntryMark entry={row.entry} isGone={row.withdrawn !== null} />
            <EntryLabel row={row} today={today} me={me} long />
            <div className="log-said">
              <EntryText
                row={row}
                onFollow={(target, _link, { newTab }) => attempt(() => openTarget(target, id, { newTab }))}
              />
            </div>
          </li>
        ))}
      </ol>
      {changed.length > 0 && (
        <section className="since-ground" aria-labelledby={`ground-${id}`}>
          <h3 id={`ground-${id}`}>
            {WORDS.ground} <span className="num">{changed.length}</span>
          </h3>
          <GroundChanged commitment={commitment} />
        </section>
      )}
    </>
  )
}
