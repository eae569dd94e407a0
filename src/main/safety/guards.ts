import type { Session, WebContents } from 'electron'
import { DIAGRAM_PAGE } from './csp.ts'
import { isPageUrl } from './urls.ts'

/** What may be loaded at all: our pages, attachments, the developer tools. No session of a page reaches the network. */
const LOADABLE = /^(app|attachment|devtools|blob|data|chrome-extension):/

/**
 * The walls of a session. Every permission is denied, but `persistent-storage` for the pages of a host:
 * without it Chromium may evict a vault's databases when the disk runs full.
 */
export function guardSession(session: Session, { isHost }: { isHost: boolean }): void {
  const allowed = (permission: string, url: string) => isHost && permission === 'persistent-storage' && isPageUrl(url)
  session.setPermissionRequestHandler((_contents, permission, done, details) =>
    done(allowed(permission, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, done) => done({ confirmed: false }))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, done) => done({ cancel: !LOADABLE.test(details.url) }))
  session.setSpellCheckerEnabled(false) // its dictionaries would be fetched; windows turn it on by app/spelling.ts
}

/** The walls of a page: it shows what main loaded into it, and opens nothing. */
export function guardContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    // the one frame that a page of ours has, as it comes
    const isDiagrams = !event.isMainFrame && event.url === `app://bundle${DIAGRAM_PAGE}`
    if (!isDiagrams) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** The same for every page. The sandbox is the last wall: what runs in a page can do no more than a page can. */
export const SAFE_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const
