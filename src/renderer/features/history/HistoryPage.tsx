import { useEffect } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { useNote } from '../../platform/notes.ts'
import { type Looking, look } from '../../state/history.ts'
import { canDock, useLayout } from '../../state/layout.ts'
import { Blocks } from '../../ui/blocks/Blocks.tsx'
import { useDelayed } from '../../ui/use-delayed.ts'
import { leaveVersions } from './actions.ts'
import { DifferenceView } from './DifferenceView.tsx'
import { HistoryBar } from './HistoryBar.tsx'
import { momentOf } from './moments.ts'
import { usePast, useVersions } from './use-history.ts'
import { WORDS } from './words.ts'
import './history.css'

/** Sooner, the page that was there would only make room for an empty one. */
const LATE_MS = 300

type HistoryPageProps = {
  id: NoteId
  looking: Looking
  /** Whether its tab is in front. */
  isShown: boolean
  /** There is something to show; until then what stood there may stay. */
  onReady: () => void
}

/** A note's column while one of its versions is looked at: what changed since, or the version itself. */
export function HistoryPage({ id, looking, isShown, onReady }: HistoryPageProps) {
  const { past, isUnreadable } = usePast(id, looking)
  const { data: versions } = useVersions(id)
  const { data: note } = useNote(id)
  const isNarrow = useLayout(({ breadth }) => !canDock(breadth, 'context'))
  // A page that is still the one before is called by its own time.
  const shown = isUnreadable ? looking.chosen : (past?.version ?? looking.chosen)
  const version = versions?.find((other) => other.id === shown)
  const isReady = past !== null || isUnreadable
  const isLate = useDelayed(!isReady, LATE_MS)
  const moment = version ? momentOf(version.at, new Date()) : ''

  useEffect(() => {
    if (isReady || isLate) onReady()
  }, [isReady, isLate, onReady])

  useEffect(() => {
    if (!isShown) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return
      // A drawer, a menu or a dialog closes first.
      if (useLayout.getState().drawer !== null || document.querySelector('dialog[open], .menu')) return
      event.preventDefault()
      if (looking.mode === 'read') look(id, { mode: 'compare' })
      else leaveVersions(id)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [id, isShown, looking.mode])

  return (
    <div className="history" aria-busy={past?.version !== looking.chosen && !isUnreadable}>
      <HistoryBar
        id={id}
        looking={looking}
        past={isUnreadable ? null : past}
        moment={moment}
        name={version?.name ?? null}
        isAlone={isNarrow}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll region has to be reached by the keyboard */}
      <section className="history-scroll" tabIndex={0} aria-label={WORDS.difference} data-pane-focus>
        {isUnreadable && (
          <p className="history-say" role="alert">
            {WORDS.unreadable}
          </p>
        )}
        {!isUnreadable && past?.is === 'compare' && (
          <DifferenceView id={id} past={past} title={note?.shownTitle ?? version?.title ?? ''} />
        )}
        {!isUnreadable && past?.is === 'read' && (
          <article className="history-doc">
            <h1 className="blocks-title">{past.title}</h1>
            <div className="blocks history-reading">
              <Blocks blocks={past.blocks} />
            </div>
          </article>
        )}
      </section>
    </div>
  )
}
