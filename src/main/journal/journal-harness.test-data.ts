import type { FromJournal, JournalFault } from '../../ipc/journal-port.ts'
import { createRandom, type Random } from '../../testing/random.ts'
import type { Logger } from '../log.ts'
import { compact } from './compact.ts'
import type { JournalDisk } from './disk.ts'
import { FaultyDisk } from './faulty-disk.test-data.ts'
import { Journal } from './journal.ts'

export const FOLDER = '/profile/vaults/v/journal'
export const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

/** Timers that run when a test says so. */
export class Timers {
  #waiting = new Set<{ ms: number; run: () => void }>()

  readonly after = (ms: number, run: () => void): (() => void) => {
    const one = { ms, run }
    this.#waiting.add(one)
    return () => this.#waiting.delete(one)
  }

  /** Runs those that would be due within a time. */
  pass(ms: number): void {
    for (const one of [...this.#waiting]) if (one.ms <= ms && this.#waiting.delete(one)) one.run()
  }
}

export type Opened = {
  readonly journal: Journal
  readonly timers: Timers
  readonly told: FromJournal[]
  readonly seen: { written: number; synced: number; fault: JournalFault | null }
}

export async function openJournal(disk: JournalDisk, folder = FOLDER): Promise<Opened> {
  const timers = new Timers()
  const journal = await Journal.open({
    folder,
    disk,
    log: silent,
    compact: (job) => compact(disk, job),
    after: timers.after,
  })
  const told: FromJournal[] = []
  const seen: Opened['seen'] = { written: journal.last, synced: journal.last, fault: null }
  journal.told.on((message) => {
    told.push(message)
    if ('written' in message) seen.written = message.written
    if ('synced' in message) seen.synced = message.synced
    if ('fault' in message) seen.fault = message.fault
  })
  return { journal, timers, told, seen }
}

export const faultyDisk = (random: Random = createRandom(1)): FaultyDisk => new FaultyDisk(random)

/** Lets everything run that waits for nothing but promises. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 60; i++) await Promise.resolve()
}
