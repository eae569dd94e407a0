import type { ReactNode } from 'react'
import { longDay } from '../../../core/base/day-words.ts'
import type { Status } from '../../../core/commitment/status.ts'
import { showOverlay } from '../../state/overlay.ts'
import { Act } from '../../ui/Act.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { RelationLine } from '../../ui/RelationLine.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { openReview, reachWords } from '../commitments/index.ts'
import { attempt, openNote } from '../note-actions/index.ts'
import { seeMentions, stillHolds, tellOne } from './acts.ts'
import type { EvidenceItem, EvidenceListId, ReadPin } from './lists.ts'
import { wasNow } from './was-now.ts'
import { WORDS } from './words.ts'

export type Row = { readonly item: EvidenceItem; readonly pin: ReadPin | null }

/** A note with several passages that changed is a row for each. */
export const rowsOf = (items: readonly EvidenceItem[]): readonly Row[] =>
  items.flatMap((item): readonly Row[] =>
    item.pins.length > 0 ? item.pins.map((pin) => ({ item, pin })) : [{ item, pin: null }],
  )

/** Of those who challenge it; the others are a number. */
const MOST_TITLES = 2

type RowProps = {
  list: EvidenceListId
  row: Row
  today: string
  /** Of a commitment; null for other kinds. */
  status: Status | null
}

/** A note that a list asks about: what is so, and one link that does the next thing. */
export function EvidenceRow({ list, row: { item, pin }, today, status }: RowProps) {
  const { id, title, kind } = item
  return (
    <div className="evidence-row">
      {status === null ? <KindGlyph kind={kind} size={14} /> : <StatusGlyph status={status} size={14} />}
      <button
        type="button"
        className="evidence-title clip"
        aria-label={`${title}, ${WORDS.kinds[kind]}${status === null ? '' : `, ${status}`}`}
        onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
      >
        {title}
      </button>
      <span className="evidence-line">{pin ? <PinLine pin={pin} /> : lineOf(list, item)}</span>
      <div className="evidence-end">
        {rightOf(list, item, pin, today)}
        <div className="evidence-acts">{actsOf(list, item, pin, status)}</div>
      </div>
    </div>
  )
}

function rightOf(list: EvidenceListId, item: EvidenceItem, read: ReadPin | null, today: string): ReactNode {
  if (read) {
    const day = read.pin.at.slice(0, 10)
    return WORDS.readOn(day === today ? 'today' : day === '' ? '' : longDay(day, today))
  }
  if (list === 'rests-on-nothing') {
    const reach = reachWords(item.reach)
    return WORDS.wouldReach(reach === '' ? '' : `${reach.charAt(0).toLowerCase()}${reach.slice(1)}`)
  }
  if (list !== 'contested') return WORDS.links(item.links)
  return (
    <>
      <span className="evidence-count">
        <RelationLine relation="illustrates" />
        {WORDS.illustrate(item.illustrates)}
      </span>
      <span className="evidence-count">
        <RelationLine relation="challenges" />
        {WORDS.challenge(item.challenges)}
      </span>
    </>
  )
}

function lineOf(list: EvidenceListId, { others, notes }: EvidenceItem): ReactNode {
  switch (list) {
    case 'essays-without-example':
      return others > 0 ? WORDS.mentionedWithout(others) : WORDS.tellQuestion
    case 'one-source':
      return (
        <>
          {WORDS.only} <Titles notes={notes} />. {WORDS.anotherQuestion}
        </>
      )
    case 'unused-examples':
      return others > 0 ? WORDS.mentionedUnused(others) : WORDS.whatShows
    case 'rests-on-nothing':
      return others > 0 ? WORDS.restsOnOne(others) : WORDS.fromWhat
    case 'contested':
      return (
        <>
          {WORDS.challengedBy} <Titles notes={notes.slice(0, MOST_TITLES)} />
          {others > MOST_TITLES && ` ${WORDS.andMore(others - MOST_TITLES)}`}
        </>
      )
    case 'ground-changed':
      return WORDS.noNote
  }
}

const Titles = ({ notes }: { notes: EvidenceItem['notes'] }) => (
  <span className="authored">{notes.map(({ title }) => title).join(', ')}</span>
)

/** The passage as it was and as it is, and where it stands. */
function PinLine({ pin: { state, to } }: { pin: ReadPin }) {
  if (state.is === 'same') return null
  const pieces = wasNow(state.was, state.is === 'changed' ? state.now : '')
  return (
    <>
      “
      {pieces.map(({ text, change }, at) => {
        const key = `${at} ${change}`
        if (change === 'removed') return <del key={key}>{text}</del>
        return change === 'added' ? <ins key={key}>{text}</ins> : <span key={key}>{text}</span>
      })}
      ”{' '}
      {to === null ? (
        WORDS.noNote
      ) : (
        <>
          {state.is === 'gone' ? WORDS.goneFrom : WORDS.inNote} <span className="authored">{to.title}</span>
        </>
      )}
    </>
  )
}

function actsOf(list: EvidenceListId, item: EvidenceItem, read: ReadPin | null, status: Status | null): ReactNode {
  const { id, title, others, notes } = item
  const act = (text: string, run: () => void) => <Act text={text} label={WORDS.about_(text, title)} onClick={run} />
  if (read) {
    const target = read.to
    return (
      <>
        {read.state.is === 'changed' && act(WORDS.stillHolds, () => attempt(() => stillHolds(id, read.pin.id)))}
        {status === 'in progress'
          ? act(WORDS.review, () => openReview(id))
          : act(WORDS.reread, () => openNote(target?.id ?? id))}
      </>
    )
  }
  const choose = (word: 'rests_on' | 'illustrates') => () => showOverlay({ is: 'relate', id, title, word })
  switch (list) {
    case 'essays-without-example':
      return others > 0
        ? act(WORDS.see(others), () => seeMentions(item))
        : act(WORDS.tell, () => attempt(() => tellOne(item)))
    case 'one-source':
      return act(WORDS.tellAnother, () => attempt(() => tellOne(item)))
    case 'unused-examples':
      return act(WORDS.say, choose('illustrates'))
    case 'rests-on-nothing':
      return others > 0 ? act(WORDS.see(others), () => seeMentions(item)) : act(WORDS.choose, choose('rests_on'))
    case 'contested':
      return act(WORDS.seeChallenge(others), () => openNote((others === 1 ? notes[0]?.id : undefined) ?? id))
    case 'ground-changed':
      return null
  }
}
