import { useEffect, useRef, useState } from 'react'
import type { Client, Contract } from '../../ipc/rpc.ts'
import { type IndexClient, useClients, type VaultClient } from './clients.ts'
import { type Answer, LiveQuery } from './live-query.ts'
import { sharing } from './shared-calls.ts'

export type Live<T> = {
  /** The last answer for this key; null before the first. Kept while a newer one is under way. */
  readonly data: T | null
  /** An expected failure of the last call, by code; null when it went well. */
  readonly failed: string | null
}

const NOTHING: Live<never> = { data: null, failed: null }

type Clients = ReturnType<typeof useClients.getState>
type Revision = 'vaultRevision' | 'structureRevision' | 'historyRevision' | 'indexRevision'

/** Between two changes of what is asked about. */
const momentOf = (clients: Clients, revision: Revision) => `${revision} ${clients[revision]}`

/** Draws its component anew only where an answer differs: while somebody types, revisions grow several times a second. */
function useLive<C extends Contract, T>(
  key: string | null,
  load: (client: Client<C>) => Promise<T>,
  clientOf: (clients: Clients) => Client<C> | null,
  revision: Revision,
): Live<T> {
  const [answer, setAnswer] = useState<Answer<T> | null>(null)
  const [query] = useState(() => new LiveQuery<T>(setAnswer))
  const latest = useRef(load)
  latest.current = load
  // biome-ignore lint/correctness/useExhaustiveDependencies: which client and which revision stay the same
  useEffect(() => {
    const ask = () => {
      const clients = useClients.getState()
      const client = clientOf(clients)
      const asked = client && sharing(client, momentOf(clients, revision))
      query.update(asked && key !== null ? () => latest.current(asked) : null, key ?? '', clients[revision])
    }
    ask()
    return useClients.subscribe((clients, former) => {
      if (clients[revision] !== former[revision] || clientOf(clients) !== clientOf(former)) ask()
    })
  }, [query, key])
  useEffect(() => () => query.end(), [query])
  return answer?.key === key ? answer : NOTHING
}

const vaultOf = ({ vault }: Clients) => vault
const indexOf = ({ index }: Clients) => index

/** A question about one note, asked again whenever anything in the vault changes. A null key asks nothing. */
export function useVault<T>(key: string | null, load: (vault: VaultClient) => Promise<T>): Live<T> {
  return useLive(key, load, vaultOf, 'vaultRevision')
}

/** Asks what `useVault` will ask in a moment. */
export function foresee(ask: (vault: VaultClient) => Promise<unknown>): void {
  const clients = useClients.getState()
  if (clients.vault) ask(sharing(clients.vault, momentOf(clients, 'vaultRevision'))).catch(() => {})
}

/** A question about many notes or folders, asked again when a list of them would show something else. */
export function useVaultList<T>(key: string | null, load: (vault: VaultClient) => Promise<T>): Live<T> {
  return useLive(key, load, vaultOf, 'structureRevision')
}

/** A question about versions or big changes, asked again when they change. */
export function useVaultHistory<T>(key: string | null, load: (vault: VaultClient) => Promise<T>): Live<T> {
  return useLive(key, load, vaultOf, 'historyRevision')
}

/** A question to the index, asked again when the index changes. */
export function useIndex<T>(key: string | null, load: (index: IndexClient) => Promise<T>): Live<T> {
  return useLive(key, load, indexOf, 'indexRevision')
}
