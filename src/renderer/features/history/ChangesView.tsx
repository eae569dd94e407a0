import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { dayLabel } from '../../ui/dates.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import '../../ui/view.css'
import { attempt, takeBack } from '../note-actions/index.ts'
import { PutBack } from './PutBack.tsx'
import { type BigChanges, useBigChanges } from './use-history.ts'
import { WORDS } from './words.ts'
import './changes.css'

/** Imports, renames, replacements, and what else touched many notes: each can be taken back. */
export function ChangesView() {
  const { data } = useBigChanges()
  return (
    <div className="view">
      <h1 className="view-title">{WORDS.changes}</h1>
      <p className="view-lede">{WORDS.changesLede}</p>
      {data?.length === 0 && <p className="view-empty">{WORDS.noChanges}</p>}
      {data && data.length > 0 && (
        <section className="view-section" aria-label={WORDS.changes}>
          <div className="view-section-head">
            <span>{WORDS.changes}</span>
            <span className="num">{data.length.toLocaleString()}</span>
          </div>
          <ul>
            {data.map((change) => (
              <ChangeRow key={change.id} change={change} />
            ))}
          </ul>
        </section>
      )}
      <PutBack />
    </div>
  )
}

const LATE_MS = 300

function ChangeRow({ change }: { change: BigChanges[number] }) {
  const [isBusy, setBusy] = useState(false)
  const isLate = useDelayed(isBusy, LATE_MS)
  const back = () => {
    if (isBusy) return
    setBusy(true)
    attempt(() => takeBack(change.id).finally(() => setBusy(false)))
  }
  return (
    <li className="large-change">
      <b>{change.title}</b>
      <span className="num">{dayLabel(change.at, new Date())}</span>
      <small>{WORDS.changed(change.changed, change.created)}</small>
      <span className="large-change-act">
        {change.undone ? (
          WORDS.takenBack
        ) : (
          <Button isBusy={isLate} aria-label={WORDS.takeBackNamed(change.title)} onClick={back}>
            {WORDS.takeBack}
          </Button>
        )}
      </span>
    </li>
  )
}
