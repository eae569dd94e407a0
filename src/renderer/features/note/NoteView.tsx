import type { LexicalEditor } from 'lexical'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import { useClients } from '../../platform/clients.ts'
import { useNote } from '../../platform/notes.ts'
import { clearFresh, useFresh } from '../../state/fresh.ts'
import { setNoteFacts, useHeadingRequest } from '../../state/note-facts.ts'
import {
  CommitmentBody,
  CommitmentHead,
  CommitmentTop,
  type FollowFromLog,
  KeptLog,
  useCommitment,
  useIsReviewing,
} from '../commitment/index.ts'
import { attempt } from '../note-actions/index.ts'
import { StartedFrom } from '../start-from/index.ts'
import { keepFiles } from './files.ts'
import { follow, showHeading } from './follow.ts'
import { createStateRefresher } from './link-state-loader.ts'
import { type Asked, AskedMenu } from './links/AskedMenu.tsx'
import { KindLine, ThroughLine } from './NoteHead.tsx'
import { Properties } from './properties/Properties.tsx'
import { type NoteState, type StartedNote, startNote } from './start-note.ts'
import { Title } from './Title.tsx'
import { Writing } from './Writing.tsx'
import { WORDS } from './words.ts'
import './note.css'
import './prose.css'
import './containers.css'
import './contrast.css'

