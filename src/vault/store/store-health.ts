import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { NoteStore, StoreFault } from '../../crdt/store.ts'
import type { JournalFault } from '../../ipc/journal-port.ts'
import type { Journal } from './journal.ts'

/** How store and journal are, and what to wait for while one of them is not well. */
export class StoreHealth {
  readonly changed = new Emitter<void>()
  readonly #journal: Journal
  readonly #stops: Disposer[]
  #fault: StoreFault | null = null

  constructor(store: NoteStore, journal: Journal) {
    this.#journal = journal
    this.#stops = [
      store.onFault((fault) => {
        this.#fault = fault
        this.changed.emit()
      }),
      journal.onFault(() => this.changed.emit()),
    ]
  }

  get fault(): StoreFault | null {
    return this.#fault
  }

  get journalFault(): JournalFault | null {
    return this.#journal.fault
  }

  /** Calls once when the store fails, now or until the returned function is called. */
  whileFailing(run: () => void): Disposer {
    if (this.#fault) {
      run()
      return () => {}
    }
    const stop = this.changed.on(() => {
      if (!this.#fault) return
      stop()
      run()
    })
    return stop
  }

  /** Settles with `work`, or when the store fails meanwhile: `work` then ends when it can. */
  orFailing(work: Promise<unknown>): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.whileFailing(resolve)
      work.then(() => resolve(), reject).finally(stop)
    })
  }

  /** Settles with `work`, or while the journal fails. */
  async orJournalFault(work: Promise<unknown>): Promise<void> {
    if (this.#journal.fault) return
    await new Promise<void>((resolve, reject) => {
      const stop = this.#journal.onFault((fault) => fault && resolve())
      work.then(() => resolve(), reject).finally(stop)
    })
  }

  end(): void {
    for (const stop of this.#stops) stop()
  }
}
