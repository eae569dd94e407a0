import path from 'node:path'
import type { NoteId, VaultId } from '../../core/base/ids.ts'
import { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Port } from '../../ipc/port.ts'
import { CallError, type Handlers, serve } from '../../ipc/rpc.ts'
import type { Compacted, CompactJob } from '../journal/compact.ts'
import type { JournalDisk } from '../journal/disk.ts'
import { Journal } from '../journal/journal.ts'
import type { Logger } from '../log.ts'
import type { Profile } from '../store/profile.ts'
import { VersionStore } from '../versions/version-store.ts'
import { JournalService } from './journal-service.ts'

export type KeepersOptions = {
  readonly profile: Profile
  readonly log: Logger
  readonly disk: JournalDisk
  readonly compact: (job: CompactJob) => Promise<Compacted>
}

/** Takes notes out of the archives of a vault; `left`: those that could not be reached, by their paths. */
export type PurgeArchives = (vault: VaultId, ids: readonly NoteId[]) => Promise<{ archives: number; left: string[] }>

/** Stores that could not be opened: copied aside for a new one, and removed with what is purged. */
export type StoresAside = {
  setAside(vault: VaultId): Promise<void>
  remove(vault: VaultId): Promise<void>
}

/** What main keeps of one vault, shared by all lives of its host and by the backups. */
export type Keeper = {
  readonly versions: VersionStore
  /** Waits until the journal is open; rejects with NewerFormat. */
  journal(): Promise<Journal>
}

type OwnKeeper = Keeper & { readonly service: JournalService }

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/** The journals and versions of the vaults that somebody uses. They stay open until the app ends. */
export class Keepers {
  readonly #options: KeepersOptions
  readonly #keepers = new Map<VaultId, OwnKeeper>()
  /** Set by whoever makes archives. */
  purgeArchives: PurgeArchives = async () => ({ archives: 0, left: [] })

  /** Set by whoever has the vaults' sessions. */
  stores: StoresAside = {
    setAside: () => Promise.reject(new CallError('internal', 'The store cannot be set aside.')),
    remove: async () => {},
  }

  constructor(options: KeepersOptions) {
    this.#options = options
  }

  open(id: VaultId): Keeper {
    return this.#keeper(id)
  }

  /** Serves a life of a vault's host. Rejects with NewerFormat where this program must not touch its journal. */
  async serve(id: VaultId, keeper: Port, journal: Port): Promise<void> {
    const own = this.#keeper(id)
    serve(keeperContract, this.#handlers(id, own), keeper)
    await own.service.serve(journal)
  }

  /** Brings everything onto the disk and lets go of it. Rejects where the disk does not take it. */
  async close(): Promise<void> {
    const keepers = [...this.#keepers.values()]
    await Promise.all(keepers.flatMap(({ service, versions }) => [service.close(), versions.idle()]))
  }

  #keeper(id: VaultId): OwnKeeper {
    const known = this.#keepers.get(id)
    if (known) return known
    const { profile, log, disk, compact } = this.#options
    const folder = path.join(profile.vaultFolder(id), 'journal')
    const openJournal = () => Journal.open({ folder, disk, log, compact, after })
    const service = new JournalService({ openJournal, log, sleep })
    const versions = new VersionStore(path.join(profile.vaultFolder(id), 'versions'))
    const keeper = { service, versions, journal: () => service.journal() }
    this.#keepers.set(id, keeper)
    return keeper
  }

  #handlers(id: VaultId, { versions, journal }: Keeper): Handlers<typeof keeperContract> {
    const { log } = this.#options
    return {
      journalIndex: async () => (await journal()).index(),
      journalRead: async ({ keys }) => (await journal()).read(keys),
      journalSince: async ({ after }) => (await journal()).since(after),
      setStoreAside: async () => {
        const { docs } = await (await journal()).index()
        if (docs.length === 0) {
          throw new CallError(
            'no-journal',
            'The store cannot be opened, and there is no second copy to restore it from.',
          )
        }
        log.error('store.set-aside', { vault: id })
        await this.stores.setAside(id)
      },
      ...versions.calls,
      purge: async ({ ids }) => {
        await (await journal()).purge(ids)
        await versions.dropNotes(ids)
        await this.stores.remove(id)
        return this.purgeArchives(id, ids)
      },
    }
  }
}
