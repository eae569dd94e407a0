import { describe, expect, it } from 'vitest'
import { openDraft, reviewDraft } from './acts.ts'
import type { LogEntry } from './entry.ts'
import { readFacts } from './facts.ts'
import { headsOf } from './order.ts'
import { readCommitment } from './reading.ts'

const FACTS = readFacts([
  { key: 'due', value: '2026-03-31' },
  { key: 'review_every', value: '2w' },
])

describe('a commitment that is reviewed', () => {
  it('G16 says which review is due, and the next one once an entry answered it', () => {
    const log: LogEntry[] = []
    const append = (at: string, draft: Pick<LogEntry, 'type' | 'text' | 'details'>) =>
      log.push({ id: `log-${log.length}`, at, author: '', device: '', sees: headsOf(log), ...draft })
    append('2026-02-17', openDraft({ text: 'Two teams', facts: FACTS, today: '2026-02-17' }))
    const at = (today: string) => readCommitment(FACTS, log, today)
    expect(at('2026-03-02').review).toMatchObject({ on: '2026-03-03', isDue: false, number: 1, of: 3, missed: 0 })
    expect(at('2026-03-03').review).toMatchObject({ isDue: true })
    const answer = { so: 'proceed', text: 'Kept going', cites: 'none', towards: 'proceed' } as const
    append('2026-03-03', reviewDraft(answer, FACTS, at('2026-03-03'), '2026-03-03'))
    expect(at('2026-03-17').review).toEqual({
      ...{ on: '2026-03-17', isDue: true, number: 2, of: 3, missed: 0, since: '2026-03-03', start: '2026-02-17' },
    })
    expect(at('2026-03-17').marks).toEqual({ proceed: 1, pivot: 0 })
  })
})
