import { Bookmark, History } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { useNote } from '../../platform/notes.ts'
import { look, NOW, takeWanted, useHistoryView } from '../../state/history.ts'
import { clockLabel, dayOf } from '../../ui/dates.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { AsItStood } from './AsItStood.tsx'
import { leaveVersions } from './actions.ts'
import { NameField } from './NameField.tsx'
import { threadOf } from './thread.ts'
import { kindsOf, useBigChanges, useVersions } from './use-history.ts'
import { VersionThread } from './VersionThread.tsx'
import { WORDS } from './words.ts'
import './versions.css'

/** What a note was, beside it: a thread of versions to compare, to read, to name. */
export function VersionsPane({ id }: { id: NoteId }) {
  const looking = useHistoryView(({ byNote }) => byNote[id])
  const wants = useHistoryView((history) => history.wants)
  const { data: note } = useNote(id)
  const { data: versions } = useVersions(id)
  const { data: changes } = useBigChanges()
  const [isNaming, setNaming] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const now = new Date()

  const hasThread = versions !== null && note !== null
  useEffect(() => {
    if (wants === 'list' && hasThread && takeWanted('list')) list.current?.focus()
    if (wants === 'name' && takeWanted('name')) setNaming(true)
  }, [wants, hasThread])

  if (!looking) return null
  const chosen = versions?.find((version) => version.id === looking.chosen) ?? null
  const first = versions?.[0]
  const back = () => {
    if (looking.mode === 'read' && looking.chosen !== NOW) look(id, { mode: 'compare' })
    else leaveVersions(id)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears what its controls leave over
    <div
      className="versions"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        back()
      }}
    >
      <div className="bar versions-bar">
        <h2 className="versions-title">{WORDS.versions}</h2>
        <span className="bar-space" />
        <IconButton
          icon={Bookmark}
          label={chosen?.name == null ? WORDS.keep : WORDS.rename}
          aria-expanded={isNaming}
          onClick={() => setNaming(!isNaming)}
        />
        <IconButton icon={History} label={WORDS.close} aria-pressed onClick={() => leaveVersions(id)} />
      </div>
      <div className="versions-scroll">
        {versions && <p className="versions-kept">{WORDS.kept(versions.length, first ? dayOf(first.at, now) : '')}</p>}
        {isNaming && (
          <NameField
            key={looking.chosen}
            id={id}
            version={chosen}
            label={chosen ? WORDS.nameOf(`${dayOf(chosen.at, now)}, ${clockLabel(chosen.at)}`) : WORDS.nameOfNow}
            onClose={() => {
              setNaming(false)
              list.current?.focus()
            }}
          />
        )}
        {first && <AsItStood key={id} id={id} first={first.at} />}
        {hasThread && (
          <VersionThread
            ref={list}
            chosen={looking.chosen}
            updated={note.updated}
            groups={threadOf(versions, now, kindsOf(changes))}
            onChoose={(version) => look(id, { chosen: version })}
            onRead={() => look(id, { mode: looking.mode === 'read' ? 'compare' : 'read' })}
            onName={() => setNaming(true)}
          />
        )}
      </div>
      <p className="versions-foot">{WORDS.nothingLost}</p>
    </div>
  )
}
