import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type NoteId, vaultId } from '../core/base/ids.ts'
import { byteChannel } from '../crdt/byte-channel.ts'
import { connectReplica } from '../crdt/note-channel.ts'
import type { NoteStore } from '../crdt/store.ts'
import { IndexServer } from '../index/serve-index.ts'
import { memoryDatabase } from '../index/test-support.ts'
import { indexContract, indexWriteContract } from '../ipc/index-contract.ts'
import { domPort } from '../ipc/port.ts'
import { type Client, connect } from '../ipc/rpc.ts'
import { vaultContract } from '../ipc/vault-contract.ts'
import { ConvertPool, type PoolReply, type PoolWorker } from '../vault/convert/pool.ts'
import { runTask } from '../vault/convert/run-task.ts'
import type { Every } from '../vault/history/sessions.ts'
import { VaultService } from '../vault/vault-service.ts'
import { journaled } from './journaled.ts'
import type { MemoryJournal } from './memory-journal.ts'
import { MemoryKeeper } from './memory-keeper.ts'

export type VaultHarness = {
  readonly vault: Client<typeof vaultContract>
  readonly index: Client<typeof indexContract>
  readonly indexWrite: Client<typeof indexWriteContract>
  readonly service: VaultService
  /** What main keeps for this vault. */
  readonly keeper: MemoryKeeper
  readonly journal: MemoryJournal
  /** A window's replica of a note, loaded. */
  openNote(id: NoteId): Promise<{ doc: Y.Doc; stored(): Promise<void>; close(): void }>
  /** Takes in text files by path. */
  importText(files: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

/** What the pool's workers do, in this thread. */
export function inlineWorker(): PoolWorker {
  let listener: (message: PoolReply) => void = () => {}
  queueMicrotask(() => listener({ ready: true }))
  return {
    post: ({ id, tasks }) => setImmediate(() => listener({ id, outcomes: tasks.map(runTask) })),
    onMessage: (next) => {
      listener = next
    },
    onError: () => {},
    terminate: () => {},
  }
}

/** The whole vault worker on a given store, with the real index in memory, joined by real ports. */
export async function vaultHarness(
  store: NoteStore,
  options: {
    readonly now?: () => number
    readonly id?: string
    /** Instead of `inlineWorker`, with the time that a message may take, ms. */
    readonly worker?: () => PoolWorker
    readonly limit?: number
    /** By default the ids of every life begin anew. */
    readonly newId?: () => string
    /** One of an earlier life of the vault. */
    readonly keeper?: MemoryKeeper
    /** Instead of the timers that versions are kept by. */
    readonly every?: Every
  } = {},
): Promise<VaultHarness> {
  const source = {
    open: () => ({ db: memoryDatabase(), lost: true }),
    reopenEmpty: () => ({ db: memoryDatabase(), lost: true }),
  }
  const server = new IndexServer(Promise.resolve(source))
  const ports: MessagePort[] = []
  const channel = () => {
    const { port1, port2 } = new MessageChannel()
    ports.push(port1, port2)
    return [port1, port2] as const
  }
  const reads = () => {
    const [ours, theirs] = channel()
    server.serveReads(domPort(theirs))
    return connect(indexContract, domPort(ours))
  }
  const writes = () => {
    const [ours, theirs] = channel()
    server.serveWrites(domPort(theirs))
    return connect(indexWriteContract, domPort(ours))
  }
  const keeper = options.keeper ?? new MemoryKeeper()
  const kept = journaled(store, keeper)
  let lastId = 0
  const service = new VaultService({
    vaultId: vaultId(options.id ?? 'vault-under-test'),
    store: kept.store,
    pool: new ConvertPool(options.worker ?? inlineWorker, 2, options.limit),
    index: reads(),
    indexWrite: writes(),
    keeper: kept.keeper,
    now: options.now ?? (() => 1_700_000_000_000),
    every: options.every,
    newId: options.newId ?? (() => `new-note-${String(++lastId).padStart(6, '0')}`),
  })
  const [ours, theirs] = channel()
  service.serve(domPort(theirs))
  await service.start()
  const vault = connect(vaultContract, domPort(ours))

  return {
    vault,
    index: reads(),
    indexWrite: writes(),
    service,
    keeper,
    journal: kept.journal,
    openNote: async (id) => {
      const { port1, port2 } = new MessageChannel()
      const doc = new Y.Doc()
      const awareness = new Awareness(doc)
      await vault.call('openNote', { id }, [port2])
      const replica = connectReplica({ doc, awareness, channel: byteChannel(domPort(port1)) })
      await replica.synced
      return {
        doc,
        stored: () =>
          new Promise((resolve) => {
            if (replica.pending === 0) return resolve()
            const stop = replica.onPending((pending) => {
              if (pending > 0) return
              stop()
              resolve()
            })
          }),
        close: () => {
          replica.close()
          port1.close()
          awareness.destroy()
        },
      }
    },
    importText: async (files) => {
      const encoder = new TextEncoder()
      await vault.call('importFiles', {
        files: Object.entries(files).map(([path, text]) => ({ path, bytes: encoder.encode(text), updated: 1 })),
      })
      await vault.call('importEnd', {})
    },
    close: async () => {
      await service.close()
      for (const port of ports) port.close()
      kept.cut()
    },
  }
}
