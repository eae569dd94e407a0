import { randomUUID } from 'node:crypto'
import { type BrowserWindow, ipcMain, nativeTheme, screen, session, type WebContents } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import type { appContract } from '../../ipc/app-contract.ts'
import type { EventOf, Handlers } from '../../ipc/rpc.ts'
import { serveAttachments } from '../attachments/attachment-scheme.ts'
import { servePages } from '../pages.ts'
import { guardSession } from '../safety/guards.ts'
import { isPageUrl } from '../safety/urls.ts'
import type { Services } from '../services.ts'
import type { Bounds, OpenWindow } from '../store/settings.ts'
import { AppWindow, type Notice, WINDOW_PARTITION } from './app-window.ts'
import { tellIfEmptied } from './emptied.ts'
import { stayUntilStored } from './leaving.ts'
import { Spelling } from './spelling.ts'
import { showTextMenu } from './text-menu.ts'

/** `--paper` of the tokens: what shows before the page has painted. */
const PAPER = { light: '#fdfdfc', dark: '#16191d' }
const PORTS = ['app', 'vault', 'index'] as const

export type OpenOptions = {
  readonly from?: OpenWindow
  readonly place?: string | null
  /** The window that asked for it. */
  readonly beside?: BrowserWindow
}

/** All windows of the interface, and the one way in which a page gets a port. */
export class Windows {
  readonly #services: Services
  readonly #handlers: (window: AppWindow) => Handlers<typeof appContract>
  readonly #windows = new Set<AppWindow>()
  /** Asked before a window closes; false keeps it open. */
  onClose: (window: AppWindow) => Promise<boolean> = async () => true
  onAllClosed: () => void = () => {}
  #greeting: Notice | null = null
  readonly spelling: Spelling

  constructor(services: Services, handlers: (window: AppWindow) => Handlers<typeof appContract>) {
    this.#services = services
    this.#handlers = handlers
    const own = session.fromPartition(WINDOW_PARTITION)
    this.spelling = new Spelling(own, services)
    guardSession(own, { isHost: false })
    this.spelling.start()
    servePages(own, services.pages)
    serveAttachments(own, services)
    ipcMain.on('throughline:request-port', (event, kind: unknown) => {
      const window = this.#sender(event.sender, event.senderFrame)
      const known = PORTS.find((port) => port === kind)
      if (window && known && event.senderFrame) void window.givePort(known, event.senderFrame.url)
      else services.log.warn('port.refused')
    })
    ipcMain.on('throughline:dropped', (event, path: unknown) => {
      if (this.#sender(event.sender, event.senderFrame) && typeof path === 'string') services.grants.add(path)
    })
  }

  all(): AppWindow[] {
    return [...this.#windows]
  }

  /** The window in front, or that was it last while another app is. */
  focused(): AppWindow | null {
    return this.all().find(({ browser }) => browser.isFocused()) ?? this.all().at(-1) ?? null
  }

  /** A window on a vault, or with the first question. `from`: what an earlier one left, to go on from there. */
  async open(vault: VaultId | null, { from, place = null, beside }: OpenOptions = {}): Promise<AppWindow> {
    const { settings, log, hosts, preload } = this.#services
    const id = from?.id ?? randomUUID()
    const window: AppWindow = new AppWindow({
      id,
      place,
      preload,
      log,
      bounds: onScreen(beside ? besides(beside) : (from?.bounds ?? settings.bounds)),
      background: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
      acquire: (id) => hosts.acquire(id),
      handlers: this.#handlers,
      onShow: (vault) => {
        this.#keepShown(id, vault)
        void tellIfEmptied(window, this.#services)
      },
    })
    this.#windows.add(window)
    if (this.#greeting) window.notify(this.#greeting.level, this.#greeting.text)
    this.#greeting = null
    const { browser } = window
    let mayClose = false
    const placed = () => this.remember(window)
    browser.on('move', placed)
    browser.on('resize', placed)
    browser.on('maximize', placed)
    browser.on('unmaximize', placed)
    stayUntilStored(browser)
    showTextMenu(browser)
    browser.on('focus', () => {
      // The one in front last is the one that a second start, a menu or a quit means.
      this.#windows.delete(window)
      this.#windows.add(window)
    })
    browser.on('close', (event) => {
      this.remember(window)
      if (mayClose) return
      event.preventDefault()
      void this.onClose(window).then((answer) => {
        mayClose = answer
        if (!answer || browser.isDestroyed()) return
        // The last one is what the next start comes back to.
        if (this.#windows.size > 1) settings.forgetWindow(id)
        browser.destroy()
      })
    })
    browser.on('closed', () => {
      this.#windows.delete(window)
      if (this.#windows.size === 0) this.onAllClosed()
    })
    await window.show(vault)
    return window
  }

  /** Something that the next window to open says. */
  greet(level: Notice['level'], text: string): void {
    this.#greeting = { level, text }
  }

  /** Keeps where a window stands, for the next one. */
  remember({ id, browser }: AppWindow): void {
    if (browser.isDestroyed()) return
    const { x, y, width, height } = browser.getNormalBounds()
    this.#services.settings.keepWindow(id, { bounds: { x, y, width, height, maximized: browser.isMaximized() } })
  }

  /** A window that comes to another vault goes on as the last window on that one was. */
  #keepShown(id: string, vault: VaultId | null): void {
    const { settings } = this.#services
    const former = settings.openWindows.find((each) => each.id === id)
    if (former?.vault === vault && vault !== null) return
    settings.keepWindow(id, { vault, state: vault === null ? null : settings.windowState(vault) })
  }

  /** At once, without asking: for the end of the app, when everything is stored. */
  closeAll(): void {
    for (const { browser } of this.all()) browser.destroy()
  }

  emit<K extends keyof (typeof appContract)['events'] & string>(name: K, event: EventOf<typeof appContract, K>): void {
    for (const window of this.#windows) window.emit(name, event)
  }

  /** Only the main frame of one of our windows, showing one of our pages, is listened to. */
  #sender(sender: WebContents, frame: Electron.WebFrameMain | null): AppWindow | null {
    const window = this.all().find(({ browser }) => !browser.isDestroyed() && browser.webContents === sender)
    if (!window || !frame || frame !== sender.mainFrame || !isPageUrl(frame.url)) return null
    return window
  }
}

/** px that a second window stands below and beside the first, so that both can be seen. */
const STEP = 28

function besides(browser: BrowserWindow): Bounds {
  const { x, y, width, height } = browser.getNormalBounds()
  return { x: x + STEP, y: y + STEP, width, height, maximized: false }
}

/** A window that was last on a screen that is gone is put where it can be seen. */
function onScreen(bounds: Bounds | null): Bounds | null {
  if (!bounds) return null
  const visible = screen.getAllDisplays().some(({ workArea: area }) => {
    const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
    const down = Math.min(bounds.y + bounds.height, area.y + area.height) - Math.max(bounds.y, area.y)
    return across > 80 && down > 40
  })
  return visible ? bounds : null
}
