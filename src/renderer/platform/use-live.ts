import { useEffect, useState } from 'react'
import { type IndexClient, useClients, type VaultClient } from './clients.ts'
import { type Answer, LiveQuery } from './live-query.ts'

export type Live<T> = {
  /** The last answer for this key; null before the first. Kept while a newer one is under way. */
  readonly data: T | null
  /** An expected failure of the last call, by code; null when it went well. */
  readonly failed: string | null
}

const NOTHING: Live<never> = { data: null, failed: null }

function useLive<T>(load: (() => Promise<T>) | null, key: string, revision: number): Live<T> {
  const [answer, setAnswer] = useState<Answer<T> | null>(null)
  const [query] = useState(() => new LiveQuery<T>(setAnswer))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new on each render; key and revision say when to ask
  useEffect(() => query.update(load, key, revision), [query, key, revision, load === null])
  useEffect(() => () => query.end(), [query])
  return answer?.key === key ? answer : NOTHING
}

/** A question about one note, asked again whenever anything in the vault changes. A null key asks nothing. */
export function useVault<T>(key: string | null, load: (vault: VaultClient) => Promise<T>): Live<T> {
  const vault = useClients((clients) => clients.vault)
  const revision = useClients((clients) => clients.vaultRevision)
  return useLive(vault && key !== null ? () => load(vault) : null, key ?? '', revision)
}

/** A question about many notes or folders, asked again when a list of them would show something else. */
export function useVaultList<T>(key: string | null, load: (vault: VaultClient) => Promise<T>): Live<T> {
  const vault = useClients((clients) => clients.vault)
  const revision = useClients((clients) => clients.structureRevision)
  return useLive(vault && key !== null ? () => load(vault) : null, key ?? '', revision)
}

/** A question about versions or big changes, asked again when they change. */
export function useVaultHistory<T>(key: string | null, load: (vault: VaultClient) => Promise<T>): Live<T> {
  const vault = useClients((clients) => clients.vault)
  const revision = useClients((clients) => clients.historyRevision)
  return useLive(vault && key !== null ? () => load(vault) : null, key ?? '', revision)
}

/** A question to the index, asked again when the index changes. */
export function useIndex<T>(key: string | null, load: (index: IndexClient) => Promise<T>): Live<T> {
  const index = useClients((clients) => clients.index)
  const revision = useClients((clients) => clients.indexRevision)
  return useLive(index && key !== null ? () => load(index) : null, key ?? '', revision)
}
