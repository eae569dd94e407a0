/// <reference lib="webworker" />
import { nanoid } from 'nanoid'
import { vaultId } from '../core/base/ids.ts'
import { indexContract, indexWriteContract } from '../ipc/index-contract.ts'
import { keeperContract } from '../ipc/keeper-contract.ts'
import { domPort } from '../ipc/port.ts'
import { connect } from '../ipc/rpc.ts'
import { ConvertPool, type PoolReply, type PoolWorker } from './convert/pool.ts'
import { DOC_DATABASE_TIMES } from './store/doc-database.ts'
import { IndexedDbStore } from './store/indexed-db-store.ts'
import { JournalClient } from './store/journal-client.ts'
import { JournaledStore } from './store/journaled-store.ts'
import { isLeftOver, placesOf } from './store/left-over.ts'
import { tidyStore } from './store/tidy-store.ts'
import { VaultService } from './vault-service.ts'
import type { FromVaultWorker, ToVaultWorker } from './worker-messages.ts'

/** Entry of the vault worker: puts the services together and hands them the ports that the host page forwards. */
declare const self: DedicatedWorkerGlobalScope

const POOL_SIZE = 2

function spawn(): PoolWorker {
  const worker = new Worker(new URL('./convert/convert-worker.ts', import.meta.url), { type: 'module' })
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.onmessage = (event: MessageEvent<PoolReply>) => listener(event.data)
    },
    onError: (listener) => {
      worker.onerror = (event) => {
        // Handled here: otherwise the error would go on to this worker and from there end the host page.
        event.preventDefault()
        listener()
      }
    },
    terminate: () => worker.terminate(),
  }
}

/** Milliseconds for what a peer sends, beside those for its size: hostile updates run for ever. */
const CHECK_LIMIT = 1_000

let service: VaultService | null = null
const onDeaf = () => self.postMessage({ isDeaf: true } satisfies FromVaultWorker)

self.onmessage = (event: MessageEvent<ToVaultWorker>) => {
  const message = event.data
  const [first, second, keeper, journal] = event.ports
  if ('start' in message && first && second && keeper && journal) {
    const toKeeper = connect(keeperContract, domPort(keeper))
    service = new VaultService({
      vaultId: vaultId(message.start),
      store: new JournaledStore({
        store: new IndexedDbStore({ ...DOC_DATABASE_TIMES, onDeaf }),
        journal: new JournalClient(domPort(journal)),
        keeper: toKeeper,
      }),
      pool: new ConvertPool(spawn, POOL_SIZE),
      checkPool: new ConvertPool(spawn, 1, CHECK_LIMIT, 1),
      indexWrite: connect(indexWriteContract, domPort(first)),
      index: connect(indexContract, domPort(second)),
      keeper: toKeeper,
      tidyStore,
      now: Date.now,
      newId: () => nanoid(),
    })
    // A store that cannot be read at all: the page reports it and main starts another host.
    service.start().catch((error: unknown) => reportError(error))
    return
  }
  if ('port' in message && first) service?.serve(domPort(first))
}

// y-indexeddb leaves the rejections of aborted requests to nobody; the store has its own eyes on them. What
// else is left is a bug, and is told by its name and place: its message may hold a note's text.
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  if (!isLeftOver(event.reason)) console.error(`vault worker: nobody waited for ${placesOf(event.reason)}`)
})
