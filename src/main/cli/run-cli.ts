import { app } from 'electron'
import { inTime } from '../app/patience.ts'
import { NO_WINDOW } from '../app/run-app.ts'
import { Jobs } from '../jobs.ts'
import { errorCode } from '../log.ts'
import type { Services } from '../services.ts'
import type { Profile } from '../store/profile.ts'
import { parseCommand } from './arguments.ts'
import { openDoor } from './door.ts'
import { readDoor } from './door-protocol.ts'
import { knock } from './knock.ts'
import { type RunResult, runVerb } from './run-verb.ts'
import { terminal } from './terminal.ts'
import { VERBS } from './verbs.ts'

const RETRY_MS = 150
/** An instance that holds the profile but opens no door within this time is stuck. */
const PATIENCE_MS = 30_000
const FLUSH_MS = 60_000
/** What is under way may come to a good end within this time after Ctrl+C. */
const STOP_MS = 5000
const KEEP_MS = 1000
/** As shells say it of a program that was ended by Ctrl+C. */
const STOPPED = 130

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export type CliOptions = {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly profile: Profile
  /** Called once, when this process is to do the work itself: waits for Electron and opens everything. */
  readonly openServices: () => Promise<Services>
}

/**
 * Runs one command line and leaves the process with its exit code. Settles, before Electron is ready, when it is
 * decided who does the work: while another instance has the profile, Chromium must not open it here.
 */
export async function runCli(options: CliOptions): Promise<void> {
  const command = parseCommand(options.argv, VERBS)
  if (command.type === 'help') return leave({ exit: 0, text: command.text })
  if (command.type === 'usage') return leave({ exit: 2, message: command.text })
  const output = terminal(process.stderr)
  const abort = new AbortController()
  let services: Services | null = null
  const stop = () => {
    // Not every verb can be broken off, and nobody presses Ctrl+C twice to wait.
    if (abort.signal.aborted) app.exit(STOPPED)
    abort.abort()
    setTimeout(async () => {
      // what was answered already is kept, whatever became of the rest
      if (services) await inTime(services.keepers.close(), KEEP_MS)
      app.exit(STOPPED)
    }, STOP_MS)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // Once it is ready, Electron takes these signals itself and quits.
  app.on('before-quit', (event) => {
    event.preventDefault()
    stop()
  })
  const where = { cwd: options.cwd, signal: abort.signal, progress: output.progress, say: output.say }

  const since = Date.now()
  while (Date.now() - since < PATIENCE_MS) {
    const door = await readDoor(options.profile)
    const answered = door && (await knock(door, options.argv, where))
    if (answered) {
      output.end()
      return leave(answered)
    }
    if (app.requestSingleInstanceLock(NO_WINDOW)) {
      const openServices = async () => {
        services = await options.openServices()
        return services
      }
      void runHere({ ...options, openServices }, where).then((result) => {
        output.end()
        leave(result)
      })
      return
    }
    await sleep(RETRY_MS)
  }
  leave({ exit: 1, message: 'Throughline is open on this profile, but does not answer.\n' })
}

async function runHere(options: CliOptions, where: Parameters<typeof runVerb>[1]): Promise<RunResult> {
  let services: Services
  try {
    services = await options.openServices()
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    return { exit: 1, message: `The profile could not be opened: ${why}\n` }
  }
  const jobs = new Jobs(services)
  const door = await openDoor('cli', services, jobs).catch((error: unknown) => {
    services.log.warn('door.not-opened', { code: errorCode(error) })
    return null
  })
  const result = await runVerb(options.argv, where, services, jobs)
  await door?.idle()
  await door?.close()
  const isStored = await inTime(Promise.all([services.hosts.flush(), services.settings.flush()]), FLUSH_MS)
  services.hosts.endAll()
  const isKept = await inTime(services.keepers.close(), FLUSH_MS)
  if ((isStored && isKept) || result.exit !== 0) return result
  return { exit: 1, message: 'It was done, but the disk has not confirmed that it is stored.\n' }
}

/** Writes the result and ends the process when it is written: a pipe may take a while. */
function leave(result: RunResult | { exit: 0; text: string }): void {
  const end = () => app.exit(result.exit)
  if ('text' in result) process.stdout.write(result.text, end)
  else if (result.exit === 0) process.stdout.write(`${JSON.stringify(result.value)}\n`, end)
  else if (result.value === undefined) process.stderr.write(result.message, end)
  else process.stderr.write(result.message, () => process.stdout.write(`${JSON.stringify(result.value)}\n`, end))
}
