import type { NoteId } from '../../../core/base/ids.ts'
import { entryDay, type LogEntry } from '../../../core/commitment/entry.ts'
import { orderLog } from '../../../core/commitment/order.ts'
import { useVault } from '../../platform/use-live.ts'
import { readDay, sayDay } from './dates.ts'
import { type FollowFromLog, LogText } from './LogText.tsx'
import { WORDS } from './words.ts'
import './log.css'

type LogProps = { id: NoteId; onFollow: FollowFromLog }

/** What was written about a commitment since it began, newest first. Entries are only read here. */
export function LogView({ id, onFollow }: LogProps) {
  const { data } = useVault(`log:${id}`, (vault) => vault.call('noteLog', { id }))
  if (!data || data.entries.length === 0) return null
  const now = new Date()
  return (
    <section className="note-log" aria-labelledby={`log-${id}`}>
      <header>
        <h2 id={`log-${id}`}>{WORDS.log}</h2>
        <small>{WORDS.entriesStay}</small>
      </header>
      <ol>
        {orderLog(data.entries)
          .toReversed()
          .map((entry) => (
            <li key={entry.id} className={`is-${entry.type}`}>
              <span className="note-log-when">{sayEntry(entry, now)}</span>
              <p>
                <LogText text={entry.text} onFollow={onFollow} />
              </p>
            </li>
          ))}
      </ol>
    </section>
  )
}

/** "10 March, Jonas saw"; whose name is not known is not named. */
function sayEntry(entry: LogEntry, now: Date) {
  const date = readDay(entryDay(entry))
  const day = date ? sayDay(date, now) : ''
  return (
    <>
      {day !== '' && <time dateTime={entryDay(entry)}>{day[0]?.toUpperCase() + day.slice(1)}</time>}
      {day !== '' && ', '}
      {entry.author !== '' && `${entry.author} `}
      {entry.type}
    </>
  )
}
