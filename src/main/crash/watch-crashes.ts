import type { App, WebContents } from 'electron'
import type { Hosts } from '../hosts/hosts.ts'
import { errorCode } from '../log.ts'
import type { CrashReports } from './reports.ts'
import type { Run } from './running.ts'

/** Ended as it was asked to: by us, or by Chromium tidying up. */
const ASKED: ReadonlySet<string> = new Set(['clean-exit'])

/** Writes a report of each process that ends without being asked to, until the app itself leaves. */
export function watchProcesses(app: App, reports: CrashReports): void {
  let isLeaving = false
  app.on('will-quit', () => {
    isLeaving = true
  })
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (isLeaving || ASKED.has(reason)) return
    reports.write({ what: isHost(contents) ? 'vault' : 'window', reason, exitCode })
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (isLeaving || ASKED.has(reason)) return
    reports.write({ what: 'other', reason, exitCode, at: type })
  })
}

export function watchHosts(hosts: Hosts, reports: CrashReports): void {
  hosts.givenUp.on(() => reports.write({ what: 'vault', reason: 'given-up' }))
}

/** What is known of a run that did not come to its end, at the start of the next one. */
export const reportUnclean = (reports: CrashReports, former: Run | null): void =>
  reports.write({
    what: 'app',
    reason: 'unclean',
    ...(former && {
      aliveAt: former.alive,
      versions: { throughline: former.version, electron: former.electron, chromium: former.chromium },
    }),
  })

const reported = new Set<string>()

/** An error that nobody caught, once for each place where one arises: its code, not its message, which may hold words. */
export function reportUncaught(reports: CrashReports, error: unknown): void {
  const [reason, at] = [errorCode(error), firstFrame(error)]
  if (reported.has(`${reason} ${at}`)) return
  reported.add(`${reason} ${at}`)
  reports.write({ what: 'app', reason, at })
}

/** Where an error came from: function, file, line. Not its message, which may hold words, and no path of a person's. */
export function firstFrame(error: unknown): string {
  if (!(error instanceof Error)) return ''
  // The message comes first and may have lines of any kind.
  const frames = (error.stack ?? '').replace(`${error.name}: ${error.message}`, '').split('\n')
  const frame = frames.find((line) => /^\s+at .*:\d+:\d+\)?$/.test(line)) ?? ''
  return frame.trim().replace(/(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^()]*[\\/]/, '')
}

function isHost(contents: WebContents): boolean {
  try {
    return new URL(contents.getURL()).pathname === '/host.html'
  } catch {
    return false
  }
}
