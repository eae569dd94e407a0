import { syncYjsChangesToLexicalV2__EXPERIMENTAL } from '@lexical/yjs'
import { $getRoot } from 'lexical'
import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'
import { holdsForeign } from './foreign.ts'
import type { Scheduler } from './guard.ts'
import { type Bound, bind, createNoteSession, type NoteSession, type NoteSessionOptions } from './note-session.ts'

/** More than a screen holds. */
const FIRST_BLOCKS = 40
const FEWEST_BLOCKS = 10
/** A slice takes about so long, by what the one before it took: half of what a frame may wait. */
const SLICE_MS = 16

/**
 * Opens a long note a slice of its blocks at a time, each in a task of its own by `later`, so that the page answers in
 * between. Until the last block is there nobody can write and nothing listens: an editor that holds half of a note
 * would write that the rest is gone. Whatever is to happen to the doc before then (somebody else's edit) has the rest
 * loaded first, at once. The disposer gives up what is not whole; the session that `onWhole` gets is its owner's.
 */
export function openInSlices(
  options: NoteSessionOptions,
  later: Scheduler,
  onWhole: (session: NoteSession) => void,
): Disposer {
  const { doc, editor } = options
  const bound = bind(options)
  const { root } = bound.binding
  const slices = new Slices(bound, options)
  let cancel: (() => void) | undefined
  let isDone = false

  const stop = () => {
    isDone = true
    cancel?.()
    doc.off('beforeTransaction', finish)
  }
  const give = () => {
    stop()
    // a block that could not be made: the session loads anew, and its guard says what it is
    const isWhole = editor.getEditorState().read(() => $getRoot().getChildrenSize()) === root.length
    if (!isWhole) bound.provider.dispose()
    onWhole(createNoteSession(isWhole ? { ...options, bound } : options))
  }
  const finish = () => {
    if (isDone || slices.isWriting) return
    slices.show(root.length)
    give()
  }
  const goOn = () => {
    slices.show(slices.next())
    cancel = later(slices.shown < root.length ? goOn : give)
  }
  editor.setEditable(false)
  doc.on('beforeTransaction', finish)
  if (holdsForeign(root)) give()
  else goOn()

  return () => {
    if (isDone) return
    stop()
    bound.provider.dispose()
    bound.binding.mapping.clear()
  }
}

/** Shows the first blocks of a note, more with each call, by the way in which the binding takes what was added. */
class Slices {
  readonly #bound: Bound
  readonly #doc: Y.Doc
  /** The root as if it ended after the blocks that are shown. */
  readonly #part: Y.XmlElement
  shown = 0
  /** The binding asks for a transaction; this one changes nothing. */
  isWriting = false
  /** How many the last slice had, and what each of them took; before the first, such that it has its number. */
  #former = FIRST_BLOCKS
  #msOfBlock = SLICE_MS / FIRST_BLOCKS

  constructor(bound: Bound, { doc }: NoteSessionOptions) {
    this.#bound = bound
    this.#doc = doc
    const { root } = bound.binding
    this.#part = Object.create(root, { toArray: { value: () => root.slice(0, this.shown) } })
  }

  next(): number {
    const fitting = Math.floor(SLICE_MS / this.#msOfBlock)
    return this.shown + Math.max(FEWEST_BLOCKS, Math.min(fitting, 2 * this.#former))
  }

  show(count: number): void {
    const { binding, provider } = this.#bound
    const { root } = binding
    const started = performance.now()
    const former = this.shown
    this.shown = Math.min(count, root.length)
    this.#former = this.shown - former
    // the last slice is the root's own: from then on it is what the binding knows
    const isLast = this.shown === root.length
    if (isLast) binding.mapping.delete(this.#part)
    const wasWriting = this.isWriting
    this.isWriting = true
    this.#doc.transact((transaction) => {
      const events = [new Added(isLast ? root : this.#part, transaction)] as unknown as Y.YEvent<Y.XmlElement>[]
      syncYjsChangesToLexicalV2__EXPERIMENTAL(binding, provider, events, transaction, false)
    }, binding)
    this.isWriting = wasWriting
    this.#msOfBlock = Math.max(performance.now() - started, 0.01) / Math.max(this.#former, 1)
  }
}

/** Says that children came to an element; which ones, the binding finds out by itself. */
class Added extends Y.YXmlEvent {
  constructor(target: Y.XmlElement, transaction: Y.Transaction) {
    super(target, new Set([null]), transaction)
  }

  override get delta() {
    return []
  }
}
