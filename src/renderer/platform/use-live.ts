import { useEffect, useRef, useState } from 'react'
import { CallError } from '../../ipc/rpc.ts'
import { type IndexClient, useClients, type VaultClient } from './clients.ts'

export type Live<T> = {
  /** The last answer for this key; null before the first. Kept while a newer one is under way. */
  readonly data: T | null
  /** An expected failure of the last call, by code; null when it went well. */
  readonly failed: string | null
}

/**
 * Keeps the answer to one question current: asks again when `key` or `revision` changes, one call at a time,
 * and drops answers to an older key. `load` null asks nothing.
 */
export function useLive<T>(load: (() => Promise<T>) | null, key: string, revision: number): Live<T> {
  const [answer, setAnswer] = useState<{ key: string; data: T | null; failed: string | null } | null>(null)
  const run = useRef({ load, key, revision, askedRevision: -1, askedKey: '', busy: false, ended: false })
  run.current.load = load
  run.current.key = key
  run.current.revision = revision

  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is new on each render; key and revision say when to ask
  useEffect(() => {
    const state = run.current
    state.ended = false
    const ask = async () => {
      while (!state.ended && state.load && (state.askedKey !== state.key || state.askedRevision !== state.revision)) {
        if (state.busy) return
        const asked = state.key
        state.askedKey = state.key
        state.askedRevision = state.revision
        state.busy = true
        try {
          const data = await state.load()
          if (!state.ended && asked === state.key) setAnswer({ key: asked, data, failed: null })
        } catch (error) {
          // A closed port is not an answer: the client is replaced and its revision asks again.
          const code = error instanceof CallError ? error.code : 'internal'
          if (code === 'closed') state.askedRevision = -1
          else if (!state.ended && asked === state.key) setAnswer({ key: asked, data: null, failed: code })
          if (code === 'closed') return
        } finally {
          state.busy = false
        }
      }
    }
    void ask()
    return () => {
      state.ended = true
    }
  }, [key, revision, load === null])

  return answer?.key === key ? answer : NOTHING
}

const NOTHING: Live<never> = { data: null, failed: null }

/** A question to the vault, asked again when the vault changes. Null input asks nothing. */
export function useVault<T>(key: string | null, load: (vault: VaultClient) => Promise<T>): Live<T> {
  const vault = useClients((clients) => clients.vault)
  const revision = useClients((clients) => clients.vaultRevision)
  return useLive(vault && key !== null ? () => load(vault) : null, key ?? '', revision)
}

/** A question to the index, asked again when the index changes. */
export function useIndex<T>(key: string | null, load: (index: IndexClient) => Promise<T>): Live<T> {
  const index = useClients((clients) => clients.index)
  const revision = useClients((clients) => clients.indexRevision)
  return useLive(index && key !== null ? () => load(index) : null, key ?? '', revision)
}
