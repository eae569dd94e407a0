import { COMMAND_PRIORITY_EDITOR, createCommand, type LexicalCommand, type LexicalEditor, mergeRegister } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import type { LossLedger } from '../../crdt/losses/ledger.ts'
import { acceptOffer, leaveOffer, mendOffers } from '../../crdt/losses/offers.ts'

/** Where what is put back by itself comes from; no step of the person's. */
export const MEND = Symbol('mend')
/** Where what somebody chose comes from: a step of theirs. */
export const CHOSEN = Symbol('chosen')

/** Takes an offer (crdt/losses) by its key: words go back to their place, of what stands twice one stays. */
export const TAKE_OFFER_COMMAND: LexicalCommand<string> = createCommand('TAKE_OFFER_COMMAND')
/** Leaves everything as it is, for everybody. */
export const LEAVE_OFFER_COMMAND: LexicalCommand<string> = createCommand('LEAVE_OFFER_COMMAND')

/**
 * Puts back by itself what this side wrote and what lost its element, beside the nearest word that stood beside it
 * in there. Everything else is offered. There is no to and fro: only one side has written a word.
 */
export function registerMending(editor: LexicalEditor, ledger: LossLedger): Disposer {
  let isDue = false
  const stop = ledger.changed.on(() => {
    isDue = true
  })
  const { doc } = ledger
  const onEnd = () => {
    if (ledger.hasUntold) doc.transact(() => ledger.tellThinned(), MEND)
    if (!isDue) return
    isDue = false
    mendOffers(ledger, MEND)
  }
  doc.on('afterAllTransactions', onEnd)
  return mergeRegister(
    stop,
    () => doc.off('afterAllTransactions', onEnd),
    editor.registerCommand(TAKE_OFFER_COMMAND, (key) => acceptOffer(ledger, key, CHOSEN), COMMAND_PRIORITY_EDITOR),
    editor.registerCommand(LEAVE_OFFER_COMMAND, (key) => leaveOffer(ledger, key, MEND), COMMAND_PRIORITY_EDITOR),
  )
}
