import { useCallback, useEffect, useRef, useState } from 'react'
import type { NoteId } from '../../core/base/ids.ts'
import { HistoryPage } from '../features/history/index.ts'
import { focusText, NoteView } from '../features/note/index.ts'
import { attempt, openNote, restoreNote } from '../features/note-actions/index.ts'
import { useNote } from '../platform/notes.ts'
import { isFocusFree } from '../state/focus.ts'
import { closeVersions, NOW, useHistoryView } from '../state/history.ts'
import { forgetNoteFacts } from '../state/note-facts.ts'
import { notePlace, placeKey } from '../state/place.ts'
import { setScroll, useScroll } from '../state/scroll.ts'
import { closeTab, leaveNote, useTabs } from '../state/tabs.ts'
import { Button } from '../ui/Button.tsx'
import { NoteLine } from './NoteLine.tsx'
import { WORDS } from './words.ts'

/** From here on the page's own title is out of sight. */
const TITLE_GONE = 80

/** A note in its place: the line over it, the page that scrolls, and what is said when it is gone. */
export function NotePane({ id, isShown }: { id: NoteId; isShown: boolean }) {
  const { data: note, failed } = useNote(id)
  const scroller = useRef<HTMLDivElement>(null)
  const [isScrolled, setScrolled] = useState(false)
  const looking = useHistoryView(({ byNote }) => byNote[id])
  const isPast = looking !== undefined && looking.chosen !== NOW
  const [isPastReady, setPastReady] = useState(false)
  if (!isPast && isPastReady) setPastReady(false)
  const showPast = useCallback(() => setPastReady(true), [])
  const isWriting = !(isPast && isPastReady)
  useEffect(() => () => forgetNoteFacts(id), [id])
  useEffect(() => () => closeVersions(id), [id])

  // Whoever came here by key goes on writing; whoever is elsewhere stays there.
  const takeFocus = useCallback(() => {
    const text = scroller.current?.querySelector<HTMLElement>('[data-pane-focus]')
    // A text that is still opening would swallow the first keys.
    if (text?.isContentEditable && isFocusFree()) focusText(text)
  }, [])
  const arrive = useCallback(() => {
    const top = useScroll.getState().byPlace[placeKey(notePlace(id))]
    // Before its head stands over it, a text would come to lie lower by that than it was.
    if (scroller.current?.querySelector('header') && top !== undefined) scroller.current.scrollTop = top
    takeFocus()
  }, [id, takeFocus])
  const isLooking = looking !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever leaves the thread at its end goes on writing
  useEffect(() => {
    if (isShown && isWriting) arrive()
  }, [isShown, isWriting, isLooking, arrive])

  if (failed === 'not-found') {
    return (
      <div className="gone" role="status">
        <p>{WORDS.gone}</p>
        <Button
          onClick={() => {
            leaveNote(id)
          }}
        >
          {WORDS.closeTab}
        </Button>
      </div>
    )
  }
  if (note?.trashed) {
    return (
      <div className="gone" role="status">
        <p>{WORDS.inTrash}</p>
        <Button look="primary" onClick={() => attempt(() => restoreNote(id).then(() => openNote(id)))}>
          {WORDS.putBack}
        </Button>
        <Button onClick={() => closeTab(useTabs.getState().activeId)}>{WORDS.closeTab}</Button>
      </div>
    )
  }
  return (
    <>
      {isPast && (
        <div className="note-past" hidden={isWriting}>
          <HistoryPage id={id} looking={looking} isShown={isShown} onReady={showPast} />
        </div>
      )}
      {note && isWriting && <NoteLine note={note} isScrolled={isScrolled} />}
      {/* What looks for words in the note lies over its text, not on it. */}
      <div className="find-place" hidden={!isWriting} />
      {/* Stays in the page, so that caret, undo and what is not yet acknowledged stay too. */}
      <div
        className="note-scroll"
        ref={scroller}
        hidden={!isWriting}
        onScroll={(event) => {
          const { scrollTop } = event.currentTarget
          if (!isShown || !isWriting) return
          setScrolled(scrollTop > TITLE_GONE)
          setScroll(placeKey(notePlace(id)), scrollTop)
        }}
      >
        <NoteView id={id} onReady={arrive} />
      </div>
    </>
  )
}
