import { readFacts } from '../../../core/commitment/facts.ts'
import type { LedgerItem } from '../../../core/commitment/ledger.ts'
import { readCommitment } from '../../../core/commitment/reading.ts'
import { useIndex } from '../../platform/use-live.ts'

export type LedgerRow = LedgerItem

/** Every commitment of the vault as it stands on a day; null while that is not known. */
export function useLedgerRows(today: string): readonly LedgerRow[] | null {
  const { data } = useIndex('ledger', (index) => index.call('ledger', {}))
  if (!data) return null
  return data.items.map(({ id, title, properties, entries, restsOn }) => {
    const facts = readFacts(properties)
    return { id, title, facts, reading: readCommitment(facts, entries, today), restsOn, log: entries.length }
  })
}
