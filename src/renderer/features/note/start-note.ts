import { $getRoot, BLUR_COMMAND, type LexicalEditor, RootNode } from 'lexical'
import * as Y from 'yjs'
import { type Disposer, DisposerStack } from '../../../core/base/disposable.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { type EditorFacts, registerFacts } from '../../../editor/extensions/facts.ts'
import { type LinkStates, registerLinkStates } from '../../../editor/extensions/link-states.ts'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import { createNoteEditor } from '../../../editor/note-editor.ts'
import { whenIdle } from '../../../editor/session/guard.ts'
import { createNoteSession, type NoteSession } from '../../../editor/session/note-session.ts'
import { openInSlices } from '../../../editor/session/slow-load.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { useClients } from '../../platform/clients.ts'
import { caretMoved, caretOf, followCaret } from '../../state/caret.ts'
import { inNextTask, soonAfterPaint } from './after-paint.ts'
import { readCaret, restoreCaret } from './caret.ts'
import { takeReplica } from './coming-replicas.ts'
import { createKeptNotes } from './kept-notes.ts'
import { setLosses } from './losses/ledgers.ts'
import { linkLabel, WORDS } from './words.ts'

export type NoteState = 'opening' | 'live' | 'readonly' | 'refused'

export type NoteEvents = {
  readonly onState: (state: NoteState) => void
  readonly onPending: (pending: number) => void
  readonly onFacts: (facts: EditorFacts) => void
  readonly onLinks: () => void
  readonly onFollow: (target: FollowTarget, options: FollowOptions) => void
  readonly onFiles: (files: readonly File[]) => Promise<string>
}

export type StartedNote = {
  readonly editor: LexicalEditor
  readonly links: LinkStates
  /**
   * Leaves the page. The note lives on for a while, in step with its doc and with all of its undo; where it cannot
   * be written in, or too many were left since, it is let go.
   */
  leave(): void
}

type OpenNote = Omit<StartedNote, 'leave'> & {
  readonly state: NoteState
  /** Words. */
  readonly weight: number
  /** Puts the text into an element of the page and tells of it from now on; the disposer takes it out again. */
  show(place: HTMLElement, events: NoteEvents): Disposer
  dispose(): void
}

/** Whoever goes back and forth between more notes than these reads, and does not undo. */
const KEPT = { most: 8, mostWeight: 200_000 }

/** A note of so many blocks lays out only those near what is seen (`prose.css`). */
const LONG_BLOCKS = 200
/** One of so many comes to the page in slices: 50 ms for a page that answers is as long as it may take. */
const SLOW_BLOCKS = 600
/** A shorter one does once it was laid out; one of fewer blocks than this stands on the screen anyway. */
const SOME_BLOCKS = 20

const kept = createKeptNotes<OpenNote>(KEPT, whenIdle)
let stopWatching: Disposer | null = null

/** Joins a note to an element of the page: the one that was left here a while ago, or opened anew. */
export function startNote(id: NoteId, place: HTMLElement, events: NoteEvents): StartedNote {
  const note = kept.take(id) ?? openNote(id)
  const hide = note.show(place, events)
  return {
    editor: note.editor,
    links: note.links,
    leave: () => {
      hide()
      if (note.state !== 'live') return note.dispose()
      kept.keep(id, note)
      void dropGone(id)
      // Also those that go to the trash later, here or in another window.
      stopWatching ??= useClients.subscribe(({ structureRevision }, { structureRevision: former }) => {
        if (structureRevision !== former) for (const id of kept.ids()) void dropGone(id)
      })
    },
  }
}

/** A note in the trash, or one that is gone, is let go: nobody takes anything back in it. */
async function dropGone(id: NoteId): Promise<void> {
  const { vault } = useClients.getState()
  const isGone = await vault?.call('note', { id }).then(
    ({ trashed }) => trashed,
    (error: unknown) => error instanceof CallError && error.code === 'not-found',
  )
  if (isGone) kept.drop(id)
  if (kept.ids().length > 0) return
  stopWatching?.()
  stopWatching = null
}

/**
 * A note's replica, editor and session, each let go in the opposite order, and the two elements that they fill: its
 * text, and the carets of others over it. They go to the page and leave it whole, so that nothing of the editor need
 * know. React knows the editor only by this: it draws nothing inside the elements.
 */
