import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { readDirection } from '../../../core/relation/words.ts'
import { useIndex, useVault } from '../../platform/use-live.ts'
import type { KindFacts } from './consequences.ts'

/** Null until it is known. `isAsked`: false asks for nothing. */
export function useKindFacts(id: NoteId, kind: Kind, isAsked: boolean): KindFacts | null {
  const log = useVault(isAsked ? `log:${id}` : null, (vault) => vault.call('noteLog', { id })).data
  const back = useIndex(isAsked ? `backlinks:${id}` : null, (index) => index.call('backlinks', { id })).data
  const out = useIndex(isAsked ? `outlinks:${id}` : null, (index) => index.call('outlinks', { id })).data
  if (!log || !back || !out) return null
  const evidence = new Set<string>()
  const shows = new Set<string>()
  const add = (other: string, relation: string, isWrittenHere: boolean) => {
    const { word, inverse } = readDirection(relation)
    if (word !== 'illustrates' && word !== 'challenges') return
    if (isWrittenHere !== inverse) shows.add(other)
    else evidence.add(other)
  }
  for (const item of back.items) add(item.id, item.relation, false)
  for (const link of out) if (link.id !== null) add(link.id, link.relation, true)
  return { kind, log: log.entries.length, evidence: evidence.size, shows: shows.size }
}
