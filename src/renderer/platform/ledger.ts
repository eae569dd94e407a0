import { useEffect } from 'react'
import { create } from 'zustand'
import type { Day } from '../../core/base/calendar-day.ts'
import { ledgerOf } from '../../core/commitment/ledger.ts'
import type { Status } from '../../core/commitment/status.ts'
import { useSession } from '../state/session.ts'
import { useClients } from './clients.ts'
import { type Commitment, CommitmentReader, type LedgerRow } from './commitment-reader.ts'
import { LiveQuery } from './live-query.ts'
import { paced } from './paced.ts'
import { useToday } from './use-today.ts'

export type { Commitment } from './commitment-reader.ts'

type Folded = ReturnType<typeof ledgerOf<Commitment>>
export type Ledger = Folded & {
  readonly today: Day
  readonly me: string
  readonly all: readonly Commitment[]
  readonly statuses: ReadonlyMap<string, Status>
}

/** Somebody who types in a commitment changes the index many times a second. */
const FOLLOW_MS = 500

const useAnswer = create<{ readonly rows: readonly LedgerRow[] | null }>(() => ({ rows: null }))
const reader = new CommitmentReader()

let users = 0
let stop = () => {}

/** One question for all who show commitments, asked again when the index changes. */
function follow(): () => void {
  const query = new LiveQuery<readonly LedgerRow[]>(({ data }) => {
    if (data) useAnswer.setState({ rows: reader.take(data) })
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
  readonly rows: readonly LedgerRow[]
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
  const { rows, today, me, limit } = asked
  const all = rows.map((row) => reader.read(row, today))
  const statuses = new Map(all.map(({ id, reading }) => [id, reading.status]))
  const ledger = { ...ledgerOf(all, { me, limit, today }), today, me, all, statuses }
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
  const rows = useAnswer((answered) => answered.rows)
  const today = useToday()
  const me = useSession(({ settings }) => settings.personName)
  const limit = useSession(({ settings }) => settings.inProgressLimit)
  return rows && fold({ rows, today, me, limit })
}

/** What became of a commitment, as every list has it; null of another note, and while it is not known yet. */
export const useStatus = (id: string): Status | null => useLedger()?.statuses.get(id) ?? null
