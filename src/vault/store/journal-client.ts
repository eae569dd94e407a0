import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { FromJournal, JournalFault, JournalRecord, ToJournal } from '../../ipc/journal-port.ts'
import { fromJournalShape } from '../../ipc/journal-port.ts'
import type { Port } from '../../ipc/port.ts'
import type { Journal } from './journal.ts'

/** What may be on its way before an import waits, bytes. */
const ROOM = 8 * 1024 * 1024
/** One message, bytes: main answers others between two of them. */
const MESSAGE = 4 * 1024 * 1024

type Waiting = { readonly upTo: number; readonly resolve: () => void }

/**
 * The journal behind a port to main. Numbers are given here, from the one that main says it has; what is
 * appended before main has said so waits in memory. A port is one life of the host: what main was sent and
 * has not written it keeps itself, so nothing is ever sent twice.
 */
export class JournalClient implements Journal {
  readonly opened: Promise<number>
  readonly #port: Port
  readonly #faults = new Emitter<JournalFault | null>()
  /** Set with `opened`. */
  #base: number | null = null
  /** Handed over by callers, and sent. */
  #count = 0
  #sent = 0
  #queue: JournalRecord[] = []
  #isSending = false
  #written = 0
  #synced = 0
  #fault: JournalFault | null = null
  readonly #forWritten = new Set<Waiting>()
  readonly #forSynced = new Set<Waiting>()
  /** Sizes of what was sent and is not written: the record's number, then bytes. */
  #underway: { readonly upTo: number; readonly bytes: number }[] = []
  #bytes = 0
  #forRoom: (() => void)[] = []

  constructor(port: Port) {
    this.#port = port
    let setOpened: (last: number) => void = () => {}
    this.opened = new Promise((resolve) => {
      setOpened = resolve
    })
    port.onMessage((data) => {
      const message = fromJournalShape.safeParse(data)
      if (message.success) this.#take(message.data, setOpened)
    })
    // Main is gone, and this process goes with it: nothing more will be written.
    port.onClose(() => this.#setFault('broken'))
  }

  get count(): number {
    return this.#count
  }

  get written(): number {
    return this.#written
  }

  get fault(): JournalFault | null {
    return this.#fault
  }

  onFault(listener: (fault: JournalFault | null) => void): Disposer {
    return this.#faults.on(listener)
  }

  append(records: readonly JournalRecord[]): void {
    if (records.length === 0) return
    for (const record of records) this.#queue.push(record)
    this.#count += records.length
    if (this.#isSending) return
    this.#isSending = true
    queueMicrotask(() => {
      this.#isSending = false
      this.#send()
    })
  }

  whenWritten(count = this.#count): Promise<void> {
    return this.#when(count, () => this.#written, this.#forWritten)
  }

  whenSynced(count = this.#count): Promise<void> {
    return this.#when(count, () => this.#synced, this.#forSynced)
  }

  async room(): Promise<void> {
    if (this.#bytes <= ROOM || this.#fault) return
    await new Promise<void>((resolve) => this.#forRoom.push(resolve))
  }

  async #when(count: number, reached: () => number, waiting: Set<Waiting>): Promise<void> {
    const upTo = (await this.opened) + count
    if (reached() >= upTo) return
    await new Promise<void>((resolve) => waiting.add({ upTo, resolve }))
  }

  #send(): void {
    if (this.#base === null) return
    while (this.#queue.length > 0) {
      const records: JournalRecord[] = []
      let bytes = 0
      for (const record of this.#queue) {
        if (records.length > 0 && bytes + record.bytes.length > MESSAGE) break
        records.push(record)
        bytes += record.bytes.length
      }
      this.#queue = this.#queue.slice(records.length)
      this.#port.post({ first: this.#base + this.#sent + 1, records } satisfies ToJournal)
      this.#sent += records.length
      this.#bytes += bytes
      this.#underway.push({ upTo: this.#base + this.#sent, bytes })
    }
  }

  #take(message: FromJournal, setOpened: (last: number) => void): void {
    if ('opened' in message) {
      if (this.#base !== null) return
      this.#base = message.opened
      this.#written = message.opened
      this.#synced = message.opened
      setOpened(message.opened)
      this.#send()
    } else if ('written' in message) {
      this.#written = Math.max(this.#written, message.written)
      settle(this.#forWritten, this.#written)
      while (this.#underway[0] && this.#underway[0].upTo <= this.#written) {
        this.#bytes -= this.#underway.shift()?.bytes ?? 0
      }
      if (this.#bytes <= ROOM) this.#giveRoom()
    } else if ('synced' in message) {
      this.#synced = Math.max(this.#synced, message.synced)
      settle(this.#forSynced, this.#synced)
    } else {
      this.#setFault(message.fault)
    }
  }

  #setFault(fault: JournalFault | null): void {
    if (fault === this.#fault) return
    this.#fault = fault
    if (fault) this.#giveRoom()
    this.#faults.emit(fault)
  }

  #giveRoom(): void {
    for (const resolve of this.#forRoom.splice(0)) resolve()
  }
}

function settle(waiting: Set<Waiting>, reached: number): void {
  for (const one of waiting) {
    if (one.upTo > reached) continue
    waiting.delete(one)
    one.resolve()
  }
}
