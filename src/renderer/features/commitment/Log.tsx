import { Ellipsis } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { pastDay } from '../../../core/base/day-words.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { citesOf, towardsOf } from '../../../core/commitment/details.ts'
import { entryDay, type LogEntry } from '../../../core/commitment/entry.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useNote } from '../../platform/notes.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { attempt, openNote } from '../note-actions/index.ts'
import { LineField } from './LineField.tsx'
import { LogField } from './LogField.tsx'
import { type FollowFromLog, LogText } from './LogText.tsx'
import { isOwn, type LogRow, logRows, markOf, sayWhat } from './log-rows.ts'
import { useSignature } from './Sign.tsx'
import { type Commitment, useLogged } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './log.css'

type LogProps = { commitment: Commitment; isLive: boolean; onFollow: FollowFromLog }

/** What was written about a commitment since it began, newest first, and the line for what comes next. */
export function Log({ commitment, isLive, onFollow }: LogProps) {
  const { id, entries, reading, today, me } = commitment
  const rows = logRows(entries)
  const news = useNews(rows, me, today)
  const hasField = isLive && (entries.length > 0 || reading.status === 'in progress')
  return (
    <>
      {/* stands there from the start: what comes into it later is said */}
      <p className="sr-only" role="status">
        {news}
      </p>
      {(rows.length > 0 || hasField) && (
        <section aria-labelledby={`log-${id}`}>
          <h2 id={`log-${id}`} className="part-head">
            {WORDS.log}
            <small>{WORDS.entriesStay}</small>
          </h2>
          <ol className="cm-log">
            {hasField && <LogField commitment={commitment} />}
            {rows.map((row) => (
              <Entry key={row.entry.id} commitment={commitment} row={row} isLive={isLive} onFollow={onFollow} />
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

/** The log of a note that was a commitment: it stays as written, and takes nothing more. */
export function KeptLog({ id, onFollow }: { id: NoteId; onFollow: FollowFromLog }) {
  const logged = useLogged(id)
  if (!logged || logged.entries.length === 0) return null
  return <Log commitment={logged} isLive={false} onFollow={onFollow} />
}

/** What came into the log while it was read, from whoever: said politely, once. */
function useNews(rows: readonly LogRow[], me: string, today: string): string {
  const known = useRef<Set<string> | null>(null)
  const [news, setNews] = useState('')
  const ids = rows.map(({ entry }) => entry.id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another entry is news
  useEffect(() => {
    const former = known.current
    known.current = new Set(rows.map(({ entry }) => entry.id))
    const [row] = former ? rows.filter(({ entry }) => !former.has(entry.id)) : []
    if (!row) return
    const said = `${pastDay(entryDay(row.entry), today)}, ${sayWhat(row, me)}`
    setNews(isOwn(row.entry.author, me) ? WORDS.added : WORDS.newEntry(said, row.entry.text))
  }, [ids])
  return news
}

type EntryProps = LogProps & { row: LogRow }

function Entry({ commitment, row, isLive, onFollow }: EntryProps) {
  const { today, me } = commitment
  const [isWithdrawing, setWithdrawing] = useState(false)
  const { entry, withdrawn } = row
  const what = sayWhat(row, me)
  const day = entryDay(entry)
  const label = `${day === '' ? '' : `${pastDay(day, today)}, `}${what}`
  const canWithdraw =
    isLive && !withdrawn && entry.text !== '' && entry.type !== 'withdrawn' && entry.type !== 'changed'
  return (
    <li>
      <EntryMark entry={entry} isGone={withdrawn !== null} />
      <EntryLabel row={row} today={today} me={me} />
      <div className="log-said">
        <EntryText row={row} onFollow={onFollow} />
        {isWithdrawing && (
          <Withdrawing id={commitment.id} entry={entry} label={label} onDone={() => setWithdrawing(false)} />
        )}
      </div>
      {canWithdraw && (
        <Menu
          label={WORDS.entryMenu(label)}
          align="end"
          entries={[{ is: 'item', label: WORDS.withdraw, run: () => setWithdrawing(true) }]}
          trigger={
            <button type="button" className="row-menu" aria-label={WORDS.entryMenu(label)}>
              <Icon of={Ellipsis} size={14} />
            </button>
          }
        />
      )}
    </li>
  )
}

/** The shape on the thread: what an entry made of the commitment. */
export function EntryMark({ entry, isGone }: { entry: LogEntry; isGone: boolean }) {
  const mark = isGone ? 'dot' : markOf(entry)
  return (
    <span className="log-mark" aria-hidden="true">
      {mark === 'dot' || mark === 'review' ? <i className={`is-${mark}`} /> : <StatusGlyph status={mark} />}
    </span>
  )
}

/** "10 Mar, Jonas saw". `long`: who and on which computer, where there is room. */
export function EntryLabel({
  row,
  today,
  me,
  long = false,
}: {
  row: LogRow
  today: string
  me: string
  long?: boolean
}) {
  const day = entryDay(row.entry)
  return (
    <span className="log-when">
      {day !== '' && (
        <>
          <time className="num" dateTime={day}>
            {pastDay(day, today)}
          </time>
          {', '}
        </>
      )}
      {sayWhat(row, me, long)}
      {long && row.entry.device !== '' && `, ${row.entry.device}`}
    </span>
  )
}

/** The words of an entry, what showed it, and what it counts towards; of a withdrawn one the reason. */
export function EntryText({ row: { entry, withdrawn }, onFollow }: { row: LogRow; onFollow: FollowFromLog }) {
  if (withdrawn) return <p className="is-gone">{WORDS.takenBack(withdrawn.text)}</p>
  const cites = citesOf(entry)
  const towards = towardsOf(entry)
  return (
    <>
      {entry.text !== '' && (
        <p className={entry.type === 'changed' ? 'is-told' : ''}>
          <LogText text={entry.text} onFollow={onFollow} />
        </p>
      )}
      {(cites || towards || Object.hasOwn(entry.details, 'over')) && (
        <p className="log-notes">
          {cites === 'none' && <span>{WORDS.noEvidence}</span>}
          {cites && cites !== 'none' && cites.length > 0 && (
            <span>
              {WORDS.shownBy}{' '}
              {cites.map((id, at) => (
                <span key={id}>
                  {at > 0 && ', '}
                  <Cited id={id as NoteId} />
                </span>
              ))}
            </span>
          )}
          {towards && <span>{WORDS.counts[towards]}</span>}
          {Object.hasOwn(entry.details, 'over') && <span>{WORDS.wentOver}</span>}
        </p>
      )}
    </>
  )
}

function Cited({ id }: { id: NoteId }) {
  const { data: note } = useNote(id)
  if (!note) return WORDS.notHere
  return (
    <button
      type="button"
      className="note-log-link authored"
      onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
    >
      {note.title}
    </button>
  )
}

type WithdrawingProps = { id: NoteId; entry: LogEntry; label: string; onDone: () => void }

/** A reason first: it stays in the place of the words. */
function Withdrawing({ id, entry, label, onDone }: WithdrawingProps) {
  const [reason, setReason] = useState('')
  const { sign, asks } = useSignature()
  const withdraw = () => {
    if (reason.trim() === '') return
    sign((author) => {
      onDone()
      attempt(() => vaultClient().call('withdraw', { id, entry: entry.id, reason: reason.trim(), author }))
    })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend of its own
    <div
      className="cm-withdraw"
      role="group"
      aria-label={WORDS.entryMenu(label)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone()
      }}
    >
      <LineField
        aria-label={WORDS.withdrawWhy}
        placeholder={WORDS.withdrawWhy}
        value={reason}
        onText={setReason}
        onEnter={withdraw}
        ref={focusOnce}
      />
      <p>{WORDS.withdrawHelp}</p>
      <div className="cm-acts">
        <Button onClick={withdraw} isDisabled={reason.trim() === ''}>
          {WORDS.withdraw}
        </Button>
        <Button look="ghost" onClick={onDone}>
          {WORDS.keepIt}
        </Button>
      </div>
      {asks}
    </div>
  )
}

const focusOnce = (field: HTMLTextAreaElement | null): void => field?.focus()
