import type { NoteId } from '../../core/base/ids.ts'
import { DamagedNote, type NoteStore } from '../../crdt/store.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Client } from '../../ipc/rpc.ts'
import { mergeReadable } from './doc-difference.ts'

/**
 * A closed note as the store has it. Where that cannot be read, the store is given what is left of it joined
 * with what the journal has (R7); `mended` says so. Rejects with DamagedNote where neither has anything.
 */
export async function loadMended(
  store: NoteStore,
  keeper: Client<typeof keeperContract>,
  id: NoteId,
): Promise<{ update: Uint8Array | null; mended: boolean }> {
  try {
    return { update: await store.load(id), mended: false }
  } catch (error) {
    if (!(error instanceof DamagedNote)) throw error
    return { update: await mend(store, keeper, id), mended: true }
  }
}

export async function mend(store: NoteStore, keeper: Client<typeof keeperContract>, id: NoteId): Promise<Uint8Array> {
  // Null where not one row can be read: what may still be in them is left as it is.
  const [left, journal] = await Promise.all([
    store.salvage(id).catch(() => null),
    keeper.call('journalRead', { keys: [id] }),
  ])
  const update = mergeReadable([...(left ?? []), ...(journal[0]?.updates ?? [])])
  if (!update) throw new DamagedNote('neither the store nor the journal has anything of the note that can be read')
  if (left) await store.replace(id, update)
  return update
}
