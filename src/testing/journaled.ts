import type { NoteStore } from '../crdt/store.ts'
import { keeperContract } from '../ipc/keeper-contract.ts'
import { domPort } from '../ipc/port.ts'
import { type Client, connect, serve } from '../ipc/rpc.ts'
import { JournalClient } from '../vault/store/journal-client.ts'
import { JournaledStore } from '../vault/store/journaled-store.ts'
import { MemoryJournal } from './memory-journal.ts'
import type { MemoryKeeper } from './memory-keeper.ts'

export type Journaled = {
  readonly store: JournaledStore
  /** Main's end: faults come from here. */
  readonly journal: MemoryJournal
  readonly keeper: Client<typeof keeperContract>
  /** Cuts both off, as the end of the process does. */
  cut(): void
}

/** A store with its journal, joined by real ports as in the app. */
export function journaled(store: NoteStore, keeper: MemoryKeeper): Journaled {
  const calls = new MessageChannel()
  const records = new MessageChannel()
  serve(keeperContract, keeper.handlers, domPort(calls.port2))
  const toKeeper = connect(keeperContract, domPort(calls.port1))
  const journal = new MemoryJournal(keeper, domPort(records.port2))
  const client = new JournalClient(domPort(records.port1))
  return {
    store: new JournaledStore({ store, journal: client, keeper: toKeeper, retry: 1 }),
    journal,
    keeper: toKeeper,
    cut: () => {
      for (const port of [calls.port1, calls.port2, records.port1, records.port2]) port.close()
    },
  }
}
