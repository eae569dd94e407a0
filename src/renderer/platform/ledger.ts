import { useEffect } from 'react'
import { create } from 'zustand'
import type { Day } from '../../core/base/calendar-day.ts'
import type { LogEntry } from '../../core/commitment/entry.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { type LedgerItem, ledgerOf } from '../../core/commitment/ledger.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import type { Output } from '../../ipc/rpc.ts'
import { useSession } from '../state/session.ts'
import { useClients } from './clients.ts'
import { LiveQuery } from './live-query.ts'
import { paced } from './paced.ts'
import { useToday } from './use-today.ts'

type Item = Output<typeof indexContract, 'ledger'>['items'][number]

/** A commitment as every list shows it, with the log that its words come from. */
export type Commitment = LedgerItem & { readonly path: string; readonly entries: readonly LogEntry[] }
type Folded = ReturnType<typeof ledgerOf<Commitment>>
export type Ledger = Folded & { readonly today: Day; readonly me: string; readonly all: readonly Commitment[] }

/** Somebody who types in a commitment changes the index many times a second. */
const FOLLOW_MS = 500

type Answered = { readonly items: readonly Item[] | null; readonly signature: string }
const useAnswer = create<Answered>(() => ({ items: null, signature: '' }))

let users = 0
let stop = () => {}

/** One question for all who show commitments, asked again when the index changes. */
function follow(): () => void {
  const query = new LiveQuery<readonly Item[]>(({ data }) => {
    if (!data) return
    const signature = JSON.stringify(data)
    // Most changes of an index change no commitment, and then no view has to fold thousands of logs again.
    if (signature !== useAnswer.getState().signature) useAnswer.setState({ items: data, signature })
  })
  let isEnded = false
  const ask = paced(() => {
    const { index, indexRevision } = useClients.getState()
    if (isEnded) return
    query.update(index && (async () => (await index.call('ledger', {})).items), 'ledger', indexRevision)
  }, FOLLOW_MS)
  ask()
  const unsubscribe = useClients.subscribe(({ index, indexRevision }, before) => {
    if (index !== before.index || indexRevision !== before.indexRevision) ask()
  })
  return () => {
    isEnded = true
    unsubscribe()
    query.end()
  }
}

type Asked = {
  readonly items: readonly Item[]
  readonly today: Day
  readonly me: string
  readonly limit: number | null
}
let last: { readonly asked: Asked; readonly ledger: Ledger } | null = null

/** The same answer for everybody who asks the same: several views show it at once. */
function fold(asked: Asked): Ledger {
  const before = last?.asked
  const isSame = (Object.keys(asked) as (keyof Asked)[]).every((key) => before?.[key] === asked[key])
  if (last && isSame) return last.ledger
  const { items, today, me, limit } = asked
  const all = items.map(({ properties, entries, ...item }): Commitment => {
    const facts = readFacts(properties)
    return { ...item, entries, facts, reading: readCommitment(facts, entries, today), log: entries.length }
  })
  const ledger = { ...ledgerOf(all, { me, limit, today }), today, me, all }
  last = { asked, ledger }
  return ledger
}

/** Every commitment of the vault, read by one fold and put where it belongs; null until the index has answered. */
export function useLedger(): Ledger | null {
  useEffect(() => {
    if (users++ === 0) stop = follow()
    return () => {
      if (--users === 0) stop()
    }
  }, [])
  const items = useAnswer((answered) => answered.items)
  const today = useToday()
  const me = useSession(({ settings }) => settings.personName)
  const limit = useSession(({ settings }) => settings.inProgressLimit)
  return items && fold({ items, today, me, limit })
}
