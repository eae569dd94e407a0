import type { Disposer } from '../../core/base/disposable.ts'
import type { JournalFault, JournalRecord } from '../../ipc/journal-port.ts'

/** The journal as the store sees it: something that takes records and says how far they have come. */
export interface Journal {
  /** The number of the last record that was there before this side wrote any; 0 in an empty journal. */
  readonly opened: Promise<number>
  /** How many records this side has handed over. */
  readonly count: number
  /** The number of the last record that outlives this program; 0 until it is known. */
  readonly written: number
  /** Numbered in the order of the calls and sent in the same turn. Never throws and never waits. */
  append(records: readonly JournalRecord[]): void
  /** The first `count` records of this side outlive the program; by default all of them. Stays open while it cannot. */
  whenWritten(count?: number): Promise<void>
  /** The same, and they outlive the power. */
  whenSynced(count?: number): Promise<void>
  /** Settles when no more than a few MB wait to be written, or at once while nothing can be written. */
  room(): Promise<void>
  readonly fault: JournalFault | null
  onFault(listener: (fault: JournalFault | null) => void): Disposer
}
