import { type NoteStore, StoreUnreadable } from '../../crdt/store.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Client } from '../../ipc/rpc.ts'

/** To open a store before it is given up. */
const ATTEMPTS = 3

/**
 * Opens a store, and where that cannot be opened has an empty one put in its place (R9): Chromium answers every
 * attempt to open a damaged LevelDB with the same error, for ever. True where that was done. `retry`: ms.
 */
export async function openStore(
  store: NoteStore,
  keeper: Client<typeof keeperContract>,
  retry: number,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await store.journalMark()
      return attempt > ATTEMPTS
    } catch (error) {
      if (!(error instanceof StoreUnreadable) || attempt > ATTEMPTS) throw error
      if (attempt === ATTEMPTS) await keeper.call('setStoreAside', {})
      else await new Promise((resolve) => setTimeout(resolve, retry))
    }
  }
}