function openNote(id: NoteId): OpenNote {
  const disposers = new DisposerStack()
  let isDisposed = false
  let state: NoteState = 'opening'
  let events: NoteEvents | null = null
  let shown = new DisposerStack()
  const replica = takeReplica(id)
  disposers.add(() => replica.close())

  const editor = createNoteEditor({
    onFollow: (target, options) => events?.onFollow(target, options),
    onFiles: async (files) => events?.onFiles(files) ?? '',
    // the text of an error may hold the text of a note
    onError: (error) => console.error('editor:', error.name),
  })
  disposers.add(() => editor.dispose())
  setLosses(editor, replica.losses)
  const surface = createSurface()
  const cursors = createCursors()
  const allow = (isEditable: boolean) => {
    // the page is laid out at once where this attribute is set, also where it says the same
    if (surface.contentEditable !== String(isEditable)) surface.contentEditable = String(isEditable)
    surface.setAttribute('aria-readonly', String(!isEditable))
  }
  allow(editor.isEditable())
  disposers.add(editor.registerEditableListener(allow))
  editor.setRootElement(surface)
  disposers.add(() => editor.setRootElement(null))
  const links = registerLinkStates(editor, { onLinks: () => events?.onLinks(), label: linkLabel })
  disposers.add(() => links.dispose())

  const enter = (next: NoteState) => {
    state = next
    events?.onState(next)
    if (next === 'readonly' || next === 'refused') kept.drop(id)
  }
  const lookLong = (blocks: number) => surface.toggleAttribute('data-long', blocks > LONG_BLOCKS)
  // with what is pasted, before it is on the page: the caret behind it would have all of it laid out
  disposers.add(editor.registerNodeTransform(RootNode, (root) => lookLong(root.getChildrenSize())))
  /** What left the page has lost the sizes of its blocks. */
  const laid = () => {
    surface.removeAttribute('data-laid')
    if (surface.childElementCount < SOME_BLOCKS) return
    shown.add(whenIdle(() => surface.setAttribute('data-laid', '')))
    shown.add(() => surface.removeAttribute('data-laid'))
  }
  const tellFacts = () => {
    if (!events || state === 'opening') return
    const { onFacts } = events
    laid()
    shown.add(
      registerFacts(editor, (facts) => {
        // also where it grew or shrank by what arrived
        lookLong(facts.paragraphs)
        onFacts(facts)
      }),
    )
  }
  disposers.add(replica.onPending((pending) => events?.onPending(pending)))
  disposers.add(replica.onRefused(() => enter('refused')))
  void replica.ready.then(() => {
    if (isDisposed) return
    const { doc, awareness } = replica
    // before it is filled: laying out blocks that nobody sees is most of what opening a long note takes
    const blocks = (doc.get('root-v2', Y.XmlElement) as Y.XmlElement).length
    lookLong(blocks)
    const user = { name: WORDS.otherWindow, color: 'var(--ink-3)' }
    const options = { id, doc, awareness, editor, cursors, user, losses: replica.losses }
    const live = (session: NoteSession) => {
      surface.removeAttribute('aria-busy')
      disposers.add(() => session.dispose())
      disposers.add(session.onState(enter))
      const caret = caretOf(id)
      if (caret) restoreCaret(editor, caret)
      disposers.add(followCaret(id, () => readCaret(editor)))
      disposers.add(editor.registerUpdateListener(caretMoved))
      state = session.state
      if (blocks <= SLOW_BLOCKS) tellFacts()
      // counting that many words is a task of its own, unless it left the page before: it tells when it is back
      else shown.add(inNextTask(tellFacts))
      enter(session.state)
    }
    if (blocks > SLOW_BLOCKS) {
      surface.setAttribute('aria-busy', 'true')
      disposers.add(openInSlices(options, soonAfterPaint(), live))
      return
    }
    // Beforehand, while there is nothing to lay out; nobody writes within this task.
    allow(true)
    live(createNoteSession(options))
  })

  return {
    editor,
    links,
    get state() {
      return state
    },
    get weight() {
      // six letters and a space: near enough for what it is needed for
      return Math.ceil(editor.getEditorState().read(() => $getRoot().getTextContentSize()) / 6)
    },
    show: (place, given) => {
      events = given
      shown = new DisposerStack()
      place.append(surface, cursors)
      shown.add(() => {
        // an element that is taken out of the page need not tell that it has lost the focus; others see our caret
        editor.dispatchCommand(BLUR_COMMAND, new FocusEvent('blur'))
        events = null
        surface.remove()
        cursors.remove()
      })
      if (replica.pending > 0) given.onPending(replica.pending)
      tellFacts()
      if (state !== 'opening') given.onState(state)
      return () => shown.dispose()
    },
    dispose: () => {
      isDisposed = true
      shown.dispose()
      disposers.dispose()
    },
  }
}

function createSurface(): HTMLElement {
  const surface = document.createElement('div')
  surface.className = 'prose'
  surface.tabIndex = 0
  surface.spellcheck = true
  surface.dataset.paneFocus = ''
  const attributes = {
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-autocomplete': 'list',
    'aria-label': WORDS.text,
  }
  for (const [name, value] of Object.entries(attributes)) surface.setAttribute(name, value)
  return surface
}

function createCursors(): HTMLElement {
  const cursors = document.createElement('div')
  cursors.className = 'note-cursors'
  cursors.setAttribute('aria-hidden', 'true')
  return cursors
}
