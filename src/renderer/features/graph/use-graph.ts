import { useEffect, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import { CallError, type Client } from '../../../ipc/rpc.ts'
import { dataOf, isSameData } from './graph-data.ts'
import type { GraphData } from './messages.ts'

export type IndexClient = Client<typeof indexContract>

/** ms between two questions while the vault changes: a graph need not follow every word. */
const EVERY = { whole: 2000, nearby: 400 }

/**
 * The graph as the index has it now; null before the first answer, and for another centre or depth until its
 * answer is there. The same object as long as nothing in it changed.
 */
export function useGraph(index: IndexClient | null, center: NoteId | null, depth: number): GraphData | null {
  const [answer, setAnswer] = useState<{ about: string; data: GraphData } | null>(null)
  const about = `${center} ${depth}`

  useEffect(() => {
    if (!index) return
    let isEnded = false
    let isAsking = false
    let isStale = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      isAsking = true
      isStale = false
      try {
        const graph = await index.call('graph', center === null ? { packed: true } : { center, depth, packed: true })
        if (isEnded) return
        const data = dataOf(graph, center)
        setAnswer((last) => (last?.about === about && isSameData(last.data, data) ? last : { about, data }))
      } catch (error) {
        // The index comes back by itself, as another client or with `changed`.
        if (!(error instanceof CallError)) throw error
      } finally {
        isAsking = false
        if (!isEnded) timer = setTimeout(again, center === null ? EVERY.whole : EVERY.nearby)
      }
    }
    const again = () => {
      timer = undefined
      if (isStale) void ask()
    }
    const stop = index.on('changed', () => {
      isStale = true
      if (!isAsking && timer === undefined) void ask()
    })
    void ask()
    return () => {
      isEnded = true
      clearTimeout(timer)
      stop()
    }
  }, [index, center, depth, about])

  return answer?.about === about ? answer.data : null
}
