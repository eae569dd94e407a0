import type { LexicalEditor } from 'lexical'
import { type Disposer, DisposerStack } from '../../../core/base/disposable.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { type Completion, type CompletionControl, registerCompletion } from '../../../editor/extensions/completion.ts'
import { type EditorFacts, registerFacts } from '../../../editor/extensions/facts.ts'
import { type LinkStates, registerLinkStates } from '../../../editor/extensions/link-states.ts'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import { createNoteEditor } from '../../../editor/note-editor.ts'
import { createNoteSession } from '../../../editor/session/note-session.ts'
import { useClients } from '../../platform/clients.ts'
import { caretMoved, caretOf, followCaret } from '../../state/caret.ts'
import { readCaret, restoreCaret } from './caret.ts'
import { setLosses } from './losses/ledgers.ts'
import { openReplica } from './open-replica.ts'
import { linkLabel, WORDS } from './words.ts'

export type NoteState = 'opening' | 'live' | 'readonly' | 'refused'

export type NoteEvents = {
  readonly onState: (state: NoteState) => void
  readonly onPending: (pending: number) => void
  readonly onFacts: (facts: EditorFacts) => void
  readonly onCompletion: (completion: Completion | null) => void
  readonly onLinks: () => void
  readonly onFollow: (target: FollowTarget, options: FollowOptions) => void
  readonly onFiles: (files: readonly File[]) => Promise<string>
}

export type StartedNote = {
  readonly editor: LexicalEditor
  readonly completion: CompletionControl
  readonly links: LinkStates
  dispose(): void
}

/**
 * Joins a note to an element: replica, editor and session, each let go in the opposite order. React knows the
 * editor only by this: it draws nothing inside the element.
 */
export function startNote(id: NoteId, element: HTMLElement, cursors: HTMLElement, events: NoteEvents): StartedNote {
  const disposers = new DisposerStack()
  let isDisposed = false
  const replica = openReplica(id)
  disposers.add(() => replica.close())

  const editor = createNoteEditor({
    onFollow: events.onFollow,
    onFiles: events.onFiles,
    // the text of an error may hold the text of a note
    onError: (error) => console.error('editor:', error.name),
  })
  disposers.add(() => editor.dispose())
  setLosses(editor, replica.losses)
  const allow = (isEditable: boolean) => element.setAttribute('contenteditable', String(isEditable))
  allow(editor.isEditable())
  disposers.add(editor.registerEditableListener(allow))
  editor.setRootElement(element)
  disposers.add(() => editor.setRootElement(null))
  const completion = registerCompletion(editor, events.onCompletion)
  disposers.add(completion.dispose)
  const links = registerLinkStates(editor, { onLinks: events.onLinks, label: linkLabel })
  disposers.add(() => links.dispose())

  disposers.add(replica.onPending(events.onPending))
  disposers.add(replica.onRefused(() => events.onState('refused')))
  // Beyond this note's time on the screen: what was written last may need the next host.
  void replica.closed.then(followHost((host) => replica.attach(host)))
  void replica.ready.then(() => {
    if (isDisposed) return
    const { doc, awareness } = replica
    const user = { name: WORDS.otherWindow, color: 'var(--ink-3)' }
    const session = createNoteSession({ id, doc, awareness, editor, cursors, user, losses: replica.losses })
    disposers.add(() => session.dispose())
    disposers.add(session.onState((state) => events.onState(state)))
    disposers.add(registerFacts(editor, events.onFacts))
    const caret = caretOf(id)
    if (caret) restoreCaret(editor, caret)
    disposers.add(followCaret(id, () => readCaret(editor)))
    disposers.add(editor.registerUpdateListener(caretMoved))
    events.onState(session.state)
  })

  return {
    editor,
    completion,
    links,
    dispose: () => {
      isDisposed = true
      disposers.dispose()
    },
  }
}

type Host = NonNullable<ReturnType<typeof useClients.getState>['vault']>

/** The vault's client now, and each that takes its place when a host was restarted. */
function followHost(attach: (host: Host) => void): Disposer {
  let current: Host | null = null
  const follow = ({ vault }: { vault: Host | null }) => {
    if (!vault || vault === current) return
    current = vault
    attach(vault)
  }
  follow(useClients.getState())
  return useClients.subscribe(follow)
}
