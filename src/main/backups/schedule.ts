import type { Disposer } from '../../core/base/disposable.ts'
import type { VaultId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { errorCode, type Logger } from '../log.ts'
import type { Place } from './archives.ts'

export type ScheduleOptions = {
  readonly vaults: () => readonly VaultId[]
  /** Whether the person wants daily archives. */
  readonly isOn: () => boolean
  readonly hasSecond: () => boolean
  readonly isDue: (vault: VaultId, place: Place) => Promise<boolean>
  readonly make: (vault: VaultId, place: Place, signal: AbortSignal) => Promise<void>
  /** What else is to be done when everything is archived: owed purges, the monthly rehearsal. */
  readonly afterwards: (signal: AbortSignal, isIdle: () => boolean) => Promise<void>
  /** How long nobody has written and no job has run, ms. */
  readonly idleMs: () => number
  readonly after: (ms: number, run: () => void) => Disposer
  readonly log: Logger
}

const HOUR_MS = 60 * 60_000
/** Nobody waits for it, and the start has other things to do. */
const FIRST_MS = 90_000
export const IDLE_MS = 60_000

/** Looks every hour whether an archive is due, and makes it when nobody has written for a minute. */
export class BackupSchedule {
  readonly #options: ScheduleOptions
  #cancel: Disposer | null = null
  #abort = new AbortController()
  #isRunning = false
  #isStopped = false

  constructor(options: ScheduleOptions) {
    this.#options = options
    this.#plan(FIRST_MS)
  }

  /** As soon as everybody is idle: a second disk was chosen, or the vault is new. */
  soon(): void {
    if (!this.#isRunning) this.#plan(Math.max(0, IDLE_MS - this.#options.idleMs()))
  }

  /** What is being written is given up. */
  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
    this.#abort.abort()
  }

  #plan(ms: number): void {
    this.#cancel?.()
    if (this.#isStopped) return
    this.#cancel = this.#options.after(ms, () => void this.#look())
  }

  async #look(): Promise<void> {
    this.#isRunning = true
    let next = HOUR_MS
    try {
      if (!(await this.#makeAll())) next = this.#wait()
    } catch (error) {
      this.#options.log.warn('backups.not-looked', { code: errorCode(error) })
    } finally {
      this.#isRunning = false
      this.#plan(next)
    }
  }

  /** False where it was somebody’s turn and somebody was writing. */
  async #makeAll(): Promise<boolean> {
    const { isOn, vaults, hasSecond, isDue, make, afterwards, log } = this.#options
    const { signal } = this.#abort
    // Switched off, none is made; what is owed to those that there are (a purge, a rehearsal) is still done.
    for (const vault of isOn() ? vaults() : []) {
      for (const place of hasSecond() ? (['here', 'second'] as const) : (['here'] as const)) {
        try {
          if (!(await isDue(vault, place))) continue
          if (!this.#isIdle()) return false
          await make(vault, place, signal)
        } catch (error) {
          // One vault, or one disk, must not keep the others from their archives.
          if (signal.aborted) return true
          if (error instanceof CallError && ['cancelled', 'busy'].includes(error.code)) return false
          log.warn('backup.not-made', { place, code: error instanceof CallError ? error.code : errorCode(error) })
        }
      }
    }
    await afterwards(signal, () => this.#isIdle())
    return true
  }

  #isIdle(): boolean {
    return this.#options.idleMs() >= IDLE_MS
  }

  #wait(): number {
    return Math.max(1000, IDLE_MS - this.#options.idleMs())
  }
}
