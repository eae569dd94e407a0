import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { type Looking, look } from '../../state/history.ts'
import { Button } from '../../ui/Button.tsx'
import { useDelayed } from '../../ui/use-delayed.ts'
import { attempt } from '../note-actions/index.ts'
import { leaveVersions, restoring } from './actions.ts'
import type { Past } from './use-history.ts'
import { WORDS } from './words.ts'

/** Sooner, the arc would only flicker. */
const LATE_MS = 300

type HistoryBarProps = {
  id: NoteId
  looking: Looking
  /** What is on the page; null where there is nothing. */
  past: Past | null
  /** When the version was kept: "3 March, 16:20". */
  moment: string
  name: string | null
  /** No pane beside it says how to get back. */
  isAlone: boolean
}

/** Which version this is, what is different about it, and what can be done with it. */
export function HistoryBar({ id, looking, past, moment, name, isAlone }: HistoryBarProps) {
  const isReading = looking.mode === 'read'
  const [isBusy, setBusy] = useState(false)
  const isLate = useDelayed(isBusy, LATE_MS)
  const restore = () => {
    if (isBusy) return
    setBusy(true)
    attempt(async () => {
      try {
        await restoring(id, WORDS.restored(moment), (vault) =>
          vault.call('restoreVersion', { id, version: looking.chosen }),
        )
        leaveVersions(id)
      } finally {
        setBusy(false)
      }
    })
  }
  return (
    <div className="history-bar">
      <p role="status">
        {name !== null && <b>{name}</b>}
        {name === null ? <b>{moment}</b> : <span>{moment}</span>}
        <span>{past?.is === 'read' ? WORDS.asItWas : WORDS.comparedWithNow}</span>
        {past?.is === 'compare' && (
          <span className="history-counts num">
            {WORDS.counts(past.difference.wordsAdded, past.difference.wordsRemoved, past.difference.moved)}
          </span>
        )}
      </p>
      <span className="history-actions">
        {isAlone && (
          <Button look="ghost" onClick={() => leaveVersions(id)}>
            {WORDS.close}
          </Button>
        )}
        <Button look="ghost" onClick={() => look(id, { mode: isReading ? 'compare' : 'read' })}>
          {isReading ? WORDS.compare : WORDS.readIt}
        </Button>
        <Button look="primary" isDisabled={past === null} isBusy={isLate} onClick={restore}>
          {WORDS.restore}
        </Button>
      </span>
    </div>
  )
}
