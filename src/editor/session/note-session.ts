import {
  type BindingV2,
  createBindingV2__EXPERIMENTAL,
  initLocalState,
  type Provider,
  setLocalStateFocus,
  syncCursorPositions,
  syncLexicalUpdateToYjsV2__EXPERIMENTAL,
  syncYjsChangesToLexicalV2__EXPERIMENTAL,
  syncYjsStateToLexicalV2__EXPERIMENTAL,
} from '@lexical/yjs'
import {
  $getRoot,
  BLUR_COMMAND,
  CAN_REDO_COMMAND,
  CAN_UNDO_COMMAND,
  COLLABORATION_TAG,
  COMMAND_PRIORITY_EDITOR,
  FOCUS_COMMAND,
  HISTORIC_TAG,
  type LexicalEditor,
  REDO_COMMAND,
  SKIP_COLLAB_TAG,
  SKIP_DOM_SELECTION_TAG,
  SKIP_SCROLL_INTO_VIEW_TAG,
  UNDO_COMMAND,
} from 'lexical'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Disposer, DisposerStack } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import { invariant } from '../../core/base/invariant.ts'
import type { LossLedger } from '../../crdt/losses/ledger.ts'
import { readTree } from '../convert/read-tree.ts'
import { $nodesFromTree } from '../lexical-tree.ts'
import { bringsForeign, holdsForeign } from './foreign.ts'
import { createGuard, type Scheduler } from './guard.ts'
import { registerMending } from './mend.ts'
import { $takeOutMoved } from './moves.ts'
import { tellPeerPlaces } from './peer-places.ts'
import { providerOf } from './provider.ts'
import { createUndoManager, registerUndoSteps, writeWhole } from './undo.ts'
import { registerUndoCaret } from './undo-caret.ts'

/** `readonly`: the editor cannot show this note faithfully, so it shows what it can and writes nothing. */
export type SessionState = 'live' | 'readonly'

export type NoteSession = {
  readonly state: SessionState
  /** Why the session is read-only, as a code for the log; null while it is live. */
  readonly difference: string | null
  onState(listener: (state: SessionState) => void): Disposer
  undo(): void
  redo(): void
  readonly canUndo: boolean
  readonly canRedo: boolean
  onHistory(listener: () => void): Disposer
  /** What is typed from now on is a step of its own. */
  breakUndo(): void
  /** Compares the view with the doc now, as idle time does. */
  verify(): void
  dispose(): void
}

export type NoteSessionOptions = {
  readonly id: string
  /** A replica that has synced: its root holds at least one block. */
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly editor: LexicalEditor
  /** How this replica's caret is called in other windows. */
  readonly user?: { readonly name: string; readonly color: string }
  /** Where the carets of others are drawn: beside the editable element, inside the element that scrolls. */
  readonly cursors?: HTMLElement | null
  readonly idle?: Scheduler
  /** Watches the doc for words that a merge took away; what is certain of them is mended while the session is live. */
  readonly losses?: LossLedger
  /** A binding that shows the whole doc already (`slow-load.ts`). */
  readonly bound?: Bound
}

export type Bound = { readonly binding: BindingV2; readonly provider: ReturnType<typeof providerOf> }

/** What joins an editor to a doc, with nothing loaded and nothing listened to yet. */
export function bind({ id, doc, awareness, editor, user = NOBODY, cursors = null }: NoteSessionOptions): Bound {
  const provider = providerOf(awareness)
  const binding = createBindingV2__EXPERIMENTAL(editor, id, doc, new Map([[id, doc]]), {
    excludedProperties: volatileProperties(editor),
  })
  invariant(binding.root.length > 0, 'a session starts on a note that has synced')
  binding.cursorsContainer = cursors
  initLocalState(provider, user.name, user.color, false, {})
  return { binding, provider }
}

const NOBODY = { name: '', color: 'inherit' }

/**
 * Binds an editor to a note's doc, in the order that facts/path.md measured: load before any listener, never
 * an empty root (the binding would write a paragraph of its own into a note that is merely not there yet).
 */
