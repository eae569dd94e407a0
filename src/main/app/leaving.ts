import { app, powerMonitor } from 'electron'

/**
 * The system ends: then the app quits by itself, which stores everything first (`before-quit`). SIGTERM, SIGINT and
 * SIGHUP need nothing here: once it is ready, Chromium makes a quit of them. Windows asks each window instead
 * (`stayUntilStored`). Call when Electron is ready: `powerMonitor` is not there before.
 */
export function leaveWithTheSystem(): void {
  // Not typed on every platform: Linux and macOS hand an event that may be held up for as long as storing takes.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    event?.preventDefault()
    app.quit()
  })
}

type Ending = 'query-session-end' | 'session-end'

/** Windows asks each window whether the session may end: not before everything is stored. */
export function stayUntilStored(browser: {
  on(event: Ending, listener: (event?: { preventDefault(): void }) => void): unknown
}): void {
  for (const ending of ['query-session-end', 'session-end'] as const) {
    browser.on(ending, (event) => {
      event?.preventDefault()
      app.quit()
    })
  }
}
