import type { LexicalEditor } from 'lexical'
import type { Doc } from 'yjs'
import type { NoteId } from '../../../../core/base/ids.ts'
import { LossLedger } from '../../../../crdt/losses/ledger.ts'
import { readOffers } from '../../../../crdt/losses/offers.ts'
import { LEAVE_OFFER_COMMAND, TAKE_OFFER_COMMAND } from '../../../../editor/session/mend.ts'

/** Notes that are not on the screen and have something open; the oldest goes. In memory: nothing outlives the window. */
const MAX_KEPT = 20
const kept = new Map<NoteId, LossLedger>()

/** The note's ledger from when it was shown last, or a new one. */
export function ledgerFor(id: NoteId, doc: Doc): LossLedger {
  const former = kept.get(id)
  kept.delete(id)
  if (!former) return new LossLedger(doc)
  former.attach(doc)
  return former
}

/** Before its doc goes. */
export function keepLedger(id: NoteId, ledger: LossLedger): void {
  ledger.dispose()
  if (readOffers(ledger).length === 0) return
  kept.set(id, ledger)
  const [oldest] = kept.keys()
  if (kept.size > MAX_KEPT && oldest) kept.delete(oldest)
}

const byEditor = new WeakMap<LexicalEditor, LossLedger>()

export const setLosses = (editor: LexicalEditor, ledger: LossLedger): void => void byEditor.set(editor, ledger)
export const lossesOf = (editor: LexicalEditor): LossLedger | undefined => byEditor.get(editor)

/** Editors whose offers are on the screen. */
const shown = new Map<NoteId, LexicalEditor>()

export function showLosses(id: NoteId, editor: LexicalEditor): () => void {
  shown.set(id, editor)
  return () => {
    if (shown.get(id) === editor) shown.delete(id)
  }
}

/** Settles the first offer of the note, where it has one. */
export function settleFirst(id: NoteId, how: 'take' | 'leave'): void {
  const editor = shown.get(id)
  const ledger = editor && lossesOf(editor)
  const [offer] = ledger ? readOffers(ledger) : []
  if (editor && offer) editor.dispatchCommand(how === 'take' ? TAKE_OFFER_COMMAND : LEAVE_OFFER_COMMAND, offer.key)
}
