import type { NoteId } from '../../../core/base/ids.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'
import { useIndex } from '../../platform/use-live.ts'
import { type Ground, groundOf, withChallenges } from './rests-on.ts'

export type ReadPin = Output<typeof indexContract, 'pinsOf'>[number]
/** A pin that does not read as it did. */
export type ChangedPin = ReadPin & { readonly state: Exclude<ReadPin['state'], { is: 'same' }> }

/** What a commitment rests on and what speaks of it; null while that is not known. */
export function useGround(id: NoteId | null): readonly Ground[] | null {
  const { data: outlinks } = useIndex(id && `outlinks:${id}`, (index) => index.call('outlinks', { id: id as NoteId }))
  const { data: backlinks } = useIndex(id && `backlinks:${id}`, (index) =>
    index.call('backlinks', { id: id as NoteId }),
  )
  const rows = outlinks && backlinks ? groundOf(outlinks, backlinks.items) : null
  const ids = rows?.flatMap((row) => row.id ?? []) ?? []
  const { data: links } = useIndex(ids.length < 2 ? null : `among:${ids.join()}`, async (index) => {
    const lists = await Promise.all(ids.map((id) => index.call('outlinks', { id })))
    return new Map<string, (typeof lists)[number]>(ids.map((id, at) => [id, lists[at] ?? []]))
  })
  return rows && links ? withChallenges(rows, links) : rows
}

export const usePins = (id: NoteId): readonly ReadPin[] =>
  useIndex(`pins:${id}`, (index) => index.call('pinsOf', { id })).data ?? []

/** What this note holds on to and does not read as it did. */
export const useChangedGround = (id: NoteId): readonly ChangedPin[] =>
  usePins(id).filter((read): read is ChangedPin => read.state.is !== 'same')
