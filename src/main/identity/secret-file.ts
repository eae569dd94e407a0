import { chmod, readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { err, ok, type Result } from '../../core/base/result.ts'
import { errorCode } from '../log.ts'
import { writeAtomic } from '../store/atomic.ts'
import type { SecretStore } from './secret-store.ts'

/** Why a file with a secret cannot be read. It stays as it is: nothing here replaces one. */
export type SecretProblem =
  /** Another user's, or the disk does not give it. `detail` is the system's code, never a path. */
  | { readonly code: 'unreadable'; readonly detail: string }
  | { readonly code: 'damaged' }
  /** Sealed by a store that does not open it now. */
  | { readonly code: 'locked' }
  | { readonly code: 'newer' }

/** How what is in a file is kept from others. */
export type Kept = 'secret-store' | 'file'

const shape = z.object({ version: z.number(), kept: z.enum(['secret-store', 'file']), secret: z.base64() })
const VERSION = 1

/** null where there is no such file yet. */
export async function readSecretFile(
  file: string,
  store: SecretStore,
): Promise<Result<{ readonly secret: Uint8Array; readonly kept: Kept } | null, SecretProblem>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
    // One that came from a backup or another program may be open to others.
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600)
  } catch (error) {
    const detail = errorCode(error)
    return detail === 'ENOENT' ? ok(null) : err({ code: 'unreadable', detail })
  }
  const read = shape.safeParse(parse(text))
  if (!read.success) return err({ code: 'damaged' })
  const { version, kept } = read.data
  if (version > VERSION) return err({ code: 'newer' })
  const bytes = Buffer.from(read.data.secret, 'base64')
  if (kept === 'file') return ok({ secret: bytes, kept })
  try {
    return ok({ secret: store.open(bytes), kept })
  } catch {
    return err({ code: 'locked' })
  }
}

/** Replaces the file whole, readable by this user only; through the store where there is one. */
export async function writeSecretFile(file: string, secret: Uint8Array, store: SecretStore): Promise<Kept> {
  const kept = store.isAvailable() ? 'secret-store' : 'file'
  const bytes = kept === 'secret-store' ? store.seal(secret) : secret
  const content = { version: VERSION, kept, secret: Buffer.from(bytes).toString('base64') }
  await writeAtomic(file, `${JSON.stringify(content)}\n`, 0o600)
  return kept
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What to say of it, with what is safe. `what` is what the file holds: `The key of this computer`. */
export function secretProblemWords(what: string, problem: SecretProblem): string {
  const safe = 'Your notes are here and can be written; nothing was replaced.'
  const why: Readonly<Record<SecretProblem['code'], string>> = {
    unreadable: `cannot be read from the disk${problem.code === 'unreadable' ? ` (${problem.detail})` : ''}`,
    damaged: 'is damaged',
    locked: 'is in the system’s secret store, which does not give it out now. Unlock it and try again',
    newer: 'was written by a newer Throughline',
  }
  return `${what} ${why[problem.code]}. ${safe}`
}
