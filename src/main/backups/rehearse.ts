import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { z } from 'zod'
import type { BackupState } from '../../ipc/app-contract.ts'
import { parseLine } from '../cli/door-protocol.ts'
import type { Known } from './backups-file.ts'

/** How this program starts its own command line, up to the verb. */
export type OwnCommand = { readonly command: string; readonly args: readonly string[] }

export type RehearseOptions = {
  readonly archive: Known
  readonly own: OwnCommand
  /** Where the temporary profile lies while it lasts. */
  readonly folder: string
  /** Attachments that the archive names and this computer does not hold as they were. */
  readonly missing: () => Promise<number>
  readonly now: () => number
  readonly signal: AbortSignal
}

type Rehearsal = NonNullable<BackupState['rehearsal']>

/** A vault of 100,000 notes is restored in less. */
const PATIENCE_MS = 30 * 60_000
const MAX_OUTPUT = 16 << 20

const restoredShape = z.object({ notes: z.number(), different: z.number(), missing: z.number() })
const checkedShape = z.object({ notes: z.number(), problems: z.array(z.object({ code: z.string() })) })
/** Such a profile has only what the archive holds. Whether the files are here is asked of the vault itself. */
const OF_FILES = 'attachment-missing'

/**
 * Restores an archive the way a person would on another computer: this program, started anew with an empty
 * profile, which is gone afterwards. Never throws: what went wrong is the result.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const { archive, folder, now } = options
  const failed = (text: string): Rehearsal => ({ at: now(), ok: false, notes: 0, text })
  try {
    // What one that was killed left.
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const restored = restoredShape.safeParse(await run(options, ['restore', archive.path]))
    if (!restored.success) return failed('The archive could not be restored.')
    const checked = checkedShape.safeParse(await run(options, ['check']))
    if (!checked.success) return failed('The restored vault could not be checked.')
    const { notes, different } = restored.data
    const isHeld = archive.place === 'second'
    const problems = checked.data.problems.filter(({ code }) => isHeld || code !== OF_FILES).length
    const missing = isHeld ? restored.data.missing : await options.missing()
    const text = complaint({ notes, expected: archive.notes, different, problems, missing })
    return { at: now(), ok: text === null, notes, text: text ?? `${all(notes)} came back as they were.` }
  } catch (error) {
    if (options.signal.aborted) return failed('It was stopped.')
    return failed(error instanceof RunError ? error.message : 'It could not be started.')
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => {})
  }
}

type Found = Readonly<Record<'notes' | 'expected' | 'different' | 'problems' | 'missing', number>>

function complaint({ notes, expected, different, problems, missing }: Found): string | null {
  if (notes !== expected) return `${notes} of ${expected} notes came back.`
  if (different > 0) return `Of ${notes} notes, ${different} did not come back as they were.`
  if (problems > 0)
    return `${all(notes)} came back, with ${problems} ${problems === 1 ? 'problem' : 'problems'} in them.`
  if (missing > 0) return `${all(notes)} came back, without ${missing} ${missing === 1 ? 'attachment' : 'attachments'}.`
  return null
}

const all = (notes: number): string => (notes === 1 ? 'The one note' : `All ${notes} notes`)

class RunError extends Error {}

/** What one command line prints. Rejects with what it says where it fails; a reader makes of it what it may. */
function run({ own, folder, signal }: RehearseOptions, argv: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const { ELECTRON_RUN_AS_NODE: _, THROUGHLINE_CWD: __, ...env } = process.env
    const child = spawn(own.command, [...own.args, ...argv, '--profile', folder], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    })
    const stop = () => child.kill('SIGKILL')
    const limit = setTimeout(stop, PATIENCE_MS)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      if (output.length < MAX_OUTPUT) output += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(limit)
      signal.removeEventListener('abort', stop)
      if (code === 0) resolve(parseLine(output))
      else reject(new RunError(`The restore ended with ${code ?? 'a signal'}.`))
    })
  })
}
