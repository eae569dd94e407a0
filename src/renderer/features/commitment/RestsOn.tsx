import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { vaultClient } from '../../platform/clients.ts'
import { startReview } from '../../state/review.ts'
import { Act } from '../../ui/Act.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import { attempt, openNote, openTarget } from '../note-actions/index.ts'
import { Changed } from './Changed.tsx'
import { FindNote } from './FindNote.tsx'
import { isToday, restOn, writeGround } from './ground-acts.ts'
import { forAndAgainst, type Ground, isAgainst } from './rests-on.ts'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { type ChangedPin, type ReadPin, useGround, usePins } from './use-ground.ts'
import { useMightFit } from './use-might-fit.ts'
import { WORDS } from './words.ts'
import './ground.css'
import './rests-on.css'

/** Essays and examples that carry a commitment, and those that speak against it. */
export function RestsOn({ commitment, isLive }: { commitment: Commitment; isLive: boolean }) {
  const { id, note, reading } = commitment
  const rows = useGround(id) ?? []
  const pins = usePins(id)
  const fitting = useMightFit(reading.status === 'considering' ? commitment : null)
  const [isFinding, setFinding] = useState(false)
  const count = forAndAgainst(rows)
  // what closed is not asked any more what it was from
  const isClosed = reading.status !== 'considering' && reading.status !== 'in progress'
  if (isClosed && rows.length === 0) return null
  return (
    <section className="page-part" aria-labelledby={`rests-${id}`}>
      <h2 id={`rests-${id}`} className="part-head">
        {WORDS.restsOn}
        <small>{rows.length === 0 ? WORDS.nothingYet : WORDS.forAgainst(count.for, count.against)}</small>
      </h2>
      <ul className="cm-rests">
        {rows.map((row) => (
          <GroundRow
            key={row.id ?? row.title}
            commitment={commitment}
            row={row}
            pin={pins.find(({ pin }) => pin.target === row.id && pin.word === 'rests_on') ?? null}
            isLive={isLive}
          />
        ))}
        {isLive && (
          <li className="rests-add">
            <Icon of={Plus} size={14} />
            {isFinding ? (
              <FindNote
                label={WORDS.search}
                placeholder={WORDS.addMore}
                without={new Set([id, ...rows.flatMap((row) => (row.id && row.isCarrying ? [row.id] : []))])}
                onClose={() => setFinding(false)}
                onChoose={(ground) => {
                  setFinding(false)
                  attempt(() => restOn(note, ground))
                }}
                onWrite={(title) => {
                  setFinding(false)
                  attempt(() => writeGround(note, title))
                }}
              />
            ) : (
              <button type="button" className="rests-question" onClick={() => setFinding(true)}>
                {rows.some((row) => row.kind === 'example') ? WORDS.addMore : WORDS.add}
              </button>
            )}
            {fitting && fitting.length > 0 && <small>{WORDS.mightFit(fitting.length)}</small>}
          </li>
        )}
      </ul>
    </section>
  )
}

type RowProps = { commitment: Commitment; row: Ground; pin: ReadPin | null; isLive: boolean }

function GroundRow({ commitment, row, pin, isLive }: RowProps) {
  const { id, note, reading } = commitment
  const changed = pin && pin.state.is !== 'same' ? (pin as ChangedPin) : null
  const isReread = isAgainst(row) && reading.review?.isDue === true
  const target = row.id
  const entries: MenuEntry[] = []
  if (target) entries.push({ is: 'item', label: WORDS.openIt, run: () => openNote(target, { newTab: true }) })
  if (target && row.isCarrying && isLive) {
    entries.push(
      {
        is: 'item',
        label: WORDS.pin,
        run: () => attempt(() => vaultClient().call('pin', { id, word: 'rests_on', target, anchor: '' })),
      },
      {
        is: 'item',
        label: WORDS.restsNoMore,
        run: () => attempt(() => vaultClient().call('editRelation', { id, word: 'rests_on', target, to: null })),
      },
    )
  }
  return (
    <li>
      <KindGlyph kind={row.kind ?? 'unresolved'} label={row.kind ? WORDS.kindNames[row.kind] : WORDS.notWritten} />
      <button
        type="button"
        className={`rests-title${target ? '' : ' is-waiting'}`}
        onClick={(event) => {
          const options = { newTab: event.ctrlKey || event.metaKey }
          if (target) openNote(target, options)
          else attempt(() => openTarget(row.title, note.id, options))
        }}
      >
        {row.title}
      </button>
      <span className={`rests-why${isReread ? ' is-hot' : ''}`}>{sayWhy(row, pin, isReread)}</span>
      {entries.length > 0 ? (
        <Menu
          label={WORDS.groundMenu(row.title)}
          align="end"
          entries={entries}
          trigger={
            <button type="button" className="row-menu" aria-label={WORDS.groundMenu(row.title)}>
              <Icon of={Ellipsis} size={14} />
            </button>
          }
        />
      ) : (
        <span />
      )}
      {changed && (
        <div className="rests-changed">
          <Changed state={changed.state} />
          {isLive && <GroundActs commitment={commitment} pin={changed} title={row.title} />}
        </div>
      )}
    </li>
  )
}

/** What to do about ground that changed: it holds all the same, or the commitment is reviewed. */
export function GroundActs({ commitment, pin, title }: { commitment: Commitment; pin: ChangedPin; title: string }) {
  const { id, reading } = commitment
  const { sign, asks } = useSignature()
  return (
    <>
      <div className="cm-acts">
        <Act
          text={WORDS.stillHolds}
          label={WORDS.stillHoldsOf(title)}
          onClick={() => sign((author) => attempt(() => vaultClient().call('reread', { id, pin: pin.pin.id, author })))}
        />
        {reading.status === 'in progress' && <Act text={WORDS.reviewIt} onClick={() => startReview(id)} />}
      </div>
      {asks}
    </>
  )
}

function sayWhy({ says, kind, challengesGround }: Ground, pin: ReadPin | null, isReread: boolean): string {
  const why =
    says === 'challenges'
      ? isReread
        ? WORDS.rereadFirst
        : WORDS.challenges
      : challengesGround
        ? isReread
          ? WORDS.rereadGround
          : WORDS.challengesGround
        : says === 'illustrates'
          ? WORDS.illustrates
          : kind
            ? WORDS.carries[kind]
            : WORDS.notWritten
  if (!pin) return why
  if (pin.state.is !== 'same') return `${why}, ${pin.state.is === 'gone' ? WORDS.groundGone : WORDS.groundChanged}`
  return isToday(pin.pin.at) ? `${why}, ${WORDS.pinnedToday}` : why
}
