import { BrowserWindow, MessageChannelMain } from 'electron'
import type { Disposer } from '../../core/base/disposable.ts'
import type { VaultId } from '../../core/base/ids.ts'
import { appContract } from '../../ipc/app-contract.ts'
import { type EventOf, type Handlers, type Served, serve } from '../../ipc/rpc.ts'
import type { VaultHost } from '../hosts/vault-host.ts'
import type { Logger } from '../log.ts'
import { mainPort } from '../main-port.ts'
import { SAFE_PREFERENCES } from '../safety/guards.ts'
import type { Bounds } from '../store/settings.ts'

export type Notice = { readonly level: 'info' | 'warning' | 'error'; readonly text: string }

export type AppWindowOptions = {
  /** Under which settings keep where it stands and what it shows. */
  readonly id: string
  /** The one place that it starts with, in the renderer's own shape; null: it starts as settings say. */
  readonly place: string | null
  readonly preload: string
  readonly log: Logger
  readonly bounds: Bounds | null
  readonly background: string
  readonly acquire: (id: VaultId) => { host: VaultHost; release: Disposer }
  readonly handlers: (window: AppWindow) => Handlers<typeof appContract>
  /** Before a vault, or the first question, is loaded. */
  readonly onShow: (id: VaultId | null) => void
}

/** The session of every window: no vault's host shares it, and it keeps nothing but caches. */
export const WINDOW_PARTITION = 'persist:windows'

/** One window of the interface. It shows one vault, or none on first run; another vault is another load of it. */
export class AppWindow {
  readonly browser: BrowserWindow
  readonly id: string
  readonly #options: AppWindowOptions
  #vault: { id: VaultId; host: VaultHost; release: Disposer } | null = null
  /** The page has one; whoever asks for another gets another. */
  readonly #served = new Set<Served<typeof appContract>>()
  /** Grows with each load, and stands in the page's address: what an earlier page asks for is not handed to the next. */
  #load = 0
  readonly #flushes = new Map<number, () => void>()
  #lastToken = 0
  #notice: Notice | null = null
  #place: string | null
  #crashes: number[] = []

  constructor(options: AppWindowOptions) {
    this.#options = options
    this.id = options.id
    this.#place = options.place
    const { bounds } = options
    this.browser = new BrowserWindow({
      width: bounds?.width ?? 1440,
      height: bounds?.height ?? 900,
      ...(bounds ? { x: bounds.x, y: bounds.y } : {}),
      minWidth: 360,
      minHeight: 320,
      show: false,
      title: 'Throughline',
      backgroundColor: options.background,
      webPreferences: {
        ...SAFE_PREFERENCES,
        // whether, and by which dictionaries, is the session's: app/spelling.ts
        spellcheck: true,
        preload: options.preload,
        partition: WINDOW_PARTITION,
      },
    })
    if (bounds?.maximized) this.browser.maximize()
    this.browser.once('ready-to-show', () => this.browser.show())
    this.browser.on('closed', () => this.#release())
    const { webContents } = this.browser
    webContents.on('render-process-gone', (_event, { reason }) => this.#crashed(reason))
    // Main asked for this load after everything was flushed, so a page's `beforeunload` does not hold it up.
    webContents.on('will-prevent-unload', (event) => event.preventDefault())
  }

  get vaultId(): VaultId | null {
    return this.#vault?.id ?? null
  }

  get host(): VaultHost | null {
    return this.#vault?.host ?? null
  }

  /** Loads the window with a vault, or with the first question. Whoever needs words kept calls `flush` before. */
  async show(id: VaultId | null): Promise<void> {
    if (this.browser.isDestroyed()) return
    if (id !== this.vaultId) {
      const next = id === null ? null : { id, ...this.#options.acquire(id) }
      this.#release()
      this.#vault = next
      if (next) this.#options.onShow(id)
    }
    this.#load++
    this.#closePorts()
    const query = new URLSearchParams({ ...(id === null ? {} : { vault: id }), load: String(this.#load) })
    await this.browser.loadURL(`app://bundle/index.html?${query}`).catch(() => {
      // A newer load has replaced this one, or the window is gone; a page that is missing shows as an empty window.
      this.#options.log.warn('window.not-loaded')
    })
  }

  /**
   * Gives the page a port of the kind it asked for, once there is somebody at the other end.
   *
   * @param from the address of the page that asks: one that is being left asks again when its ports close, and the
   * answer would reach the page that is coming, which has asked for its own
   */
  async givePort(kind: 'app' | 'vault' | 'index', from: string): Promise<void> {
    const load = this.#load
    if (new URL(from).searchParams.get('load') !== String(load)) return
    const { port1, port2 } = new MessageChannelMain()
    if (kind === 'app') {
      const served = serve(appContract, this.#options.handlers(this), mainPort(port1))
      this.#served.add(served)
      void served.closed.then(() => this.#served.delete(served))
      // A page that is still connecting is asked as well.
      for (const token of this.#flushes.keys()) served.emit('flush', { token })
    } else {
      const host = this.#vault?.host
      // Where nothing can answer, closing tells the page so; it asks again when it wants.
      if (!host || !(await host.give(kind, port1))) return port2.close()
    }
    if (load !== this.#load || this.browser.isDestroyed()) return port2.close()
    this.browser.webContents.postMessage('throughline:port', kind, [port2])
  }

  emit<K extends keyof (typeof appContract)['events'] & string>(name: K, event: EventOf<typeof appContract, K>): void {
    for (const served of this.#served) served.emit(name, event)
  }

  /** For the next page of this window, or the one that is there. */
  notify(level: Notice['level'], text: string): void {
    if (this.#served.size > 0) this.emit('notice', { level, text })
    else this.#notice = { level, text }
  }

  /** What a window that was asked for by another one starts with; a page of it that is loaded later does not. */
  takePlace(): string | null {
    const place = this.#place
    this.#place = null
    return place
  }

  takeNotice(): Notice | null {
    const notice = this.#notice
    this.#notice = null
    return notice
  }

  /** Settles when the page says that everything of it is stored, or is gone. May take for ever: callers limit it. */
  flush(): Promise<void> {
    const listening = [...this.#served]
    if (listening.length === 0 || this.browser.isDestroyed() || this.browser.webContents.isCrashed())
      return Promise.resolve()
    const token = ++this.#lastToken
    const flushed = new Promise<void>((resolve) => this.#flushes.set(token, resolve))
    const gone = Promise.all(listening.map((served) => served.closed))
    this.emit('flush', { token })
    return Promise.race([flushed, gone]).then(() => {
      this.#flushes.delete(token)
    })
  }

  /** The page's answer to `flush`. */
  flushed(token: number): void {
    this.#flushes.get(token)?.()
  }

  focus(): void {
    if (this.browser.isMinimized()) this.browser.restore()
    this.browser.show()
    this.browser.focus()
  }

  #crashed(reason: string): void {
    this.#options.log.error('window.died', { reason })
    this.#closePorts()
    // Counted by a clock that nobody sets.
    const now = performance.now()
    this.#crashes = [...this.#crashes.filter((at) => now - at < 60_000), now]
    // A page that dies each time it loads would load for ever.
    if (this.#crashes.length > 3 || this.browser.isDestroyed()) return
    const text = 'This window stopped and was opened again. Everything that was stored is here.'
    this.#notice = { level: 'warning', text }
    void this.show(this.vaultId)
  }

  #closePorts(): void {
    for (const served of this.#served) served.close()
    this.#served.clear()
  }

  #release(): void {
    this.#closePorts()
    this.#vault?.release()
    this.#vault = null
  }
}