export function createNoteSession(options: NoteSessionOptions): NoteSession {
  const { doc, awareness, editor, user = NOBODY, cursors = null } = options
  const disposers = new DisposerStack()
  const states = new Emitter<SessionState>()
  const history = new Emitter<void>()
  let state: SessionState = 'live'
  let difference: string | null = null
  let isReceiving = false
  /** From a write that threw until the view is filled anew, nothing passes. */
  let hasFailed = false

  const { binding, provider } = options.bound ?? bind(options)
  const { root } = binding
  const load = () => syncYjsStateToLexicalV2__EXPERIMENTAL(binding, provider)
  const isForeign = holdsForeign(root)
  if (!isForeign && !options.bound) load()

  const writing = new DisposerStack()
  disposers.add(() => writing.dispose())

  /** Carets of others stand in what the binding shows. */
  const pointing = new DisposerStack()
  disposers.add(() => pointing.dispose())

  const giveUp = (reason: string) => {
    state = 'readonly'
    difference = reason
    writing.dispose()
    pointing.dispose()
    editor.setEditable(false)
    showReadonly(binding, disposers)
    states.emit(state)
  }
  const guard = createGuard({ editor, root, rebind: load, giveUp, idle: options.idle })
  writing.add(() => guard.dispose())
  if (isForeign) giveUp('loaded:foreign')

  // Yjs tells of a transaction's end only after the one that it answers to, so it is known by its start
  const joins = new WeakSet<Y.Transaction>()
  const markJoin = (transaction: Y.Transaction) => void (isReceiving && joins.add(transaction))
  doc.on('beforeTransaction', markJoin)
  writing.add(() => doc.off('beforeTransaction', markJoin))
  const undoManager = createUndoManager(root, binding, (transaction) => !joins.has(transaction))
  writing.add(() => undoManager.destroy())
  writing.add(registerUndoSteps(editor, undoManager))
  writing.add(registerUndoCaret(editor, undoManager))

  const fromDoc = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
    if (transaction.origin === binding || hasFailed) return
    const isUndo = transaction.origin instanceof Y.UndoManager
    if (bringsForeign(events)) return giveUp('from-doc:foreign')
    isReceiving = !isUndo
    try {
      const own = events as unknown as Y.YEvent<Y.XmlElement | Y.XmlText>[]
      syncYjsChangesToLexicalV2__EXPERIMENTAL(binding, provider, own, transaction, isUndo)
    } catch {
      return guard.failed('from-doc:threw')
    } finally {
      isReceiving = false
    }
    guard.touched(events)
  }
  root.observeDeep(fromDoc)
  if (options.losses) writing.add(registerMending(editor, options.losses))
  writing.add(() => root.unobserveDeep(fromDoc))

  writing.add(
    editor.registerUpdateListener((update) => {
      if (update.tags.has(SKIP_COLLAB_TAG) || hasFailed) return
      // Where a text gave way to one that says the same, the binding sees no change and would keep the one that is gone.
      for (const key of update.dirtyLeaves) {
        if (!update.editorState._nodeMap.has(key)) binding.mapping.deleteNode(key)
      }
      const { editorState, dirtyElements, tags } = update
      const takeBack = writeWhole(undoManager, binding, () => {
        if (!tags.has(COLLABORATION_TAG) && !tags.has(HISTORIC_TAG)) {
          editorState.read(() => $takeOutMoved(binding, dirtyElements.keys()))
        }
        syncLexicalUpdateToYjsV2__EXPERIMENTAL(
          binding,
          provider,
          update.prevEditorState,
          editorState,
          dirtyElements,
          update.dirtyLeaves,
          update.normalizedNodes,
          tags,
        )
      })
      if (takeBack) {
        // Lexical takes no update while it tells of one: the view is filled anew right after
        hasFailed = true
        takeBack()
        queueMicrotask(() => {
          hasFailed = false
          guard.failed('to-doc:threw')
        })
      }
      if (update.dirtyElements.size > 0) guard.later()
    }),
  )

  const emitHistory = () => {
    editor.dispatchCommand(CAN_UNDO_COMMAND, undoManager.canUndo())
    editor.dispatchCommand(CAN_REDO_COMMAND, undoManager.canRedo())
    history.emit()
  }
  undoManager.on('stack-item-added', emitHistory)
  undoManager.on('stack-item-popped', emitHistory)
  undoManager.on('stack-cleared', emitHistory)
  writing.add(registerUndoCommands(editor, undoManager))

  pointing.add(tellPeerPlaces(binding, awareness))
  if (cursors) pointing.add(registerCursors(binding, provider, user))
  disposers.add(() => provider.dispose())
  disposers.add(() => binding.mapping.clear())
  editor.setEditable(!isForeign)
  // What was loaded is compared at leisure: nothing is written before the first edit anyway. Where blocks are missing,
  // one could not be made, and an edit would write that the rest is gone.
  if (editor.getEditorState().read(() => $getRoot().getChildrenSize()) === root.length) guard.later()
  else guard.verify()

  return {
    get state() {
      return state
    },
    get difference() {
      return difference
    },
    onState: (listener) => states.on(listener),
    undo: () => void (state === 'live' && undoManager.undo()),
    redo: () => void (state === 'live' && undoManager.redo()),
    get canUndo() {
      return state === 'live' && undoManager.canUndo()
    },
    get canRedo() {
      return state === 'live' && undoManager.canRedo()
    },
    onHistory: (listener) => history.on(listener),
    breakUndo: () => undoManager.stopCapturing(),
    verify: () => guard.verify(),
    dispose: () => disposers.dispose(),
  }
}

