import { session } from 'electron'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { VaultId } from '../../core/base/ids.ts'
import type { Keepers } from '../keeper/keepers.ts'
import { errorCode, type Logger } from '../log.ts'
import { servePages } from '../pages.ts'
import { guardSession } from '../safety/guards.ts'
import { type Changed, VaultHost } from './vault-host.ts'

export type HostsOptions = {
  readonly pages: string
  readonly preload: string
  readonly log: Logger
  readonly keepers: Pick<Keepers, 'serve'>
}

/** `endings`: how often its last user has let go of it. */
type Entry = { readonly host: VaultHost; users: number; endings: number }

/** The hosts of the vaults that somebody uses: a window, a job or the command line. */
export class Hosts {
  readonly restarted = new Emitter<VaultId>()
  readonly givenUp = new Emitter<VaultId>()
  readonly changed = new Emitter<VaultId>()
  /** The same, with what it was. */
  readonly edited = new Emitter<{ readonly id: VaultId; readonly changed: Changed }>()
  /** Somebody uses the vault, or nobody does any more. */
  readonly opened = new Emitter<VaultId>()
  readonly ended = new Emitter<VaultId>()
  readonly #options: HostsOptions
  readonly #hosts = new Map<VaultId, Entry>()
  readonly #endings = new Set<Promise<void>>()
  readonly #prepared = new Set<VaultId>()

  constructor(options: HostsOptions) {
    this.#options = options
  }

  /** Starts the host where nobody used it. It ends, flushed, when the last user has released it. */
  acquire(id: VaultId): { host: VaultHost; release: Disposer } {
    this.#prepareSession(id)
    const known = this.#hosts.get(id)
    const entry = known ?? { host: this.#start(id), users: 0, endings: 0 }
    this.#hosts.set(id, entry)
    entry.users++
    if (!known) this.opened.emit(id)
    let isReleased = false
    const release = () => {
      if (isReleased) return
      isReleased = true
      entry.users--
      if (entry.users > 0) return
      const ending = this.#endWhenUnused(id, entry).finally(() => this.#endings.delete(ending))
      this.#endings.add(ending)
      ending.catch((error: unknown) => this.#options.log.warn('host.not-flushed', { code: errorCode(error) }))
    }
    return { host: entry.host, release }
  }

  get(id: VaultId): VaultHost | null {
    return this.#hosts.get(id)?.host ?? null
  }

  /** Settles when every open vault has all it was sent on disk; rejects where one cannot say so. */
  async flush(): Promise<void> {
    const used = [...this.#hosts.values()].filter(({ users }) => users > 0)
    await Promise.all([...used.map(({ host }) => host.repeatable.call('flush', {})), ...this.#endings])
  }

  endAll(): void {
    for (const { host } of this.#hosts.values()) host.end()
    this.#hosts.clear()
  }

  #start(id: VaultId): VaultHost {
    return new VaultHost({
      id,
      preload: this.#options.preload,
      log: this.#options.log,
      keep: (keeper, journal) => this.#options.keepers.serve(id, keeper, journal),
      onRestarted: () => this.restarted.emit(id),
      onGivenUp: () => this.givenUp.emit(id),
      onChanged: (changed) => {
        this.changed.emit(id)
        this.edited.emit({ id, changed })
      },
    })
  }

  async #endWhenUnused(id: VaultId, entry: Entry): Promise<void> {
    if (this.#hosts.get(id) !== entry) return // ended with all the others
    const ending = ++entry.endings
    try {
      await entry.host.repeatable.call('flush', {})
    } finally {
      // Where it was used again meanwhile, the last who let go of it flushes what came since, and ends it.
      if (entry.users === 0 && entry.endings === ending && this.#hosts.get(id) === entry) {
        this.#hosts.delete(id)
        entry.host.end()
        this.ended.emit(id)
      }
    }
  }

  #prepareSession(id: VaultId): void {
    if (this.#prepared.has(id)) return
    this.#prepared.add(id)
    const own = session.fromPartition(`persist:vault-${id}`)
    guardSession(own, { isHost: true })
    servePages(own, this.#options.pages)
  }
}
