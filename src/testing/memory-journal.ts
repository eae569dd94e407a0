import { type FromJournal, type JournalFault, toJournalShape } from '../ipc/journal-port.ts'
import type { Port } from '../ipc/port.ts'
import type { MemoryKeeper } from './memory-keeper.ts'

/** Main's end of the journal port, on the journal of a MemoryKeeper. */
export class MemoryJournal {
  readonly #keeper: MemoryKeeper
  readonly #port: Port
  #fault: JournalFault | null = null
  #waiting: unknown[] = []

  constructor(keeper: MemoryKeeper, port: Port) {
    this.#keeper = keeper
    this.#port = port
    this.#post({ opened: keeper.journal.length })
    port.onMessage((data) => {
      if (this.#fault) this.#waiting.push(data)
      else this.#write(data)
    })
  }

  fail(fault: JournalFault): void {
    this.#fault = fault
    this.#post({ fault })
  }

  resume(): void {
    this.#fault = null
    for (const data of this.#waiting.splice(0)) this.#write(data)
    this.#post({ fault: null })
  }

  #write(data: unknown): void {
    const { first, records } = toJournalShape.parse(data)
    const { journal } = this.#keeper
    if (first > journal.length + 1) throw new Error(`a gap before record ${first}`)
    for (const [index, record] of records.entries()) {
      if (first + index > journal.length) journal.push(record)
    }
    this.#post({ written: journal.length })
    this.#post({ synced: journal.length })
  }

  #post(message: FromJournal): void {
    this.#port.post(message)
  }
}
