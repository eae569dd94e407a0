import { useState } from 'react'
import { calendarDay } from '../../../core/base/calendar-day.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { look, NOW } from '../../state/history.ts'
import { dayOf } from '../../ui/dates.ts'
import { attempt } from '../note-actions/index.ts'
import { endOfDay } from './moments.ts'
import { WORDS } from './words.ts'

/** A field that is still being typed in holds the year 2, then 20: no version is asked for then. */
const EARLIEST = new Date(1970, 0, 2).getTime()

/** Chooses what the note was at the end of a day. `first`: when its first version was kept, ms since 1970. */
export function AsItStood({ id, first }: { id: NoteId; first: number }) {
  const [isNone, setNone] = useState(false)
  const now = new Date()
  const choose = (day: string) => {
    setNone(false)
    const at = endOfDay(day)
    if (at === null || at < EARLIEST) return
    if (at >= now.getTime()) return look(id, { chosen: NOW })
    attempt(async () => {
      const version = await vaultClient().call('versionAt', { id, at })
      setNone(version === null)
      if (version) look(id, { chosen: version.id })
    })
  }
  return (
    <div className="versions-when">
      <label>
        {WORDS.asItStood}
        <input
          type="date"
          className="field-input num"
          max={calendarDay(now)}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </label>
      <p role="status">{isNone && WORDS.noneBy(dayOf(first, now))}</p>
    </div>
  )
}
