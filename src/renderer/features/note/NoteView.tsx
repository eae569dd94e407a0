import type { LexicalEditor } from 'lexical'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { $acceptCompletion, type Completion } from '../../../editor/extensions/completion.ts'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import { useClients, vaultClient } from '../../platform/clients.ts'
import { useNote } from '../../platform/notes.ts'
import { clearFresh, useFresh } from '../../state/fresh.ts'
import { setNoteFacts, useHeadingRequest } from '../../state/note-facts.ts'
import { useSession } from '../../state/session.ts'
import { attempt, openNote } from '../note-actions/index.ts'
import { keepFiles } from './files.ts'
import { type Choice, follow, showHeading } from './follow.ts'
import { LinkMenu } from './LinkMenu.tsx'
import { LogView } from './LogView.tsx'
import type { LinkChoice } from './link-choices.ts'
import { $abandonLink, $acceptAddress, registerLinkSelection } from './link-selection.ts'
import { createStateRefresher, measureImage } from './link-state-loader.ts'
import { KindLine, ThroughLine } from './NoteHead.tsx'
import { Properties } from './properties/Properties.tsx'
import { type NoteState, type StartedNote, startNote } from './start-note.ts'
import { Title } from './Title.tsx'
import { WhichMenu } from './WhichMenu.tsx'
import { Writing } from './Writing.tsx'
import { WORDS } from './words.ts'
import './note.css'
import './prose.css'
import './containers.css'
import './contrast.css'

