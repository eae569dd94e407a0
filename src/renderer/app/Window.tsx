import { type ReactNode, useEffect, useRef } from 'react'
import type { NoteId } from '../../core/base/ids.ts'
import { SincePane, useIsReviewing } from '../features/commitment/index.ts'
import { ContextPane, ContextRail } from '../features/context/index.ts'
import { Footer } from '../features/footer/index.ts'
import { VersionsPane } from '../features/history/index.ts'
import { Navigator } from '../features/navigator/index.ts'
import { NoticeStrip, ToastSpot } from '../features/notices/index.ts'
import { TabBar, useTabTitle } from '../features/tabs/index.ts'
import { useKeptWords } from '../platform/relation-words.ts'
import { useHistoryView } from '../state/history.ts'
import { canDock, closeDrawer, isDocked, PANE_LIMITS, type PaneName, resizePane, useLayout } from '../state/layout.ts'
import { useSession } from '../state/session.ts'
import { activeNote, activeTab, useTabs } from '../state/tabs.ts'
import { Splitter } from '../ui/Splitter.tsx'
import { Content } from './Content.tsx'
import { Nearby } from './Nearby.tsx'
import { useArrived } from './use-arrived.ts'
import { WORDS } from './words.ts'
import './window.css'

/** Three full-height columns; what has no room lies over the text as a drawer (DESIGN 2). */
export function Window() {
  useKeptWords()
  const layout = useLayout()
  const noteId = useTabs(activeNote)
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { style } = root.current ?? document.documentElement
    style.setProperty('--nav-w', `${layout.widths.navigator / 16}rem`)
    style.setProperty('--ctx-w', `${layout.widths.context / 16}rem`)
  }, [layout.widths])
  useWindowTitle()
  const hasVersions = useHistoryView(({ byNote }) => noteId !== null && byNote[noteId] !== undefined)
  const isReviewing = useIsReviewing(noteId)
  const besideLabel = hasVersions ? WORDS.versions : isReviewing ? WORDS.sinceReview : WORDS.context
  // Versions show themselves also where the pane was hidden.
  const isBeside = isDocked(layout, 'context') || (hasVersions && canDock(layout.breadth, 'context'))
  const hasRail = noteId !== null && !isBeside && layout.breadth !== 'slim' && !layout.isFocusMode
  return (
    <div className="window" ref={root}>
      {isDocked(layout, 'navigator') && (
        <nav className="pane is-navigator" aria-label={WORDS.vault} data-pane="navigator">
          <Navigator />
          <PaneSplitter pane="navigator" side="left" label={WORDS.resizeNavigator} />
        </nav>
      )}
      <main className="pane is-main">
        <TabBar />
        <NoticeStrip />
        <div className="main-row">
          <div className="main-column">
            <Content />
            <Footer />
          </div>
          {hasRail && <ContextRail id={noteId} />}
        </div>
      </main>
      {noteId !== null && isBeside && (
        <aside className="pane is-context" aria-label={besideLabel} data-pane="context">
          <PaneSplitter pane="context" side="right" label={WORDS.resizeContext} />
          <Beside id={noteId} hasVersions={hasVersions} isReviewing={isReviewing} />
        </aside>
      )}
      {layout.drawer === 'navigator' && (
        <Drawer pane="navigator">
          <nav className="pane" aria-label={WORDS.vault} data-pane="navigator">
            <Navigator />
          </nav>
        </Drawer>
      )}
      {layout.drawer === 'context' && noteId !== null && (
        <Drawer pane="context">
          <aside className="pane" aria-label={besideLabel} data-pane="context">
            <Beside id={noteId} hasVersions={hasVersions} isReviewing={isReviewing} />
          </aside>
        </Drawer>
      )}
      <ToastSpot />
    </div>
  )
}

/** What stands around a note, or what it was, or what was written in it since its last review. */
function Beside({ id, hasVersions, isReviewing }: { id: NoteId; hasVersions: boolean; isReviewing: boolean }) {
  const around = useArrived(id)
  if (hasVersions) return <VersionsPane key={id} id={id} />
  if (isReviewing) return <SincePane key={id} id={id} />
  return <ContextPane id={around} nearby={<Nearby id={around} />} />
}

/** What the system shows of this window in its own lists. */
function useWindowTitle(): void {
  const { text } = useTabTitle(useTabs(activeTab).place)
  const vault = useSession((session) => session.vault?.name ?? '')
  useEffect(() => {
    document.title = text === '' ? vault : WORDS.windowTitle(text, vault)
  }, [text, vault])
}

function PaneSplitter({ pane, side, label }: { pane: PaneName; side: 'left' | 'right'; label: string }) {
  const width = useLayout(({ widths }) => widths[pane])
  const { min, max, usual } = PANE_LIMITS[pane]
  return (
    <Splitter
      label={label}
      width={width}
      min={min}
      max={max}
      side={side}
      onResize={(next) => resizePane(pane, next)}
      onReset={() => resizePane(pane, usual)}
    />
  )
}

/** Lies over the text and never moves it. Escape closes it, and the focus goes back to where it was. */
function Drawer({ pane, children }: { pane: PaneName; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    ref.current?.querySelector<HTMLElement>('[data-pane-focus]')?.focus()
    const element = ref.current
    return () => {
      // Unless the focus went elsewhere by itself.
      const isLost = document.activeElement === document.body || element?.contains(document.activeElement)
      if (isLost && before instanceof HTMLElement) before.focus()
    }
  }, [])
  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (!(event.target instanceof Element)) return
      if (ref.current?.contains(event.target) || event.target.closest('.rail, .menu, .tab-bar, dialog')) return
      closeDrawer()
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open], .menu')) {
        event.preventDefault()
        closeDrawer()
      }
    }
    document.addEventListener('pointerdown', onPointerDown)
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('pointerdown', onPointerDown)
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
  return (
    <div className={`drawer is-${pane}`} ref={ref}>
      {children}
    </div>
  )
}
