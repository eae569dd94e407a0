import type { Day } from '../../core/base/calendar-day.ts'
import type { LogEntry } from '../../core/commitment/entry.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import type { LedgerItem } from '../../core/commitment/ledger.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import type { Output } from '../../ipc/rpc.ts'

export type LedgerRow = Output<typeof indexContract, 'ledger'>['items'][number]

/** A commitment as every list shows it, with the log that its words come from. */
export type Commitment = LedgerItem & { readonly path: string; readonly entries: readonly LogEntry[] }

type Known = { readonly row: LedgerRow; readonly signature: string }
type Read = { readonly today: Day; readonly commitment: Commitment }

/**
 * Reads what the index answers, and nothing twice: most changes of an index change no commitment, some change one, and
 * reading thousands of logs takes a window's thread some tenths of a second.
 */
export class CommitmentReader {
  #rows: readonly LedgerRow[] = []
  #known = new Map<string, Known>()
  readonly #readings = new WeakMap<LedgerRow, Read>()

  /** The rows of an answer; a row that says the same is the same object again, and so is the list. */
  take(answer: readonly LedgerRow[]): readonly LedgerRow[] {
    const next = new Map<string, Known>()
    const rows = answer.map((row) => {
      const signature = JSON.stringify(row)
      const before = this.#known.get(row.id)
      const kept = before?.signature === signature ? before : { row, signature }
      next.set(row.id, kept)
      return kept.row
    })
    this.#known = next
    const isSame = rows.length === this.#rows.length && rows.every((row, at) => row === this.#rows[at])
    if (!isSame) this.#rows = rows
    return this.#rows
  }

  read(row: LedgerRow, today: Day): Commitment {
    const before = this.#readings.get(row)
    if (before?.today === today) return before.commitment
    const { properties, entries, ...rest } = row
    const facts = readFacts(properties)
    const reading = readCommitment(facts, entries, today)
    const commitment = { ...rest, entries, facts, reading, log: entries.length }
    this.#readings.set(row, { today, commitment })
    return commitment
  }
}
