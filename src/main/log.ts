import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'

type Fact = string | number | boolean | null
/** Ids, counts and codes. Never text of a note, and no file names: a file's name is a note's title. */
export type Facts = Readonly<Record<string, Fact>>

export type Logger = {
  info(event: string, facts?: Facts): void
  warn(event: string, facts?: Facts): void
  error(event: string, facts?: Facts): void
}

/** What a log may say of a thrown value. Messages of file errors hold paths, so a code is taken where there is one. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return code ?? error.name
}

const MAX_BYTES = 1024 * 1024

/** One JSON line an event in `<folder>/main.log`; a full file becomes `main.old.log`. Logging never fails the app. */
export function fileLogger(folder: string, now: () => Date = () => new Date()): Logger {
  const file = path.join(folder, 'main.log')
  const write = (level: string, event: string, facts: Facts = {}) => {
    try {
      mkdirSync(folder, { recursive: true })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) {
        renameSync(file, path.join(folder, 'main.old.log'))
      }
      appendFileSync(file, `${JSON.stringify({ at: now().toISOString(), level, event, ...facts })}\n`)
    } catch {
      // A disk that takes no log line is reported by what fails on it, not by its log.
    }
  }
  return {
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
  }
}
