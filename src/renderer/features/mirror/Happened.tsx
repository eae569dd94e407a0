import {
  ArrowLeft,
  ArrowRight,
  Check,
  GitMerge,
  Layers,
  type LucideIcon,
  PencilLine,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { MirrorHappened } from '../../../ipc/mirror-shapes.ts'
import { appClient } from '../../platform/clients.ts'
import { look, showVersions } from '../../state/history.ts'
import { showToast } from '../../state/notices.ts'
import { Act } from '../../ui/Act.tsx'
import { clockLabel, dayLabel } from '../../ui/dates.ts'
import { Icon } from '../../ui/Icon.tsx'
import { openVersions } from '../history/index.ts'
import { attempt, openNote } from '../note-actions/index.ts'
import type { MirrorAnswer } from './use-mirror.ts'
import { WORDS } from './words.ts'

const ICONS: Readonly<Record<MirrorHappened['kind'], LucideIcon>> = {
  written: ArrowRight,
  read: ArrowLeft,
  renamed: PencilLine,
  both: GitMerge,
  trashed: Trash2,
  restored: RotateCcw,
  'put-back': ArrowRight,
  removed: Trash2,
  'log-kept': RotateCcw,
  changes: Layers,
  compared: Check,
}

const canUndo = ({ kind, change, before, id }: MirrorHappened): boolean =>
  change !== undefined || (id !== null && (kind === 'trashed' || before !== undefined))

/** What happened, by day, the newest first. */
export function HappenedList({
  happened,
  ask,
}: {
  happened: readonly MirrorHappened[]
  ask: (call: MirrorAnswer) => void
}) {
  const now = new Date()
  const days = new Map<string, MirrorHappened[]>()
  for (const each of happened) {
    const day = new Date(each.at).toDateString()
    const known = days.get(day)
    if (known) known.push(each)
    else days.set(day, [each])
  }
  if (happened.length === 0) {
    return (
      <section className="view-section" aria-label={WORDS.happened}>
        <div className="view-section-head">{WORDS.happened}</div>
        <p className="view-empty">{WORDS.nothing}</p>
      </section>
    )
  }
  return [...days.values()].map((lines) => {
    const at = lines[0]?.at ?? 0
    const day = new Date(at).toDateString() === now.toDateString() ? WORDS.today : dayLabel(at, now)
    return (
      <section className="view-section" aria-label={`${WORDS.happened}, ${day}`} key={day}>
        <div className="view-section-head">
          {WORDS.happened} <span className="num">{day}</span>
        </div>
        <ul>
          {lines.map((each) => (
            <Line key={each.entry} happened={each} ask={ask} />
          ))}
        </ul>
      </section>
    )
  })
}

function Line({ happened, ask }: { happened: MirrorHappened; ask: (call: MirrorAnswer) => void }) {
  const [isBusy, setBusy] = useState(false)
  const { entry, kind, id, before, kept, undone } = happened
  const { title, rest, detail } = WORDS.line(happened)
  const undo = () => {
    if (isBusy) return
    setBusy(true)
    ask(() =>
      appClient()
        .call('undoMirror', { entry })
        .then((state) => {
          if (before !== undefined) showToast(WORDS.isAsBefore(shown))
          return state
        })
        .finally(() => setBusy(false)),
    )
  }
  const shown = title === '' ? rest : title
  return (
    <li className="mirror-line">
      <span className="mirror-time num">{clockLabel(happened.at)}</span>
      <Icon of={ICONS[kind]} />
      <span>
        <span className="mirror-name">{title}</span>
        {rest}
        {detail !== '' && <small>{detail}</small>}
      </span>
      <span className="mirror-acts">
        {id !== null && before !== undefined && (
          <Act text={WORDS.difference} label={WORDS.differenceOf(shown)} onClick={() => showDifference(id, before)} />
        )}
        {kept !== undefined && (
          <Act
            text={WORDS.showKept}
            label={WORDS.showKeptOf(shown)}
            onClick={() => attempt(() => appClient().call('showMirrorKept', { entry }))}
          />
        )}
        {undone && <span className="mirror-undone">{WORDS.undone}</span>}
        {!undone && canUndo(happened) && (
          <Act text={WORDS.undo} label={WORDS.undoOf(shown)} onClick={undo} isBusy={isBusy} />
        )}
      </span>
    </li>
  )
}

/** The note, with the version from before beside it, compared with now. */
function showDifference(id: NoteId, version: string): void {
  openNote(id, { newTab: true })
  showVersions(id, 'list')
  look(id, { chosen: version, mode: 'compare' })
  attempt(() => openVersions(id))
}
