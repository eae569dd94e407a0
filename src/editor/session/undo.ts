import {
  COMMAND_PRIORITY_CRITICAL,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  FORMAT_TEXT_COMMAND,
  HISTORY_PUSH_TAG,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  type LexicalCommand,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
} from 'lexical'
import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'
import { CHOSEN, TAKE_OFFER_COMMAND } from './mend.ts'

const MAX_STEPS = 500

/**
 * Undo of what this binding wrote while `isLocal`, and nothing else: what it writes because something arrived
 * (texts that a concurrent deletion left side by side are joined) is no step of the person's. Undoing the creation of a block keeps the block while
 * anything is left in it: what a peer typed there must not go with it (facts/editor.md, item 3).
 */
export function createUndoManager(
  root: Y.XmlElement,
  origin: unknown,
  isLocal: (transaction: Y.Transaction) => boolean,
): Y.UndoManager {
  const manager = new Y.UndoManager(root, {
    trackedOrigins: new Set([origin, CHOSEN]),
    captureTransaction: isLocal,
    deleteFilter: (item) => {
      const type = item.content instanceof Y.ContentType ? item.content.type : null
      return !((type instanceof Y.XmlText || type instanceof Y.XmlElement) && type.length !== 0)
    },
  })
  manager.on('stack-item-added', ({ type }: { type: 'undo' | 'redo' }) => {
    const stack = type === 'undo' ? manager.undoStack : manager.redoStack
    if (stack.length > MAX_STEPS) stack.splice(0, stack.length - MAX_STEPS)
  })
  return manager
}

/** Each of these is a step of its own, whatever was typed just before. */
const STEPS: readonly LexicalCommand<never>[] = [
  INSERT_PARAGRAPH_COMMAND,
  INSERT_LINE_BREAK_COMMAND,
  FORMAT_TEXT_COMMAND,
  PASTE_COMMAND,
  CUT_COMMAND,
  TAKE_OFFER_COMMAND,
] as never
const DELETIONS: readonly LexicalCommand<boolean>[] = [
  DELETE_CHARACTER_COMMAND,
  DELETE_WORD_COMMAND,
  DELETE_LINE_COMMAND,
]

/**
 * Where one step of undo ends and the next begins, besides a pause in typing: at Enter, paste and formats, where
 * typing turns into deleting and back, and where Markdown that was typed became what it means. Register before
 * the listener that writes to the doc.
 */
export function registerUndoSteps(editor: LexicalEditor, manager: Y.UndoManager): Disposer {
  let wasDeleting = false
  let isDeleting = false
  const passing = (run: () => void) => () => {
    run()
    return false
  }
  const onStep = passing(() => manager.stopCapturing())
  const onDeletion = passing(() => {
    isDeleting = true
  })
  return mergeRegister(
    ...STEPS.map((command) => editor.registerCommand(command, onStep, COMMAND_PRIORITY_CRITICAL)),
    ...DELETIONS.map((command) => editor.registerCommand(command, onDeletion, COMMAND_PRIORITY_CRITICAL)),
    editor.registerUpdateListener(({ tags, dirtyLeaves, dirtyElements }) => {
      if (dirtyLeaves.size === 0 && dirtyElements.size === 0) return
      if (tags.has(HISTORY_PUSH_TAG) || isDeleting !== wasDeleting) manager.stopCapturing()
      wasDeleting = isDeleting
      isDeleting = false
    }),
  )
}
