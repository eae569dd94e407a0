import type { Disposer } from '../../core/base/disposable.ts'
import type { LossLedger } from '../../crdt/losses/ledger.ts'
import { mendOffers } from '../../crdt/losses/offers.ts'

/** Where what is put back by itself comes from; no step of the person's. */
export const MEND = Symbol('mend')

/**
 * Mends by itself what is beyond doubt, at the side whose words they are: words that it wrote and that lost their
 * element go back beside the nearest word that stood beside them in it; of a text that two moved at once, one copy
 * stays. Everything else is offered. There is no to and fro: only one side has written a word, and every side
 * keeps the same copy.
 */
export function registerMending(ledger: LossLedger): Disposer {
  let isDue = false
  const stop = ledger.changed.on(() => {
    isDue = true
  })
  const onEnd = () => {
    if (!isDue) return
    isDue = false
    mendOffers(ledger, MEND)
  }
  ledger.doc.on('afterAllTransactions', onEnd)
  return () => {
    stop()
    ledger.doc.off('afterAllTransactions', onEnd)
  }
}
