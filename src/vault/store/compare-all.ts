import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import type { NoteStore } from '../../crdt/store.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Client } from '../../ipc/rpc.ts'
import { lacking } from './doc-difference.ts'

const BATCH = 64

export type Difference = { readonly id: NoteId; readonly lacks: 'store' | 'journal' }

type Parts = {
  readonly store: NoteStore
  readonly keeper: Client<typeof keeperContract>
  readonly ids: readonly NoteId[]
  readonly opened: (id: NoteId) => Y.Doc | undefined
  /** Settles when what was handed to the journal so far can be read from it. */
  readonly written: () => Promise<void>
  readonly progress: (done: number, total: number) => void
}

/**
 * Compares the content of every note in store and journal. The store is read before the journal for what the
 * journal may lack, and after it for what the store may lack: a note that is typed in meanwhile is no difference.
 */
export async function compareAll({ store, keeper, ids, opened, written, progress }: Parts): Promise<Difference[]> {
  const stateOf = async (id: NoteId): Promise<Uint8Array[]> => {
    const doc = opened(id)
    const state = doc ? Y.encodeStateAsUpdate(doc) : await store.load(id).catch(() => null)
    return state ? [state] : []
  }
  const found: Difference[] = []
  for (let at = 0; at < ids.length; at += BATCH) {
    const part = ids.slice(at, at + BATCH)
    const before = await Promise.all(part.map(stateOf))
    await written()
    const read = new Map((await keeper.call('journalRead', { keys: [...part] })).map((one) => [one.key, one.updates]))
    for (const [i, id] of part.entries()) {
      const updates = read.get(id) ?? []
      if (lacking(updates, before[i] ?? [])) found.push({ id, lacks: 'journal' })
      if (lacking(await stateOf(id), updates)) found.push({ id, lacks: 'store' })
    }
    progress(Math.min(at + BATCH, ids.length), ids.length)
  }
  return found
}