/** A note to read and write. Lives through a restart of its vault's host; `onReady` when its text stands on the page. */
export function NoteView({ id, onReady }: { id: NoteId; onReady: () => void }) {
  const { data: note } = useNote(id)
  const fresh = useFresh((fresh) => (fresh.id === id ? fresh.focus : null))
  const surface = useRef<HTMLDivElement>(null)
  const cursors = useRef<HTMLDivElement>(null)
  const started = useRef<StartedNote | null>(null)
  const [editor, setEditor] = useState<LexicalEditor | null>(null)
  const [state, setState] = useState<NoteState>('opening')
  const [isEmpty, setEmpty] = useState(false)
  const [completion, setCompletion] = useState<Completion | null>(null)
  const [words, setWords] = useState<string | null>(null)
  const [which, setWhich] = useState<{ choices: readonly Choice[]; rect: DOMRect } | null>(null)
  const index = useClients(({ index }) => index)
  const vault = useClients(({ vault }) => vault)
  const revision = useClients(({ indexRevision }) => indexRevision)
  const vaultId = useSession(({ vault }) => vault?.id ?? null)
  const refresher = useRef<ReturnType<typeof createStateRefresher> | null>(null)
  const ready = useRef(onReady)
  ready.current = onReady

  const followLink = (target: FollowTarget, options: FollowOptions, place: () => DOMRect) =>
    attempt(async () => {
      const choices = await follow(id, target, options)
      if (choices.length > 0) setWhich({ choices, rect: place() })
    })

  // biome-ignore lint/correctness/useExhaustiveDependencies: what it follows with holds for as long as the note is shown
  useEffect(() => {
    if (!surface.current || !cursors.current) return
    let wasSaving = false
    const note = startNote(id, surface.current, cursors.current, {
      onState: setState,
      onPending: (pending) => {
        const isSaving = pending > 0
        if (isSaving !== wasSaving) setNoteFacts(id, { isSaving })
        wasSaving = isSaving
      },
      onFacts: ({ isEmpty, ...facts }) => {
        setEmpty(isEmpty)
        setNoteFacts(id, facts)
      },
      onCompletion: (completion) => {
        setCompletion(completion)
        if (!completion) setWords(null)
      },
      onLinks: () => refresher.current?.ask(),
      onFollow: (target, options) => followLink(target, options, placeOfCaret),
      onFiles: keepFiles,
    })
    const stopSelection = registerLinkSelection(note.editor, setWords)
    refresher.current = createStateRefresher(note.links, () => {
      const { vault, index } = useClients.getState()
      const vaultId = useSession.getState().vault?.id
      return vault && index && vaultId ? { noteId: id, vaultId, vault, index, measure: measureImage } : null
    })
    started.current = note
    setEditor(note.editor)
    return () => {
      refresher.current?.dispose()
      stopSelection()
      started.current = null
      setEditor(null)
      setCompletion(null)
      note.dispose()
    }
  }, [id])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what links lead to may differ with each of these
  useEffect(() => refresher.current?.ask(), [index, vault, vaultId, revision])

  // Again when the head comes after the text: only then everything has its place.
  const hasTitle = note !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (state !== 'opening') ready.current()
  }, [state, hasTitle])

  useEffect(() => {
    if (!editor) return
    const show = ({ request }: ReturnType<typeof useHeadingRequest.getState>) => {
      if (request?.id === id && showHeading(editor, request.key)) useHeadingRequest.setState({ request: null })
    }
    return useHeadingRequest.subscribe(show)
  }, [editor, id])

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
  const closeWhich = useCallback(() => setWhich(null), [])

  const choose = (choice: LinkChoice) => {
    if (!editor || !completion) return
    const put = (target: string, noteId: string) =>
      editor.update(() => $acceptCompletion(completion, target, noteId), { onUpdate: () => editor.focus() })
    if (choice.is === 'address') editor.update(() => $acceptAddress(completion, choice.url, words))
    else if (choice.is === 'note') put(choice.target, choice.hit.id)
    else
      attempt(async () => {
        // the link first: what is typed next must not land in the brackets
        put(choice.target, '')
        await vaultClient().call('createNote', { title: choice.title, kind: 'note' })
      })
  }
  const dismiss = () => {
    if (editor && completion && words !== null) editor.update(() => $abandonLink(completion, words))
    started.current?.completion.dismiss()
  }

  return (
    <article className={`note${note ? ` kind-${note.kind}` : ''}`}>
      {note && (
        <header>
          <KindLine note={note} />
          <Title
            key={id}
            id={id}
            title={note.title}
            shownTitle={note.shownTitle}
            isFresh={fresh === 'title'}
            onLeave={goToText}
          />
          <ThroughLine id={id} />
          <Properties
            note={note}
            isLive={state === 'live'}
            onLeave={goToText}
            onFollow={(target, link, options) =>
              followLink({ type: 'wikilink', target, targetId: '' }, options, () => link.getBoundingClientRect())
            }
          />
        </header>
      )}
      {state === 'refused' && <p role="alert">{WORDS.refused}</p>}
      {state === 'readonly' && (
        <p className="note-readonly" role="status">
          {WORDS.readonly}
        </p>
      )}
      <div className="note-surface" data-opening={state === 'opening' || undefined}>
        {isEmpty && state === 'live' && note && (
          <p className="note-question" aria-hidden="true">
            {WORDS.question[note.kind]}
          </p>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: rich text has no element of its own */}
        <div
          ref={surface}
          className="prose"
          data-pane-focus
          role="textbox"
          aria-multiline="true"
          aria-autocomplete="list"
          aria-label={WORDS.text}
          aria-readonly={state !== 'live'}
          tabIndex={0}
          spellCheck
        />
        <div ref={cursors} className="note-cursors" aria-hidden="true" />
      </div>
      {note?.kind === 'commitment' && (
        <LogView
          id={id}
          onFollow={(target, link, options) =>
            followLink({ type: 'wikilink', target, targetId: '' }, options, () => link.getBoundingClientRect())
          }
        />
      )}
      {editor && note && <Writing editor={editor} note={note} isLive={state === 'live'} />}
      {editor && completion && (
        <LinkMenu editor={editor} completion={completion} words={words} onChoose={choose} onClose={dismiss} />
      )}
      {which && (
        <WhichMenu
          {...which}
          onClose={closeWhich}
          onChoose={({ id }) => {
            setWhich(null)
            openNote(id)
          }}
        />
      )}
    </article>
  )
}

/** Where the caret stands, or a click just put it. */
function placeOfCaret(): DOMRect {
  const selection = getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : null
  return range?.getClientRects()[0] ?? range?.getBoundingClientRect() ?? new DOMRect()
}