/** A note to read and write. Lives through a restart of its vault's host; `onReady` when its text stands on the page. */
export function NoteView({ id, onReady }: { id: NoteId; onReady: () => void }) {
  const { data: note } = useNote(id)
  const commitment = useCommitment(id)
  const isReviewing = useIsReviewing(id) && commitment !== null
  const fresh = useFresh((fresh) => (fresh.id === id ? fresh.focus : null))
  const place = useRef<HTMLDivElement>(null)
  const started = useRef<StartedNote | null>(null)
  const [editor, setEditor] = useState<LexicalEditor | null>(null)
  const [state, setState] = useState<NoteState>('opening')
  const [isEmpty, setEmpty] = useState(false)
  const [asked, setAsked] = useState<Asked | null>(null)
  const index = useClients(({ index }) => index)
  const vault = useClients(({ vault }) => vault)
  const revision = useClients(({ indexRevision }) => indexRevision)
  const refresher = useRef<ReturnType<typeof createStateRefresher> | null>(null)
  const ready = useRef(onReady)
  ready.current = onReady

  const followLink = (target: FollowTarget, options: FollowOptions, place: () => DOMRect) =>
    attempt(async () => {
      const question = await follow(id, target, options)
      if (!question || target.type !== 'wikilink') return
      const { key = null } = target
      const rect = () => (key && started.current?.editor.getElementByKey(key)?.getClientRects()[0]) || place()
      setAsked({ ...question, target: target.target, key, rect })
    })

  // biome-ignore lint/correctness/useExhaustiveDependencies: what it follows with holds for as long as the note is shown
  useEffect(() => {
    if (!place.current) return
    const saving = tellSaving((isSaving) => setNoteFacts(id, { isSaving }))
    const note = startNote(id, place.current, {
      onState: setState,
      onPending: saving.pending,
      onFacts: ({ isEmpty, ...facts }) => {
        setEmpty(isEmpty)
        setNoteFacts(id, facts)
      },
      onLinks: () => refresher.current?.ask(),
      onFollow: (target, options) => followLink(target, options, placeOfCaret),
      onFiles: keepFiles,
    })
    refresher.current = createStateRefresher(note.links, () => {
      const { vault, index } = useClients.getState()
      return vault && index ? { noteId: id, vault, index } : null
    })
    started.current = note
    setEditor(note.editor)
    return () => {
      refresher.current?.dispose()
      started.current = null
      setEditor(null)
      saving.dispose()
      note.leave()
    }
  }, [id])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what links lead to may differ with each of these
  useEffect(() => refresher.current?.ask(), [index, vault, revision])

  // Again when the head comes after the text: only then everything has its place.
  const hasTitle = note !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (state !== 'opening') ready.current()
  }, [state, hasTitle])

  useEffect(() => {
    if (!editor || state === 'opening') return
    const show = ({ request }: ReturnType<typeof useHeadingRequest.getState>) => {
      if (request?.id !== id) return
      showHeading(editor, request.key)
      useHeadingRequest.setState({ request: null })
    }
    // asked for before the text was there
    show(useHeadingRequest.getState())
    return useHeadingRequest.subscribe(show)
  }, [editor, id, state])

  // Enter in the title of a note whose text is still on its way: the caret goes there when it comes.
  const wantsText = useRef(false)
  useEffect(() => {
    if (state !== 'live' || !editor) return
    if (fresh === 'text' || wantsText.current) editor.focus(undefined, { defaultSelection: 'rootStart' })
    wantsText.current = false
    // A title that is not drawn yet, because the note's row comes after its text, is still to take the focus.
    if (fresh === 'text' || (fresh === 'title' && hasTitle)) clearFresh()
  }, [state, editor, fresh, hasTitle])

  const goToText = () => {
    if (editor && state === 'live') return editor.focus(undefined, { defaultSelection: 'rootStart' })
    wantsText.current = true
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }
  const closeAsked = useCallback(() => setAsked(null), [])
  const followFromLog: FollowFromLog = (target, link, options) =>
    followLink({ type: 'wikilink', target, targetId: '' }, { ...options, asks: !options.newTab }, () =>
      link.getBoundingClientRect(),
    )

  return (
    <article className={`note${note ? ` kind-${note.kind}` : ''}`}>
      {note && (
        <header>
          {commitment ? <CommitmentTop commitment={commitment} isReviewing={isReviewing} /> : <KindLine note={note} />}
          <Title
            key={id}
            id={id}
            title={note.title}
            shownTitle={note.shownTitle}
            isFresh={fresh === 'title'}
            onLeave={goToText}
          />
          {!isReviewing && <StartedFrom id={id} />}
          {note.kind !== 'commitment' && <ThroughLine id={id} />}
          {note.kind === 'commitment' && !isReviewing && (
            <CommitmentHead commitment={commitment} isLive={state === 'live'} />
          )}
          {!isReviewing && (
            <Properties
              note={note}
              isLive={state === 'live'}
              onLeave={goToText}
              onFollow={(target, link, options) =>
                followLink({ type: 'wikilink', target, targetId: '' }, options, () => link.getBoundingClientRect())
              }
            />
          )}
        </header>
      )}
      {state === 'refused' && <p role="alert">{WORDS.refused}</p>}
      {state === 'readonly' && (
        <p className="note-readonly" role="status">
          {WORDS.readonly}
        </p>
      )}
      <div className="note-surface" hidden={isReviewing} data-opening={state === 'opening' || undefined}>
        {isEmpty && state === 'live' && note && (
          <p className="note-question" aria-hidden="true">
            {WORDS.question[note.kind]}
          </p>
        )}
        <div ref={place} className="note-place" />
      </div>
      {commitment && (
        <CommitmentBody
          commitment={commitment}
          isLive={state === 'live'}
          isReviewing={isReviewing}
          onFollow={followFromLog}
        />
      )}
      {note && note.kind !== 'commitment' && state !== 'opening' && <KeptLog id={id} onFollow={followFromLog} />}
      {editor && note && (
        <Writing
          editor={editor}
          note={note}
          isLive={state === 'live'}
          onFollow={(target, options) => followLink(target, options, placeOfCaret)}
        />
      )}
      {asked && <AskedMenu editor={editor} noteId={id} asked={asked} onClose={closeAsked} />}
    </article>
  )
}

/** Longer than a save takes: a word that comes and goes with each key would be noise, and work on each key. */
const SAVING_MS = 250

/** Says that a note is being saved where that takes longer than it should, and that it is saved. */
function tellSaving(say: (isSaving: boolean) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let said = false
  const tell = (isSaving: boolean) => {
    timer = undefined
    if (isSaving !== said) say(isSaving)
    said = isSaving
  }
  const dispose = () => clearTimeout(timer)
  const pending = (pending: number) => {
    if (pending > 0) {
      timer ??= setTimeout(() => tell(true), SAVING_MS)
      return
    }
    dispose()
    tell(false)
  }
  return { pending, dispose }
}

/** Where the caret stands, or a click just put it. */
function placeOfCaret(): DOMRect {
  const selection = getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null
  return range?.getClientRects()[0] ?? range?.getBoundingClientRect() ?? new DOMRect()
}
