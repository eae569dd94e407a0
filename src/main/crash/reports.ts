import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type CrashReport, crashReportShape } from '../../ipc/app-contract.ts'
import { errorCode, type Logger } from '../log.ts'
import { crashText } from './crash-text.ts'

const MOST_REPORTS = 20
const LOG_LINES = 50
/** Enough for that many lines: a line holds an event and a few facts. */
const LOG_BYTES = 32 * 1024
const NAME = /^[0-9T-]+Z-\d+-[a-z]+\.json$/

/** What ended, and what is known of it. Codes, counts and versions; never text of a note, never a path. */
export type Crash = {
  readonly what: CrashReport['what']
  /** Electron's reason, the code of an error, or `unclean`. */
  readonly reason: string
  readonly exitCode?: number
  /** Where in our own code an error came from: function, file, line. */
  readonly at?: string
  /** Of the run that ended, where it is not this one. */
  readonly versions?: Readonly<Record<string, string>>
  /** ms since 1970: when the run that ended was last known to live. */
  readonly aliveAt?: number
}

const storedShape = z.object({
  time: z.string(),
  what: crashReportShape.shape.what,
  reason: z.string(),
  exitCode: z.number().nullable(),
  aliveAt: z.string().nullable(),
})

export type CrashReportsOptions = {
  readonly folder: string
  /** Where `main.log` lies. */
  readonly logs: string
  readonly version: string
  readonly log: Logger
  readonly now?: () => Date
}

/**
 * Reports of what ended without being asked to: JSON files on this computer, twenty at most, sent nowhere. No memory
 * of a process is kept, because it holds what a person wrote. Written synchronously: the next moment may not come.
 */
export class CrashReports {
  readonly folder: string
  readonly #options: CrashReportsOptions
  #last = 0

  constructor(options: CrashReportsOptions) {
    this.#options = options
    this.folder = options.folder
  }

  write({ what, reason, exitCode, at, versions, aliveAt }: Crash): void {
    const { log, now, version } = this.#options
    const time = (now ?? (() => new Date()))().toISOString()
    // Two within one millisecond are two; the names are in the order of a clock that may jump, which only sorts a list.
    const name = `${time.replace(/[:.]/g, '-')}-${process.pid}${++this.#last}-${what}.json`
    const { electron = '', chrome = '', node } = process.versions
    const report = {
      time,
      what,
      reason,
      exitCode: exitCode ?? null,
      at: at ?? null,
      aliveAt: aliveAt === undefined ? null : timeOf(aliveAt),
      versions: versions ?? { throughline: version, electron, chromium: chrome, node },
      platform: `${process.platform} ${process.arch}`,
      log: this.#lastLines(),
    }
    try {
      mkdirSync(this.folder, { recursive: true })
      writeFileSync(path.join(this.folder, name), `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 })
      // Not this one: a clock that went back has dated it before the others.
      const others = this.#names().filter((other) => other !== name)
      for (const old of others.slice(MOST_REPORTS - 1)) rmSync(path.join(this.folder, old), { force: true })
    } catch (error) {
      log.warn('crash.not-reported', { code: errorCode(error) })
    }
  }

  /** Newest first. A report that cannot be read is left out. */
  list(): CrashReport[] {
    return this.#names().flatMap((id) => {
      try {
        const { time, what, reason, exitCode } = storedShape.parse(
          JSON.parse(readFileSync(path.join(this.folder, id), 'utf8')),
        )
        return [{ id, at: Date.parse(time), what, text: crashText(what, reason, exitCode) }]
      } catch {
        return []
      }
    })
  }

  /** Makes the folder where there is none yet, so that it can be shown. */
  ensureFolder(): string {
    mkdirSync(this.folder, { recursive: true })
    return this.folder
  }

  removeAll(): void {
    for (const name of this.#names()) rmSync(path.join(this.folder, name), { force: true })
  }

  /** Ours alone: what somebody else put into the folder stays. Newest first. */
  #names(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => NAME.test(name))
        .sort()
        .reverse()
    } catch {
      return []
    }
  }

  #lastLines(): string[] {
    try {
      const file = openSync(path.join(this.#options.logs, 'main.log'), 'r')
      try {
        const { size } = fstatSync(file)
        const bytes = Buffer.alloc(Math.min(size, LOG_BYTES))
        readSync(file, bytes, 0, bytes.length, size - bytes.length)
        const lines = bytes
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== '')
        // The first may have been cut in the middle.
        return (size > LOG_BYTES ? lines.slice(1) : lines).slice(-LOG_LINES)
      } finally {
        closeSync(file)
      }
    } catch {
      return []
    }
  }
}

/** A clock can stand where no date is. */
function timeOf(at: number): string | null {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
