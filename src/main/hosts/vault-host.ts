import { MessageChannelMain, type MessagePortMain, type WebContents, WebContentsView } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import { indexContract } from '../../ipc/index-contract.ts'
import type { Port } from '../../ipc/port.ts'
import { CallError, type Client, type Contract, connect, type EventOf } from '../../ipc/rpc.ts'
import { vaultContract } from '../../ipc/vault-contract.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import { errorCode, type Logger } from '../log.ts'
import { mainPort } from '../main-port.ts'
import { SAFE_PREFERENCES } from '../safety/guards.ts'
import { Heartbeat } from './heartbeat.ts'
import { repeatCalls } from './repeat-calls.ts'
import { restartDelay } from './restart-delay.ts'

/** What the vault worker tells of a change. */
export type Changed = EventOf<typeof vaultContract, 'changed'>
export type HostPortKind = 'vault' | 'index'
type VaultClient = Client<typeof vaultContract>
type IndexClient = Client<typeof indexContract>

/** One life of a host's page: from its load to its death. */
type Life = {
  view: WebContentsView
  contents: WebContents
  loaded: Promise<boolean>
  vault: VaultClient | null
  index: IndexClient | null
}

/** Within a minute. A host that dies that often does so for a reason that another start does not mend. */
const MOST_DEATHS = 6

export type VaultHostOptions = {
  readonly id: VaultId
  /** The preload script, absolute. */
  readonly preload: string
  readonly log: Logger
  /**
   * Serves the keeper's two ports of a life of the page. Rejects with a sentence where the vault must not be opened
   * by this program at all.
   */
  readonly keep: (keeper: Port, journal: Port) => Promise<void>
  /** After a death, when the next life has loaded. */
  readonly onRestarted: () => void
  /** It died too often; every call to it fails from now on. */
  readonly onGivenUp: () => void
  /** After every `changed` event of the vault worker. */
  readonly onChanged: (changed: Changed) => void
}

/**
 * The hidden page that owns the workers of one vault. It lives until `end`: a page that dies (its process
 * killed, a worker of it lost, no answer to the heartbeat) is replaced, and whoever held a port to it sees
 * the port close and asks again.
 */
export class VaultHost {
  readonly #options: VaultHostOptions
  #life: Life
  /** The life that has died and is about to be replaced. */
  #restarting: Life | null = null
  #waiting: (() => void)[] = []
  /** Times of the deaths within the last minute, ms since 1970. */
  #deaths: number[] = []
  #ended = false
  #whyNot = 'The vault could not be opened, or is closed.'

  constructor(options: VaultHostOptions) {
    this.#options = options
    this.#life = this.#begin()
  }

  get id(): VaultId {
    return this.#options.id
  }

  /** The process that runs the vault, for tests and measurements. */
  get processId(): number {
    return this.#life.contents.isDestroyed() ? 0 : this.#life.contents.getOSProcessId()
  }

  /** Hands one end of a channel to a worker of this host, once its page has loaded. False when it has ended. */
  async give(kind: HostPortKind, port: MessagePortMain): Promise<boolean> {
    while (!this.#ended) {
      const life = this.#life
      if (await this.#isAlive(life)) {
        life.contents.postMessage('throughline:port', kind, [port])
        return true
      }
      await this.#nextLife(life)
    }
    return false
  }

  async vault(): Promise<VaultClient> {
    return this.#client('vault', vaultContract)
  }

  async index(): Promise<IndexClient> {
    return this.#client('index', indexContract)
  }

  readonly repeatable: VaultCalls = repeatCalls(
    () => this.vault(),
    () => this.#ended,
  )

