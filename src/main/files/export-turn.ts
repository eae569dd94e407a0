import { CallError } from '../../ipc/rpc.ts'
import type { AppWindow } from '../app/app-window.ts'
import { inTime } from '../app/patience.ts'

/** Copies that a window has made: one at a time, whatever they are made as, and ended by one call. */
export class ExportTurn {
  readonly #window: Pick<AppWindow, 'flush'>
  #abort: AbortController | null = null

  constructor(window: Pick<AppWindow, 'flush'>) {
    this.#window = window
  }

  /** Fails with `busy`. What is still in the window is stored first; one that does not answer holds it up no longer. */
  async alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#abort)
      throw new CallError('busy', 'A copy of this vault is being written already. Wait until it is done, or stop it.')
    const abort = new AbortController()
    this.#abort = abort
    try {
      await inTime(this.#window.flush())
      return await work(abort.signal)
    } finally {
      this.#abort = null
    }
  }

  cancel(): void {
    this.#abort?.abort()
  }
}
