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
  KEY_ENTER_COMMAND,
  type LexicalCommand,
  type LexicalEditor,
  mergeRegister,
  PASTE_COMMAND,
} from 'lexical'
import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'
import { CHOSEN, TAKE_OFFER_COMMAND } from './mend.ts'

const MAX_STEPS = 500

/** An act in two commits: beside HISTORY_PUSH_TAG on the first, and the other on the last. */
export const STEP_GOES_ON_TAG = 'throughline-step-goes-on'
export const STEP_ENDS_TAG = 'throughline-step-ends'

/**
 * Undo of what this binding wrote while `isLocal`, and nothing else: what it writes because something arrived
 * (texts that a concurrent deletion left side by side are joined) is no step of the person's. Undoing the creation of a block keeps the block while
 * anything is left in it: what a peer typed there must not go with it (facts/editor.md, item 3).
 */
export function createUndoManager(
  root: Y.XmlElement,
  origin: unknown,
  isLocal: (transaction: Y.Transaction) => boolean,
  most = MAX_STEPS,
): Y.UndoManager {
  const manager = new BoundedUndoManager(root, {
    trackedOrigins: new Set([origin, CHOSEN]),
    captureTransaction: isLocal,
    deleteFilter: (item) => {
      const type = item.content instanceof Y.ContentType ? item.content.type : null
      return !((type instanceof Y.XmlText || type instanceof Y.XmlElement) && type.length !== 0)
    },
  })
  manager.on('stack-item-added', ({ type }: { type: 'undo' | 'redo' }) => manager.shorten(type, most))
  return manager
}

/**
 * Runs `write` in a transaction of `origin`, which the manager follows. Where it throws, the answer takes back what it
 * had written: of an act of which half was written, a block that had been taken out would be gone.
 */
export function writeWhole(manager: Y.UndoManager, origin: unknown, write: () => void): (() => void) | null {
  const last = manager.undoStack.at(-1)
  let isWhole = true
  manager.doc.transact(() => {
    try {
      write()
    } catch {
      isWhole = false
      manager.stopCapturing()
    }
  }, origin)
  if (isWhole) return null
  return () => {
    if (manager.undoStack.at(-1) === last) return
    manager.undo()
    manager.clear(false, true)
  }
}

type Step = Y.UndoManager['undoStack'][number]

/**
 * Yjs holds on to what was deleted for as long as a step may bring it back, and takes the hold off where steps are
 * cleared, but then collects nothing: that is left to the next load. A note stays open for days, so here the words of
 * steps that are gone are let go at once.
 */
class BoundedUndoManager extends Y.UndoManager {
  #gone: Step[] = []

  /** Forgets the oldest steps beyond the most that are kept. */
  shorten(type: 'undo' | 'redo', most: number): void {
    const stack = type === 'undo' ? this.undoStack : this.redoStack
    if (stack.length > most) this.#release(stack.splice(0, stack.length - most))
  }

  override clear(undo = true, redo = true): void {
    const gone = [...(undo ? this.undoStack : []), ...(redo ? this.redoStack : [])]
    super.clear(undo, redo)
    this.#release(gone)
  }

  /** After the transactions under way: while they are told of, nothing of the doc may change its place. */
  #release(steps: readonly Step[]): void {
    if (steps.length === 0) return
    const isWaiting = this.#gone.length > 0
    this.#gone.push(...steps)
    if (isWaiting) return
    if (this.doc._transaction || this.doc._transactionCleanups.length > 0)
      this.doc.once('afterAllTransactions', () => this.#collect())
    else this.#collect()
  }

  #collect(): void {
    const deletions = Y.mergeDeleteSets(this.#gone.splice(0).map((step) => step.deletions))
    this.doc.transact((transaction) => {
      Y.iterateDeletedStructs(transaction, deletions, (item) => {
        // what came back leads from the words as they were to the words as they are: steps still follow it
        if (item instanceof Y.Item && item.redone === null) item.keep = false
      })
      // Before the transaction ends: then it joins what it has split, and held words take in those that are free.
      if (this.doc.gc) Y.tryGc(deletions, this.doc.store, this.doc.gcFilter)
    })
  }
}

/** Each of these is a step of its own, whatever was typed just before. */
const STEPS: readonly LexicalCommand<never>[] = [
  INSERT_PARAGRAPH_COMMAND,
  INSERT_LINE_BREAK_COMMAND,
  // Markdown that Enter turns into what it means
  KEY_ENTER_COMMAND,
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
 * typing turns into deleting and back, and around each act that has HISTORY_PUSH_TAG: Markdown that was typed and
 * became what it means, a block that was moved. Register before the listener that writes to the doc.
 */
export function registerUndoSteps(editor: LexicalEditor, manager: Y.UndoManager): Disposer {
  let wasDeleting = false
  let isDeleting = false
  let hasEnded = false
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
      const isAct = tags.has(HISTORY_PUSH_TAG)
      if (isAct || hasEnded || isDeleting !== wasDeleting) manager.stopCapturing()
      hasEnded = tags.has(STEP_ENDS_TAG) || (isAct && !tags.has(STEP_GOES_ON_TAG))
      wasDeleting = isDeleting
      isDeleting = false
    }),
  )
}
