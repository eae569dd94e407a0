import { readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { errorCode, type Logger } from '../log.ts'
import { writeAtomic } from '../store/atomic.ts'

export const endedUncleanText = 'Throughline ended without closing. Everything that was written is here.'

const HEARTBEAT_MS = 30_000

const runShape = z.object({
  pid: z.number(),
  /** ms since 1970, as the clock stood then: for a person to read, nothing is ordered by it. */
  started: z.number(),
  alive: z.number(),
  version: z.string(),
  electron: z.string(),
  chromium: z.string(),
})
export type Run = z.infer<typeof runShape>

export type RunningOptions = {
  /** `running.json` of the profile. */
  readonly file: string
  readonly version: string
  readonly log: Logger
  readonly now?: () => number
  readonly tick?: (run: () => void) => () => void
}

const everyTick = (run: () => void): (() => void) => {
  const timer = setInterval(run, HEARTBEAT_MS)
  // A command line that is done must not wait for it.
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * The mark that the app runs on a profile. Who has the profile's lock and finds one knows that the run before did
 * not come to its end. A command line leaves it alone: the next window is to say so.
 */
export class Running {
  /** The run that left its mark behind; null where the last one ended as it should, or was the first. */
  readonly former: Run | null
  readonly endedUnclean: boolean
  readonly #options: RunningOptions
  readonly #run: Run
  readonly #stop: () => void
  #writing: Promise<void> = Promise.resolve()
  #isEnded = false

  private constructor(options: RunningOptions, found: { run: Run | null } | null) {
    this.#options = options
    this.former = found?.run ?? null
    this.endedUnclean = found !== null
    const now = this.#now()
    const { electron = '', chrome = '' } = process.versions
    this.#run = { pid: process.pid, started: now, alive: now, version: options.version, electron, chromium: chrome }
    this.#stop = (options.tick ?? everyTick)(() => this.#beat())
    this.#beat()
  }

  static open(options: RunningOptions): Running {
    return new Running(options, readMark(options.file))
  }

  /** Settles when the last mark that was begun is on the disk. */
  written(): Promise<void> {
    return this.#writing
  }

  /** Everything is stored and the app ends. Synchronous, because nobody waits for what comes after. */
  end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#stop()
    try {
      rmSync(this.#options.file, { force: true })
    } catch (error) {
      this.#options.log.warn('running.not-removed', { code: errorCode(error) })
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)()
  }

  #beat(): void {
    this.#run.alive = this.#now()
    const { file, log } = this.#options
    this.#writing = this.#writing
      .then(() => (this.#isEnded ? undefined : writeAtomic(file, `${JSON.stringify(this.#run)}\n`)))
      .then(() => {
        // It ended while the mark was on its way.
        if (this.#isEnded) rmSync(file, { force: true })
      })
      .catch((error: unknown) => log.warn('running.not-written', { code: errorCode(error) }))
  }
}

/** A mark that cannot be read was cut off by the very end that it tells of. */
function readMark(file: string): { run: Run | null } | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    return { run: runShape.parse(JSON.parse(text)) }
  } catch {
    return { run: null }
  }
}