  /** Ends the host for good. Whoever needs words kept calls `flush` first. */
  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#kill(this.#life)
  }

  async #client<C extends Contract>(kind: HostPortKind, contract: C): Promise<Client<C>> {
    while (!this.#ended) {
      const life = this.#life
      if (!(await this.#isAlive(life))) {
        await this.#nextLife(life)
        continue
      }
      if (!life[kind]) {
        const { port1, port2 } = new MessageChannelMain()
        const client = connect(contract, mainPort(port1))
        const held = client as unknown as VaultClient & IndexClient
        life[kind] = held
        life.contents.postMessage('throughline:port', kind, [port2])
        void client.closed.then(() => {
          if (life[kind] === held) life[kind] = null
        })
      }
      return life[kind] as unknown as Client<C>
    }
    throw new CallError('closed', this.#whyNot)
  }

  #begin(): Life {
    const { id, preload, log } = this.#options
    // A view in no window: the command line runs where there is no screen, where a window, even a hidden one,
    // brings Chromium down.
    const view = new WebContentsView({
      webPreferences: { ...SAFE_PREFERENCES, preload, partition: `persist:vault-${id}`, backgroundThrottling: false },
    })
    const contents = view.webContents
    const loaded = contents.loadURL(`app://bundle/host.html?vault=${id}`).then(
      () => !contents.isDestroyed() && this.#giveKeeper(contents),
      () => false,
    )
    const life: Life = { view, contents, loaded, vault: null, index: null }
    const heartbeat = new Heartbeat({
      ask: async () => {
        if (await loaded) await (await this.#client('vault', vaultContract)).call('info', {})
      },
      onSilent: () => this.#died(life, 'silent'),
    })
    contents.on('destroyed', () => {
      heartbeat.stop()
      this.#died(life, 'closed')
    })
    contents.on('render-process-gone', (_event, { reason }) => this.#died(life, reason))
    void loaded.then(async (isLoaded) => {
      if (!isLoaded) return this.#died(life, 'not-loaded')
      log.info('host.loaded', { vault: id })
      const vault = await this.vault().catch(() => null)
      vault?.on('changed', this.#options.onChanged)
    })
    return life
  }

  /** Before any other port: the page opens nothing without them. */
  #giveKeeper(contents: WebContents): true {
    const give = (kind: 'keeper' | 'journal') => {
      const { port1, port2 } = new MessageChannelMain()
      contents.postMessage('throughline:port', kind, [port2])
      return mainPort(port1)
    }
    this.#options.keep(give('keeper'), give('journal')).catch((error: unknown) => {
      this.#options.log.error('host.refused', { vault: this.id, code: errorCode(error) })
      if (this.#ended) return
      if (error instanceof Error) this.#whyNot = error.message
      this.end()
      this.#options.onGivenUp()
    })
    return true
  }

  #died(life: Life, reason: string): void {
    if (this.#ended || life !== this.#life || this.#restarting === life) return
    this.#restarting = life
    const now = Date.now()
    this.#deaths = [...this.#deaths.filter((at) => now - at < 60_000), now]
    const deaths = this.#deaths.length
    const delay = restartDelay(deaths)
    this.#options.log.error('host.died', { vault: this.id, reason, deaths, delay })
    if (deaths > MOST_DEATHS) {
      this.end()
      this.#options.onGivenUp()
      return
    }
    this.#kill(life)
    setTimeout(() => {
      if (this.#ended) return this.#wake()
      this.#life = this.#begin()
      this.#restarting = null
      this.#wake()
      void this.#life.loaded.then((isLoaded) => {
        if (isLoaded) this.#options.onRestarted()
      })
    }, delay)
  }

  #wake(): void {
    for (const go of this.#waiting.splice(0)) go()
  }

  async #isAlive(life: Life): Promise<boolean> {
    return (await life.loaded) && life !== this.#restarting && !life.contents.isDestroyed()
  }

  async #nextLife(life: Life): Promise<void> {
    if (this.#ended || life !== this.#life) return
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #kill(life: Life): void {
    life.vault?.close()
    life.index?.close()
    if (!life.contents.isDestroyed()) life.contents.close()
    if (this.#ended) this.#wake()
  }
}