function registerUndoCommands(editor: LexicalEditor, undoManager: Y.UndoManager): Disposer {
  const stack = new DisposerStack()
  for (const [command, run] of [
    [UNDO_COMMAND, () => undoManager.undo()],
    [REDO_COMMAND, () => undoManager.redo()],
  ] as const) {
    stack.add(
      editor.registerCommand(
        command,
        () => {
          run()
          return true
        },
        COMMAND_PRIORITY_EDITOR,
      ),
    )
  }
  return () => stack.dispose()
}

/** Carets of other windows and people; ours is told to them while the editor has the focus. */
function registerCursors(
  binding: BindingV2,
  provider: Provider,
  { name, color }: { name: string; color: string },
): Disposer {
  const stack = new DisposerStack()
  const { editor } = binding
  const draw = () => syncCursorPositions(binding, provider)
  provider.awareness.on('update', draw)
  stack.add(() => provider.awareness.off('update', draw))
  for (const [command, focusing] of [
    [FOCUS_COMMAND, true],
    [BLUR_COMMAND, false],
  ] as const) {
    stack.add(
      editor.registerCommand(
        command,
        () => {
          setLocalStateFocus(provider, name, color, focusing, {})
          return false
        },
        COMMAND_PRIORITY_EDITOR,
      ),
    )
  }
  stack.add(() => binding.cursorsContainer?.replaceChildren())
  return () => stack.dispose()
}

/**
 * Follows the doc by reading it whole on each change; never writes. Read as an export reads it: what this version does
 * not know is shown by its words.
 */
function showReadonly({ editor, root, mapping }: BindingV2, disposers: DisposerStack): void {
  mapping.clear()
  const show = () =>
    editor.update(
      () => {
        $getRoot()
          .clear()
          .append(...$nodesFromTree(readTree(root)))
      },
      { discrete: true, tag: [SKIP_COLLAB_TAG, SKIP_SCROLL_INTO_VIEW_TAG, SKIP_DOM_SELECTION_TAG] },
    )
  show()
  root.observeDeep(show)
  disposers.add(() => root.unobserveDeep(show))
}

/** Fields that Lexical keeps for the next keystroke: synced, they would be noise in every doc. */
function volatileProperties(editor: LexicalEditor) {
  const names = new Set(['__textFormat', '__textStyle'])
  return new Map([...editor._nodes.values()].map(({ klass }) => [klass, names]))
}
