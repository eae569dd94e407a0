import { noteId } from '../../core/base/ids.ts'
import type { LogEntry } from '../../core/commitment/entry.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import type { Commitment } from './ledger.ts'

export const TODAY = '2026-11-23'

type Said = Partial<Omit<LogEntry, 'type'>> & { readonly type: string }

/** A log in which each entry saw the one before, unless it says otherwise. */
export const entries = (said: readonly Said[]): LogEntry[] =>
  said.map((entry, at) => ({
    id: `log-${at}`,
    at: '',
    author: '',
    device: '',
    text: '',
    sees: at === 0 ? [] : [`log-${at - 1}`],
    details: {},
    ...entry,
  }))

/** A commitment as the views have it. */
export function commitment({
  title = 'Pair',
  facts = {},
  log = [],
  restsOn = { for: 1, against: 0 },
}: {
  title?: string
  facts?: Readonly<Record<string, string | number>>
  log?: readonly Said[]
  restsOn?: { for: number; against: number }
} = {}): Commitment {
  const read = readFacts(Object.entries(facts).map(([key, value]) => ({ key, value })))
  const all = entries(log)
  return {
    id: noteId(`note-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`),
    title,
    path: `${title}.md`,
    facts: read,
    entries: all,
    reading: readCommitment(read, all, TODAY),
    restsOn,
    log: all.length,
  }
}
